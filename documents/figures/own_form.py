"""Our own form as it comes back: each line by its hidden code, each figure by its cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from openpyxl.utils import get_column_letter

from documents.figures.layout import (
    CODE,
    FIGURE,
    FIGURE_HEADING,
    HEAD_ROW,
    HEADINGS,
    MARK,
    NAME,
    PLEDGE_HEADING,
    REASON,
)
from documents.tables import Cell, Table
from domain.errors import Refusal
from domain.figures.readings import AskedFigure, FiguresReading, FoundFigure, Wanted, Why
from domain.typed_input.figures import read_figure, write_figure
from domain.typed_input.words import clean_line, plain, read_sentence

_WHYS = {
    "figure-approximate": Why.APPROXIMATE,
    "figure-of-other-unit": Why.OTHER_UNIT,
    "figure-too-small": Why.OTHER_UNIT,
    "figure-not-whole": Why.OUT_OF_BOUNDS,
    "figure-out-of-bounds": Why.OUT_OF_BOUNDS,
}
"""{code of the refusal: reason to ask back}; any other leaves the cell unread."""


@dataclass(frozen=True, slots=True)
class OwnForm:
    """What a returned form says."""

    reading: FiguresReading
    reasons: tuple[tuple[str, str], ...]
    """(indicator code, reason), also for lines without a figure."""
    notes: tuple[str, ...]


def mark_in(tables: Sequence[Table]) -> str:
    """Return the key that the file's form was made for, or an empty string if it is none of our forms."""
    marks = (str(table.cell(1, CODE + 1).value or "") for table in tables)
    return next((mark.removeprefix(MARK) for mark in marks if mark.startswith(MARK)), "")


def has_own_columns(table: Table) -> bool:
    """Whether the columns still stand where the form has them; a sheet can be unprotected and changed."""
    headings = HEADINGS | {FIGURE: FIGURE_HEADING}
    said = {column: clean_line(str(table.cell(HEAD_ROW + 1, column + 1).value or "")) for column in headings}
    return said in (headings, headings | {FIGURE: PLEDGE_HEADING})


def read_own_form(table: Table, wanted: Sequence[Wanted]) -> OwnForm:
    """Return the figures by their codes; lines of other indicators are left out."""
    page = _FormPage(table, {one.code: one for one in wanted})
    page.read()
    return OwnForm(page.reading, tuple(page.reasons.items()), tuple(page.notes))


class _FormPage:
    def __init__(self, table: Table, wanted: Mapping[str, Wanted]) -> None:
        self._table, self._wanted = table, wanted
        self._read: list[FoundFigure] = []
        self._ask: list[AskedFigure] = []
        self._unread: list[str] = []
        self.reasons: dict[str, str] = {}
        self.notes: list[str] = []

    @property
    def reading(self) -> FiguresReading:
        return FiguresReading(tuple(self._read), tuple(self._ask), tuple(self._unread))

    def read(self) -> None:
        seen: set[str] = set()
        for row, one in self._lines():
            if one.code in seen:
                self._unread.append(f"{self._address(row, NAME)}: «{one.name}» có hai dòng, bot đọc dòng đầu")
                continue
            seen.add(one.code)
            self._read_line(row, one)
        if missing := [one.name for code, one in self._wanted.items() if code not in seen]:
            self.notes.append(f"Tệp không có dòng: {'; '.join(missing)}")
        for cell in self._table.uncomputed:
            self.notes.append(f"Công thức ở ô {cell} chưa có kết quả: anh/chị mở bằng Excel, bấm Lưu rồi gửi lại")

    def _lines(self) -> Iterator[tuple[int, Wanted]]:
        """Yield (row, indicator) of every line whose name still stands beside its code."""
        for row in sorted(number for number in self._table.rows if number > HEAD_ROW + 1):
            code, name = (clean_line(str(self._cell(row, column).value or "")) for column in (CODE, NAME))
            one = self._wanted.get(code)
            if one is not None and plain(name) == plain(one.name):
                yield row, one
            elif one is not None and self._cell(row, FIGURE).value is not None:
                self._unread.append(f"{self._address(row, FIGURE)}: {name or 'dòng không tên'} {self._said(row)}")

    def _read_line(self, row: int, one: Wanted) -> None:
        cell = self._cell(row, FIGURE)
        reason = clean_line(str(self._cell(row, REASON).value or ""))
        if reason:
            self._read_reason(row, one, reason)
        if cell.value is None or (isinstance(cell.value, str) and not clean_line(cell.value)):
            return
        quote = f"{one.name}: {self._said(row)}"
        found = self._figures(cell, one)
        if isinstance(found, Why):
            self._ask.append(AskedFigure(one.code, (), quote, found))
        elif len(found) > 1:
            self._ask.append(AskedFigure(one.code, found, quote, Why.SEVERAL_READINGS))
        elif found:
            self._read.append(FoundFigure(one.code, found[0], quote))
        else:
            self._unread.append(f"{self._address(row, FIGURE)}: {quote}")

    def _read_reason(self, row: int, one: Wanted, reason: str) -> None:
        try:
            self.reasons[one.code] = read_sentence(reason, example="Chưa có kết quả điều tra")
        except Refusal as refusal:
            self.notes.append(f"{self._address(row, REASON)}: {refusal.text}")

    def _figures(self, cell: Cell, one: Wanted) -> tuple[Decimal, ...] | Why:
        """Return the readings of a cell, none if it holds no figure, or the reason to ask."""
        number = cell.number
        if number is not None:
            if cell.is_percent and one.form.uom != "%":
                return Why.OTHER_UNIT
            return (number,) if one.form.allows(number) else Why.OUT_OF_BOUNDS
        if not isinstance(cell.value, str) or cell.kind == "e":
            return ()
        try:
            return read_figure(clean_line(cell.value), one.form, near=one.previous or one.pledged)
        except Refusal as refusal:
            return _WHYS.get(refusal.code, ())

    def _said(self, row: int) -> str:
        cell = self._cell(row, FIGURE)
        if cell.number is not None:
            return write_figure(cell.number) + (" %" if cell.is_percent else "")
        if isinstance(cell.value, (datetime, date)):
            return f"ngày {cell.value:%d/%m/%Y}"
        if isinstance(cell.value, time):
            return f"giờ {cell.value:%H:%M}"
        return clean_line(str(cell.value))[:60]

    def _cell(self, row: int, column: int) -> Cell:
        return self._table.cell(row, column + 1)

    def _address(self, row: int, column: int) -> str:
        return f"Ô {get_column_letter(column + 1)}{row}"
