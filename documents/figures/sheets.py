"""Sheets of another make as rows of strings: merged cells filled, hidden rows and columns left out and named."""

from collections.abc import Iterator

from openpyxl.utils import range_boundaries

from documents.figures.cells import SHORTENED, written
from documents.figures.pages import MOST_COLUMNS, MOST_ROWS, Page, is_figure
from documents.tables import Table

_MOST_NAMED = 5
"""Cells that a note names."""


def page_of(table: Table) -> Page:
    grid = {
        (row, column): said
        for row, cells in table.rows.items()
        for column, cell in enumerate(cells[:MOST_COLUMNS], start=1)
        if (said := written(cell))
    }
    notes = [*_fill_merged(grid, table), *_notes(grid, table)]
    rows = sorted({row for row, _ in grid} - table.hidden_rows)[:MOST_ROWS]
    shown = [column for column in range(1, MOST_COLUMNS + 1) if column not in table.hidden_columns]
    lines = (tuple(grid.get((row, column), "") for column in shown) for row in rows)
    return Page(table.title, tables=(tuple(_trimmed(line) for line in lines),), notes=tuple(notes))


def _trimmed(line: tuple[str, ...]) -> tuple[str, ...]:
    return line[: max((place for place, said in enumerate(line, start=1) if said), default=0)]


def _fill_merged(grid: dict[tuple[int, int], str], table: Table) -> Iterator[str]:
    """Write what a merged cell says into all of its cells, but a figure of several rows into none of them."""
    for merged in table.merged:
        first_column, first_row, last_column, last_row = _bounds(merged)
        said = grid.get((first_row, first_column), "")
        if is_figure(said) and last_row > first_row:
            del grid[first_row, first_column]
            yield f"Ô gộp {merged} có số «{said}» cho nhiều dòng, bot không đọc"
        elif said:
            rows = [row for row in table.rows if first_row <= row <= last_row]
            grid.update({(row, column): said for row in rows for column in range(first_column, last_column + 1)})


def _bounds(merged: str) -> tuple[int, int, int, int]:
    try:
        first_column, first_row, last_column, last_row = range_boundaries(merged)
    except (ValueError, TypeError):
        return 1, 1, 0, 0
    widest, longest = min(last_column or 0, MOST_COLUMNS), min(last_row or 0, MOST_ROWS)
    return first_column or 1, first_row or 1, widest, longest


def _notes(grid: dict[tuple[int, int], str], table: Table) -> Iterator[str]:
    hidden = [said for (row, column), said in grid.items() if _is_hidden(table, row, column)]
    if any(is_figure(said) for said in hidden):
        yield "Có dòng hoặc cột bị ẩn, bot không đọc; anh/chị bỏ ẩn rồi gửi lại nếu cần"
    if table.uncomputed:
        more = "…" if len(table.uncomputed) > _MOST_NAMED else ""
        cells = ", ".join(table.uncomputed[:_MOST_NAMED]) + more
        yield f"Công thức chưa có kết quả ở ô {cells}: anh/chị mở bằng Excel, bấm Lưu (Ctrl+S) rồi gửi lại"
    if SHORTENED in grid.values():
        yield "Có ô hiện số rút gọn theo nghìn hoặc triệu, bot không đọc"
    if table.is_cut:
        yield f"Quá {MOST_ROWS} dòng, phần cuối không đọc"


def _is_hidden(table: Table, row: int, column: int) -> bool:
    return row in table.hidden_rows or column in table.hidden_columns
