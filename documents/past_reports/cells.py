"""One cell as a figure of an indicator, or the reason why it is none."""

from datetime import date, datetime, time
from decimal import Decimal

from documents.tables import Cell
from domain.errors import Refusal
from domain.plans.plans import Indicator
from domain.typed_input.figures import read_figure, write_figure
from domain.typed_input.words import clean_line
from usecases.submissions.form import figure_format


class UnreadCell(Exception):  # noqa: N818 (what a cell is like, not a fault of ours)
    pass


def read_cell(cell: Cell, indicator: Indicator, *, near: Decimal | None) -> Decimal:
    """Return the figure of a cell. Raises UnreadCell, with the reason, if it is not clear or out of bounds."""
    value = cell.value
    if cell.kind == "f":
        raise UnreadCell("là công thức; anh/chị dán giá trị")
    if cell.kind == "e":
        raise UnreadCell(f"ô đang báo lỗi {value}")
    if isinstance(value, (datetime, date, time, bool)):
        raise UnreadCell("không phải số; anh/chị đặt kiểu ô là Số (Number) rồi gõ lại")
    if cell.number is not None:
        return _number(cell.number, indicator, is_percent=cell.is_percent)
    text = clean_line(str(value))
    try:
        found = read_figure(text, figure_format(indicator), near=near)
    except Refusal as refusal:
        raise UnreadCell(f"«{text[:40]}»: {_first_sentence(refusal)}") from refusal
    if len(found) > 1:
        ways = " hoặc ".join(write_figure(one) for one in found)
        raise UnreadCell(f"«{text}» đọc được hai cách ({ways}); anh/chị đặt kiểu ô là Số (Number)")
    return found[0]


def _number(figure: Decimal, indicator: Indicator, *, is_percent: bool) -> Decimal:
    if is_percent and indicator.uom != "%":
        raise UnreadCell(f"ô kiểu phần trăm, còn chỉ tiêu tính bằng {indicator.uom}")
    if indicator.whole and figure != figure.to_integral_value():
        raise UnreadCell(f"{write_figure(figure)}: chỉ tiêu này là số nguyên ({indicator.uom})")
    if not indicator.low <= figure <= indicator.high:
        low, high = write_figure(indicator.low), write_figure(indicator.high)
        raise UnreadCell(f"{write_figure(figure)}: ngoài khoảng từ {low} đến {high} ({indicator.uom})")
    return figure


def _first_sentence(refusal: Refusal) -> str:
    return refusal.text.split(". ", maxsplit=1)[0].rstrip(".")
