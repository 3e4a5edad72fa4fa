"""The form of a report or a pledge in Excel: figures and reasons are open, everything else is protected."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from documents.figures.layout import (
    CODE,
    FIGURE,
    FIGURE_HEADING,
    HEAD_ROW,
    HEADINGS,
    MARK,
    NAME,
    NUMBER,
    PLEDGE_HEADING,
    PLEDGED,
    PREVIOUS,
    REASON,
    UOM,
)
from documents.workbook_writing import new_workbook, write_text
from domain.duties.due_hours import full_limit
from domain.typed_input.figures import write_figure
from usecases.figures.forms import FigureForm, FormLine

_WIDTHS = {CODE: 10, NUMBER: 5, NAME: 50, UOM: 18, PLEDGED: 13, PREVIOUS: 15, FIGURE: 17, REASON: 38}
_ROW_HEIGHT = 18
_A4 = 9
_MOST_ON_A_PAGE = 45
"""Lines that can be read on one printed page."""
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
"""Of Excel's messages beside a cell."""
_GUIDE = (
    "Điền cột tô vàng, lưu lại, rồi gửi tệp này cho bot. Bot cho xem lại rồi mới ghi. Ô để trống: không thay đổi gì."
)


def draw_figure_form(form: FigureForm) -> bytes:
    """Return an .xlsx with a line for every indicator and what stands in the draft; it prints on one A4 page."""
    content = BytesIO()
    with new_workbook(content) as book:
        page = book.add_worksheet("Số liệu")
        looks = _Looks(book)
        _write_head(page, form, looks)
        for row, line in enumerate(form.lines, start=HEAD_ROW + 1):
            _write_line(page, row, line, form, looks)
        _set_page(page, form)
    return content.getvalue()


class _Looks:
    """Formats of cells."""

    def __init__(self, book: Workbook) -> None:
        edge = {"border": 1, "valign": "vcenter", "text_wrap": True}
        # A format with optional decimals would write «12,» for 12.
        whole, open_cell = {"num_format": "#,##0"}, {"locked": False, "bg_color": "#FFF8DC"}
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.head = book.add_format({**edge, "bold": True, "bg_color": "#EAF1FB", "align": "center"})
        self.text = book.add_format(edge)
        self.open_text = book.add_format({**edge, **open_cell})
        self._whole = book.add_format({**edge, **whole})
        self._open_whole = book.add_format({**edge, **open_cell, **whole})

    def shown(self, value: Decimal | None) -> Any:
        """Return the format of a figure that only stands there to compare with."""
        return self._whole if value is not None and value == value.to_integral_value() else self.text

    def asked(self, line: FormLine) -> Any:
        if line.is_locked:
            return self.shown(line.value)
        return self._open_whole if line.requires.whole else self.open_text


def _write_head(page: Worksheet, form: FigureForm, looks: _Looks) -> None:
    if form.key is not None:
        write_text(page, 0, CODE, MARK + form.key.text)
    write_text(page, 0, NUMBER, f"{form.title}: mẫu điền số liệu", looks.title)
    write_text(page, 1, NUMBER, f"Đơn vị: {form.unit_name or '………………………………'}")
    for row, said in enumerate((f"Kỳ: {form.period.name}" if form.period else "", _last_day(form)), start=2):
        write_text(page, row, NUMBER, said)
    write_text(page, 4, NUMBER, _guide(form))
    for column, heading in _headings(form).items():
        write_text(page, HEAD_ROW, column, heading, looks.head)


def _guide(form: FigureForm) -> str:
    if form.is_pledge:
        return _GUIDE
    return f"{_GUIDE} Không có số, hoặc số khác xa {form.previous_period}: ghi lý do ở cột cuối."


def _last_day(form: FigureForm) -> str:
    return f"Hạn: {full_limit(form.last_valid_day)}" if form.last_valid_day else ""


def _headings(form: FigureForm) -> dict[int, str]:
    before = form.previous_period[:1].upper() + form.previous_period[1:]
    if form.is_pledge:
        return HEADINGS | {PREVIOUS: f"Đã đăng ký {form.previous_period}", FIGURE: PLEDGE_HEADING}
    return HEADINGS | {PLEDGED: "Giao ước", PREVIOUS: before, FIGURE: FIGURE_HEADING, REASON: "Lý do, ghi chú"}


def _write_line(page: Worksheet, row: int, line: FormLine, form: FigureForm, looks: _Looks) -> None:
    is_open = not line.is_locked
    page.set_row(row, _ROW_HEIGHT * (1 + (len(line.name) > _WIDTHS[NAME] or len(line.uom) > _WIDTHS[UOM])))
    write_text(page, row, CODE, line.code)
    page.write_number(row, NUMBER, row - HEAD_ROW, looks.text)
    write_text(page, row, NAME, line.name, looks.text)
    write_text(page, row, UOM, line.uom, looks.text)
    for column, value in {PLEDGED: line.pledged, PREVIOUS: line.previous}.items():
        if column in _headings(form):
            _write_figure(page, row, column, value, looks.shown(value))
    _write_figure(page, row, FIGURE, line.value, looks.asked(line))
    if is_open:
        page.data_validation(row, FIGURE, row, FIGURE, _bounds(line))
    if not form.is_pledge:
        write_text(page, row, REASON, line.reason, looks.open_text if is_open else looks.text)


def _write_figure(page: Worksheet, row: int, column: int, value: Decimal | None, look: Any) -> None:
    if value is None:
        page.write_blank(row, column, None, look)
    else:
        page.write_number(row, column, float(value), look)


def _bounds(line: FormLine) -> dict[str, object]:
    wanted = line.requires
    low, high = write_figure(wanted.low), write_figure(wanted.high)
    kind = "Số nguyên" if wanted.whole else "Số"
    return {
        "validate": "integer" if wanted.whole else "decimal",
        "criteria": "between",
        "minimum": float(wanted.low),
        "maximum": float(wanted.high),
        "input_title": line.name[: _LONGEST_TITLE - 1],
        "input_message": f"{kind} từ {low} đến {high}, tính bằng {line.uom}; không ghi đơn vị."[:_LONGEST_MESSAGE],
        "error_title": "Số chưa đúng",
        "error_message": (
            f"Chỉ tiêu này là {kind.lower()} từ {low} đến {high} ({line.uom}). "
            "Anh/chị chỉ gõ số, không gõ đơn vị; không có số thì để trống và ghi lý do."
        )[:_LONGEST_MESSAGE],
    }


def _set_page(page: Worksheet, form: FigureForm) -> None:
    last = FIGURE if form.is_pledge else REASON
    hidden = {CODE, *((PLEDGED,) if form.is_pledge else ())}
    for column in range(last + 1):
        page.set_column(column, column, _WIDTHS[column], None, {"hidden": column in hidden})
    page.set_row(HEAD_ROW, 32)
    page.freeze_panes(HEAD_ROW + 1, NAME + 1)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 1 if len(form.lines) <= _MOST_ON_A_PAGE else 0)
    page.repeat_rows(HEAD_ROW)
    page.print_area(0, NUMBER, HEAD_ROW + len(form.lines), last)
