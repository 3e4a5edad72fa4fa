"""The template of a past period: what it may hold is open, everything else is grey."""

import re
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from documents.past_reports.layout import GUIDE, MARK, NOTE, UNIT
from documents.workbook_writing import new_workbook, write_text
from domain.plans.plans import Indicator
from domain.submissions.past_reports import PastSource
from domain.typed_input.figures import write_figure
from usecases.submissions.past_reports.sheets import PastSheet, PastUnit

_NOTES = {PastSource.UNIT: "Đơn vị tự nhập", PastSource.STANDING_BODY: ""}
_STEPS = (
    "Mỗi dòng một đơn vị, mỗi cột một chỉ tiêu; đơn vị tính ghi ở tiêu đề cột.",
    "Ô xám: chỉ tiêu không giao cho đơn vị, để trống. Ô đã có số: sửa thì số mới thay số cũ.",
    "Ô để trống: bot không ghi gì, số đã có vẫn giữ.",
    "Đơn vị mới sáp nhập: ghi số của cả các đơn vị cũ cộng lại, vào dòng của đơn vị hiện nay.",
    "Số ghi kiểu số của Excel, hoặc như trên giấy: 1.234,5. Công thức thì dán thành giá trị.",
    "Điền xong, gửi tệp lại cho bot: bot cho xem trước rồi mới ghi.",
)
_FIRST_COLUMN, _FIRST_ROW = 2, 2
"""Of the figures; above them stand the hidden codes and the headings, before them the hidden codes and the names."""


def draw_past_template(sheet: PastSheet) -> bytes:
    """Return an .xlsx of all units and indicators, with the figures that stand."""
    content = BytesIO()
    with new_workbook(content) as book:
        page = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", "-", sheet.period.name)[:31])
        _write_headings(book, page, sheet)
        forms = _Forms(book)
        for row, unit in enumerate(sheet.units, start=_FIRST_ROW):
            _write_unit(page, row, unit, sheet, forms)
        _write_guide(book, sheet)
    return content.getvalue()


class _Forms:
    """Looks of cells."""

    def __init__(self, book: Workbook) -> None:
        self.text = book.add_format({"border": 1, "valign": "vcenter"})
        self.closed = book.add_format({"border": 1, "bg_color": "#D9D9D9"})
        self._whole = book.add_format({"border": 1, "num_format": "#,##0"})
        self._exact = book.add_format({"border": 1})

    def of(self, indicator: Indicator, unit: PastUnit) -> Any:
        if unit.is_in_bot or indicator.code not in unit.indicators:
            return self.closed
        return self._whole if indicator.whole else self._exact


def _write_headings(book: Workbook, page: Worksheet, sheet: PastSheet) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#EAF1FB"})
    last, end = _FIRST_ROW + max(1, len(sheet.units)) - 1, _FIRST_COLUMN + len(sheet.indicators)
    write_text(page, 0, 0, MARK + sheet.period.key)
    write_text(page, 1, 0, "Mã", bold)
    write_text(page, 1, 1, UNIT, bold)
    for column, indicator in enumerate(sheet.indicators, start=_FIRST_COLUMN):
        write_text(page, 0, column, indicator.code)
        write_text(page, 1, column, f"{indicator.name} ({indicator.uom})", bold)
        page.data_validation(_FIRST_ROW, column, last, column, _bounds(indicator))
    write_text(page, 1, end, NOTE, bold)
    page.set_row(0, None, None, {"hidden": True})
    page.set_row(1, 75)
    page.set_column(0, 0, 10, None, {"hidden": True})
    page.set_column(1, 1, 32)
    page.set_column(_FIRST_COLUMN, end - 1, 16)
    page.set_column(end, end, 34)
    page.freeze_panes(_FIRST_ROW, _FIRST_COLUMN)


def _bounds(indicator: Indicator) -> dict[str, object]:
    low, high = (write_figure(value) for value in (indicator.low, indicator.high))
    return {
        "validate": "integer" if indicator.whole else "decimal",
        "criteria": "between",
        "minimum": float(indicator.low),
        "maximum": float(indicator.high),
        "error_title": "Số ngoài khoảng",
        "error_message": f"Chỉ tiêu này từ {low} đến {high} ({indicator.uom[:40]}).",
        "error_type": "warning",
    }


def _write_unit(page: Worksheet, row: int, unit: PastUnit, sheet: PastSheet, forms: _Forms) -> None:
    write_text(page, row, 0, unit.code)
    write_text(page, row, 1, unit.name, forms.text)
    for column, indicator in enumerate(sheet.indicators, start=_FIRST_COLUMN):
        value, form = unit.figures.get(indicator.code), forms.of(indicator, unit)
        if value is None:
            page.write_blank(row, column, None, form)
        else:
            page.write_number(row, column, float(value), form)
    write_text(page, row, _FIRST_COLUMN + len(sheet.indicators), _note(unit), forms.text)


def _note(unit: PastUnit) -> str:
    if unit.is_in_bot:
        return "Đã có báo cáo trong bot, không nhập"
    return _NOTES[unit.source] if unit.source else ""


def _write_guide(book: Workbook, sheet: PastSheet) -> None:
    guide = book.add_worksheet(GUIDE)
    guide.set_column(0, 0, 100)
    write_text(guide, 0, 0, f"{sheet.authority_name}: {sheet.period.title}, {sheet.period.name}")
    for row, step in enumerate(_STEPS, start=1):
        write_text(guide, row, 0, step)
