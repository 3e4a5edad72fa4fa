"""Reading tables: a row is a name, a unit and the figure of the right column, or all figures if no column is right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.figures.columns import ColumnKind, Columns, Rows, columns_of, holds_number, is_number
from domain.figures.grammar.atoms import fold
from domain.figures.grammar.clauses import Line
from domain.figures.grammar.frame import NOTHING_LASTS, Frame, Lasting
from domain.figures.grammar.prose import read_line, read_lines
from domain.figures.grammar.units import UNIT_ALONE, money_of_table
from domain.figures.layout import content_lines, without_bullet
from domain.figures.readings import Why
from domain.figures.settling import Said
from domain.typed_input.words import clean_line

_DEEPEST = 8
"""Rows from the top among which the unit of the whole table is looked for."""
_EMPTY = frozenset({"", "-", "\u2013", "\u2014", "x", "/", "...", "\u2026", "."})


@dataclass(frozen=True, slots=True)
class _RowReader:
    frame: Frame
    lasting: Lasting
    money: str
    """Unit of money that stands above the table for all of it, or empty."""

    def row(self, row: Sequence[str], label: str, unit: str, figures: Sequence[str]) -> list[Said]:
        """Read a row as if it were a line: its name, its unit in brackets, its figures."""
        if not unit and self.money:
            found = self._row(row, label, self.money, figures)
            # Among sums of money stand rows of other indicators, which have no unit of their own there.
            if not any(one.why is Why.OTHER_UNIT for one in found):
                return found
        return self._row(row, label, unit, figures)

    def _row(self, row: Sequence[str], label: str, unit: str, figures: Sequence[str]) -> list[Said]:
        said = f"{label} ({unit})" if unit else label
        text = f"{said}: {', '.join(figures)}"
        found = read_line(text, self.frame, self.lasting)
        return [replace(one, quote=_quote(row)) for one in found]

    def prose(self, row: Sequence[str]) -> list[Said]:
        text = without_bullet("; ".join(cell for cell in row if cell))
        return read_line(text, self.frame, self.lasting)

    def names(self, cell: str) -> int:
        return len(Line.of(without_bullet(cell), self.frame.book).names)


def read_rows(rows: Rows, frame: Frame, lasting: Lasting, *, money: str = "") -> list[Said]:
    """Return what the rows say; `lasting` and `money` are the cues and the unit of money said above the table."""
    cleaned = [[clean_line(cell) for cell in row] for row in rows]
    cleaned = [row for row in cleaned if any(row)]
    money = next((unit for row in cleaned[:_DEEPEST] for cell in row if (unit := money_of_table(fold(cell)))), money)
    reader = _RowReader(frame, lasting, money)
    named = next((place for place, row in enumerate(cleaned) if _names_columns(row, reader)), None)
    if named is not None:
        return [
            *(said for row in cleaned[:named] for said in reader.prose(row)),
            *(said for row in cleaned[named + 1 :] for said in _below_names(cleaned[named], row, reader)),
        ]
    columns = columns_of(cleaned, frame.reported)
    if columns is None:
        return [said for row in cleaned for said in _without_headings(row, reader)]
    titles = content_lines(["; ".join(cell for cell in row if cell) for row in cleaned[: columns.first]])
    above, lasting = read_lines(titles, frame, lasting)
    reader = replace(reader, lasting=lasting)
    if columns.names_period(frame.reported, pledging=frame.pledging):
        reader = replace(reader, lasting=NOTHING_LASTS)
    return [*above, *(said for row in cleaned[columns.below :] for said in _below(row, columns, reader))]


def _quote(row: Sequence[str]) -> str:
    return " | ".join(cell for cell in row if cell)


def _names_columns(row: Sequence[str], reader: _RowReader) -> bool:
    """Whether the row names indicators side by side, with their figures below."""
    said = [cell for cell in row if cell]
    named = [cell for cell in said if reader.names(cell)]
    return len(named) > 1 and len(named) * 2 >= len(said) and not any(holds_number(cell) for cell in said)


def _below_names(names: Sequence[str], row: Sequence[str], reader: _RowReader) -> Iterator[Said]:
    for name, cell in zip(names, row, strict=False):
        if reader.names(name) and fold(cell) not in _EMPTY:
            yield from (replace(one, quote=f"{name} | {cell}") for one in reader.row(row, name, "", [cell]))


def _without_headings(row: Sequence[str], reader: _RowReader) -> list[Said]:
    label = next((place for place, cell in enumerate(row) if reader.names(cell)), None)
    if label is None or not any(is_number(cell) for cell in row):
        return reader.prose(row)
    rest = [cell for cell in row[label + 1 :] if cell]
    unit = next((cell for cell in rest if UNIT_ALONE.fullmatch(fold(cell))), "")
    figures = _with_words([cell for cell in rest if cell != unit])
    if not any(is_number(cell) for cell in rest):
        figures = [cell for cell in row[:label] if is_number(cell)]
    return reader.row(row, without_bullet(row[label]), unit, figures)


def _with_words(cells: Sequence[str]) -> list[str]:
    """Return the cells, each number with the words right before it: «Kế hoạch», «24» gives «Kế hoạch 24»."""
    found: list[str] = []
    words: list[str] = []
    for cell in cells:
        words.append(cell)
        if is_number(cell):
            found.append(" ".join(words))
            words = []
    return found + words


def _below(row: Sequence[str], columns: Columns, reader: _RowReader) -> list[Said]:
    label = _label(row, columns)
    if label is None:
        return [Said(_quote(row))] if any(letter.isdigit() for letter in _quote(row)) else []
    unit = next((row[place] for place in columns.of(ColumnKind.UNIT) if place < len(row)), "")
    sought = [
        row[place]
        for place in columns.sought(reader.frame.reported, pledging=reader.frame.pledging)
        if place < len(row) and row[place] != label and fold(row[place]) not in _EMPTY and row[place][0] != "("
    ]
    figures = [cell for cell in sought if is_number(cell)] or sought[:1]
    if not figures:
        numbered = columns.of(ColumnKind.NUMBER)
        is_empty = not any(holds_number(cell) for place, cell in enumerate(row) if place not in numbered)
        return [] if is_empty else [Said(_quote(row))]
    heading_unit = _unit_of_heading(columns, reader)
    return reader.row(row, label, unit or heading_unit, figures)


def _label(row: Sequence[str], columns: Columns) -> str | None:
    """Return the cell that names what the row is about."""
    places = columns.of(ColumnKind.NAME) or tuple(
        place for place, heading in enumerate(columns.headings) if heading in (None, ColumnKind.NUMBER)
    )
    cells = (without_bullet(row[place]) for place in places if place < len(row))
    return next((cell for cell in cells if any(letter.isalpha() for letter in cell) and not is_number(cell)), None)


def _unit_of_heading(columns: Columns, reader: _RowReader) -> str:
    """Return the unit that the heading of the column says in brackets: «Thực hiện (triệu đồng)»."""
    texts = [columns.texts[place] for place in columns.sought(reader.frame.reported, pledging=reader.frame.pledging)]
    inside = [text[text.index("(") + 1 : text.rindex(")")] for text in texts if "(" in text and ")" in text]
    return next((unit for unit in inside if UNIT_ALONE.fullmatch(unit)), "")
