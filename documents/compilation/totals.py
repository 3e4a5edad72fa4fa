"""The rows below the units of a compiled sheet: totals, and comparisons of those units that have both figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from documents.compilation.formats import SheetFormats
from documents.compilation.formulas import Formula, Ranges, Totals, totals_beside, totals_of_values
from documents.compilation.wording import no_total
from documents.workbook_writing import write_text
from usecases.compilation.views import CompiledGroup, CompiledIndicator

TOTALS = ("TỔNG HỢP", "Số đơn vị", "Thực hiện của đơn vị có cả hai số", "Bằng % giao ước, % kỳ trước")
"""Headings of the rows."""
_LABEL_COLUMN = 1
_PARTS = 3


@dataclass(frozen=True, slots=True)
class TotalsBelow:
    """The figures that stand in the rows from `first` to `last`."""

    indicators: Sequence[CompiledIndicator]
    groups: Sequence[CompiledIndicator | CompiledGroup]
    """The totals of these rows, in the order of the indicators."""
    columns: Mapping[str, int]
    """{indicator code: its first column}: figures; pledges and the last period's stand beside them."""
    first: int
    last: int

    @property
    def from_column(self) -> int:
        return min(self.columns.values(), default=_LABEL_COLUMN + 1)

    def each(self) -> Iterator[Totals]:
        """Yield the totals of each column, from left to right."""
        for indicator, group in zip(self.indicators, self.groups, strict=True):
            yield from self._below(indicator, group)

    def _below(self, indicator: CompiledIndicator, group: CompiledIndicator | CompiledGroup) -> Iterator[Totals]:
        ranges = self._ranges(indicator)
        yield totals_of_values(indicator, group, ranges)
        for part, comparison in ((1, group.against_pledge), (2, group.against_previous)):
            column = self.columns[indicator.code] + part
            cells = xl_rowcol_to_cell(self.last + 1, column), xl_rowcol_to_cell(self.last + 3, column)
            yield totals_beside(indicator, comparison, ranges, is_pledge=part == 1, cells=cells)

    def _ranges(self, indicator: CompiledIndicator) -> Ranges:
        value, pledged, previous = (self._range(self.columns[indicator.code] + part) for part in range(_PARTS))
        if not indicator.weight:
            return Ranges(value, pledged, previous)
        weight = self.columns[indicator.weight]
        return Ranges(value, pledged, previous, self._range(weight), self._range(weight + 2))

    def _range(self, column: int) -> str:
        return str(xl_range_abs(self.first, column, self.last, column))


def write_totals(sheet: Worksheet, formats: SheetFormats, below: TotalsBelow) -> None:
    columns = list(below.each())
    number_formats = (formats.total_decimal, formats.total_whole, formats.total_decimal, formats.total_percent)
    for place, label in enumerate(TOTALS):
        row = below.last + 1 + place
        for column in range(below.from_column):
            write_text(sheet, row, column, label if column == _LABEL_COLUMN else "", formats.total_text)
        for number, totals in enumerate(columns):
            formula = (totals.total, totals.counted, totals.same_units, totals.percent)[place]
            column = below.from_column + number
            if formula is not None:
                _write_formula(sheet, row, column, formula, number_formats[place])
            else:
                is_own = place == 0 and number % _PARTS == 0
                text = no_total(below.indicators[number // _PARTS]) if is_own else ""
                write_text(sheet, row, column, text, formats.total_text)


def _write_formula(sheet: Worksheet, row: int, column: int, formula: Formula, number_format: Any) -> None:
    # Viewers on phones do not compute: they show the value that is written beside the formula.
    sheet.write_formula(row, column, formula.text, number_format, "" if formula.cached is None else formula.cached)
