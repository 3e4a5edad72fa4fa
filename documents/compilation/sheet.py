"""One sheet of the compiled workbook: a row for each unit, and below them the totals as formulas."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from documents.compilation.formats import SheetFormats
from documents.compilation.totals import TotalsBelow, write_totals
from documents.status import PUNCTUALITIES, STANDINGS
from documents.workbook_writing import write_text
from domain.typed_input.inert import inert
from domain.units import UNIT_KIND_NAMES
from usecases.compilation.views import Compilation, CompiledGroup, CompiledIndicator, CompiledUnit

HEADINGS = (
    ("TT", 5),
    ("Đơn vị", 34),
    ("Cụm", 16),
    ("Loại", 27),
    ("Trạng thái", 20),
    ("Đúng hạn", 16),
    ("Giờ nộp", 16),
    ("Ước thực hiện đến", 12),
    ("Gia hạn đến", 12),
)
"""(heading, width) of the columns before the figures."""
PARTS = ("Thực hiện", "Giao ước", "Kỳ trước")
"""Columns of each indicator."""
_HEAD = 3
"""Row of the indicators' names; the headings with the filter stand below it."""
_FIRST = _HEAD + 2
_FROZEN_COLUMNS = 2
_A3 = 8
"""Excel's number of the paper."""
_BLANKS = "Ô trống là không có số, không phải số 0."


class CompiledSheet:
    """A sheet to be written once, from above: its rows are on the disk as soon as the next one is begun."""

    def __init__(self, sheet: Worksheet, formats: SheetFormats, found: Compilation, title: str) -> None:
        self._sheet = sheet
        self._formats = formats
        self._found = found
        self._title = title
        self._columns = {one.code: len(HEADINGS) + len(PARTS) * n for n, one in enumerate(found.indicators)}
        self._reasons = len(HEADINGS) + len(PARTS) * len(found.indicators)
        self._numbers = [
            (one.code, self._columns[one.code], formats.whole if one.whole else formats.decimal)
            for one in found.indicators
        ]
        self._kinds = {kind: inert(name) for kind, name in UNIT_KIND_NAMES.items()}

    def write(self, units: Sequence[CompiledUnit], totals: Sequence[CompiledIndicator | CompiledGroup]) -> None:
        """Write the sheet; `totals` are those of these units, in the order of the indicators."""
        self._write_head(units)
        for number, unit in enumerate(units):
            self._write_unit(_FIRST + number, number + 1, unit)
        last = _FIRST + len(units) - 1
        write_totals(
            self._sheet, self._formats, TotalsBelow(self._found.indicators, totals, self._columns, _FIRST, last)
        )
        self._sheet.autofilter(_FIRST - 1, 0, last, self._reasons)
        self._sheet.freeze_panes(_FIRST, _FROZEN_COLUMNS)
        self._set_page()

    def _set_page(self) -> None:
        """Print landscape on A3, the headings and the names of units again on each page."""
        self._sheet.set_landscape()
        self._sheet.set_paper(_A3)
        self._sheet.repeat_rows(_HEAD, _FIRST - 1)
        self._sheet.repeat_columns(0, _FROZEN_COLUMNS - 1)

    def _write_head(self, units: Sequence[CompiledUnit]) -> None:
        sheet, formats, found = self._sheet, self._formats, self._found
        for column, (_, width) in enumerate(HEADINGS):
            sheet.set_column(column, column, width)
        sheet.set_column(len(HEADINGS), self._reasons - 1, 12)
        sheet.set_column(self._reasons, self._reasons, 60)
        write_text(sheet, 0, 0, f"{found.title} · {self._title}", formats.title)
        handed_in = sum(unit.is_handed_in for unit in units)
        write_text(
            sheet, 1, 0, f"Lập lúc {found.at:%H:%M, %d/%m/%Y}. Phải nộp {len(units)}, đã nộp {handed_in}. {_BLANKS}"
        )
        sheet.set_row(_HEAD, 48)
        sheet.set_row(_FIRST - 1, 32)
        for indicator in found.indicators:
            column = self._columns[indicator.code]
            name = inert(f"{indicator.name} ({indicator.uom})")
            sheet.merge_range(_HEAD, column, _HEAD, column + len(PARTS) - 1, "", formats.head)
            write_text(sheet, _HEAD, column, name, formats.head)
        headings = [heading for heading, _ in HEADINGS]
        for column, heading in enumerate([*headings, *PARTS * len(found.indicators), "Giải trình"]):
            write_text(sheet, _FIRST - 1, column, heading, formats.head)

    def _write_unit(self, row: int, number: int, unit: CompiledUnit) -> None:
        self._write_standing(row, number, unit)
        self._write_figures(row, unit)
        if unit.reasons:
            write_text(self._sheet, row, self._reasons, self._said(unit))

    def _write_standing(self, row: int, number: int, unit: CompiledUnit) -> None:
        sheet, formats, write_string = self._sheet, self._formats, self._sheet.write_string
        sheet.write_number(row, 0, number)
        write_text(sheet, row, 1, unit.name)
        if unit.cluster_name:
            write_text(sheet, row, 2, unit.cluster_name)
        write_string(row, 3, self._kinds[unit.kind])
        write_string(row, 4, STANDINGS.get(unit.part, "Đã nộp bản giấy" if unit.on_paper else "Đã nộp"))
        if unit.part in PUNCTUALITIES:
            write_string(row, 5, PUNCTUALITIES[unit.part])
        if unit.handed_in_at is not None:
            sheet.write_datetime(row, 6, unit.handed_in_at.replace(tzinfo=None), formats.moment)
        for column, day in ((7, unit.as_of), (8, unit.extended_to)):
            if day is not None:
                sheet.write_datetime(row, column, day, formats.day)

    def _write_figures(self, row: int, unit: CompiledUnit) -> None:
        values, pledged, previous = unit.values, unit.pledged, unit.previous
        # The public method first asks of each cell whether it is named «A1»: a tenth of the time for fifty columns.
        # A loop in the loop takes as much. The lock file pins the library.
        write_number = self._sheet._write_number
        for code, column, number_format in self._numbers:
            if (value := values.get(code)) is not None:
                write_number(row, column, float(value), number_format)
            if (value := pledged.get(code)) is not None:
                write_number(row, column + 1, float(value), number_format)
            if (value := previous.get(code)) is not None:
                write_number(row, column + 2, float(value), number_format)

    def _said(self, unit: CompiledUnit) -> str:
        names = {indicator.code: indicator.name for indicator in self._found.indicators}
        return "; ".join(f"{names[code]}: {reason}" for code, reason in unit.reasons.items() if code in names)
