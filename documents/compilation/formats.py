"""Formats of the cells of the compiled workbook."""

from dataclasses import dataclass
from typing import Any, Self

from xlsxwriter import Workbook

_VIETNAMESE = "[$-42A]"
"""Begins a format of numbers: programs that heed it write a decimal comma, whatever country the machine is set to."""


@dataclass(frozen=True, slots=True)
class SheetFormats:
    """The formats of cells, made once for the workbook."""

    title: Any
    head: Any
    moment: Any
    day: Any
    whole: Any
    decimal: Any
    total_text: Any
    total_whole: Any
    total_decimal: Any
    total_percent: Any
    wrapped: Any
    bold: Any

    @classmethod
    def of(cls, book: Workbook) -> Self:
        total = {"bold": True, "top": 1, "bg_color": "#F2F2F2"}
        return cls(
            title=book.add_format({"bold": True, "font_size": 13}),
            head=book.add_format(
                {"bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter"}
            ),
            moment=book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left"}),
            day=book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
            whole=book.add_format({"num_format": f"{_VIETNAMESE}#,##0"}),
            decimal=book.add_format({"num_format": f"{_VIETNAMESE}#,##0.0##"}),
            total_text=book.add_format(total),
            total_whole=book.add_format({**total, "num_format": f"{_VIETNAMESE}#,##0"}),
            total_decimal=book.add_format({**total, "num_format": f"{_VIETNAMESE}#,##0.0##"}),
            total_percent=book.add_format({**total, "num_format": f"{_VIETNAMESE}#,##0.0"}),
            wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
            bold=book.add_format({"bold": True, "valign": "top"}),
        )
