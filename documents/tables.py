"""Cells of an Excel file as plain values; read in a process with limited time and memory, see `read_tables`."""

from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from domain.errors import Refusal

MOST_ROWS = 20_000
MOST_COLUMNS = 8
"""Columns read unless the caller says otherwise; what stands to the right is ignored."""
_MOST_CELLS = 400_000
_MOST_MERGED = 500
_MOST_BYTES = 100 * 1024 * 1024
"""Bytes when unpacked; a small archive can unpack to more than the memory holds."""
_TOO_LARGE = "Tệp quá lớn. Anh/chị xóa các trang, các dòng và cột không cần, hoặc dùng tệp mẫu."

Value = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class Cell:
    value: Value
    kind: str
    """Type as openpyxl gives it: «f» for a formula, «e» for an error."""
    is_percent: bool = False
    """Whether Excel shows the number as per cent: 0.95 is then seen, and meant, as 95 %."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet."""

    title: str
    rows: dict[int, tuple[Cell, ...]]
    """{row number from 1: its cells up to the last written one}; empty rows are left out."""
    merged: tuple[str, ...]
    """Ranges of merged cells, such as «B2:B3»."""
    is_cut: bool
    """Whether the sheet has more rows than `MOST_ROWS`."""

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; row and column count from 1, as in Excel. A cell that is not written is EMPTY."""
        cells = self.rows.get(row, ())
        return cells[column - 1] if column <= len(cells) else EMPTY


EMPTY = Cell(None, "n")


def read_tables(content: bytes, *, columns: int = MOST_COLUMNS) -> tuple[Table, ...]:
    """Return all sheets, the first `columns` of each.

    Raises Refusal, before anything is built, if the file is no archive or unpacks to too much.
    """
    merged = _scan_parts(content)
    # Reading by rows avoids that openpyxl builds every cell of a merged range.
    book = load_workbook(BytesIO(content), read_only=True)
    return tuple(_table(sheet, merged, columns) for sheet in book.worksheets)


def _scan_parts(content: bytes) -> dict[str, tuple[str, ...]]:
    """Return {part: its merged ranges}. Raises Refusal if the file is no archive or too large."""
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > _MOST_BYTES:
                raise Refusal("workbook-too-large", _TOO_LARGE)
            return {part.filename: _scan(package.read(part)) for part in parts if part.filename.endswith(".xml")}
    except BadZipFile as error:
        raise Refusal("workbook-unreadable", "Không mở được tệp. Tệp phải là Excel (.xlsx).") from error


class _TooMuch(Exception):  # noqa: N818 (ends the scan, is no fault of ours)
    pass


def _scan(xml: bytes) -> tuple[str, ...]:
    """Count the cells of one part and return its merged ranges. Raises Refusal if there are too many."""
    cells, merged = 0, []

    def begin(name: str, values: dict[str, str]) -> None:
        nonlocal cells
        local = name.rpartition(":")[2]
        cells += local in ("c", "si", "xf", "definedName")
        if local == "mergeCell":
            merged.append(values.get("ref", ""))
        if cells > _MOST_CELLS or len(merged) > _MOST_MERGED:
            raise _TooMuch

    def refuse_types(*_: object) -> None:
        # Excel writes no document type; entities, which can explode in memory, need one.
        raise _TooMuch

    parser = ParserCreate()
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = begin, refuse_types
    try:
        parser.Parse(xml, True)
    except _TooMuch as fault:
        raise Refusal("workbook-too-large", _TOO_LARGE) from fault
    except ExpatError:
        # openpyxl decides whether the part can be read all the same.
        return tuple(merged)
    return tuple(merged)


def _table(sheet: Any, merged: dict[str, tuple[str, ...]], columns: int) -> Table:
    rows: dict[int, tuple[Cell, ...]] = {}
    is_cut = False
    # The size that the file states may be wrong.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=columns), start=1):
        if number > MOST_ROWS:
            is_cut = True
            break
        written = max((place for place, cell in enumerate(row, start=1) if cell.value is not None), default=0)
        if written:
            rows[number] = tuple(_cell(cell) for cell in row[:written])
    return Table(sheet.title, rows, merged.get(_path(sheet), ()), is_cut)


def _cell(cell: Any) -> Cell:
    if cell.value is None:
        return EMPTY
    is_number = isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool)
    return Cell(cell.value, cell.data_type, is_percent=is_number and "%" in cell.number_format)


def _path(sheet: Any) -> str:
    # openpyxl has no public name for the part that a sheet is read from.
    return str(sheet._worksheet_path)
