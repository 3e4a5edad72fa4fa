"""Numbers, days and hours as officers write them."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from domain.dossiers.paper_checks import runs_of
from domain.duties.due_hours import TimedDay, limit_words
from domain.people.people import write_phone
from domain.typed_input.days import WEEKDAYS
from domain.typed_input.figures import rounded, write_figure
from domain.typed_input.listing import listed, shortened
from usecases.waiting.waiting import WaitingItem, WaitingKind


def day(value: date) -> str:
    """14/5"""
    return f"{value.day}/{value.month}"


def weekday(value: date) -> str:
    """thứ Năm"""
    return WEEKDAYS[value.weekday()]


def full_day(value: date) -> str:
    """thứ Năm, 14/5"""
    return f"{weekday(value)}, {day(value)}"


def hour(value: datetime) -> str:
    """10:42"""
    return f"{value:%H:%M}"


def moment(value: datetime) -> str:
    """10:42 thứ Ba, 12/5/2026"""
    return f"{hour(value)} {full_day(value)}/{value.year}"


def deadline(value: date) -> str:
    """hết ngày 14/5 (thứ Năm); with an hour: trước 16 giờ ngày 15/11 (Chủ nhật)"""
    return f"{limit_words(value)} {day(value)} ({weekday(value)})"


def until(value: date) -> str:
    """hết 14/5; with an hour: trước 16 giờ 15/11"""
    return f"{value.hour_words if isinstance(value, TimedDay) else 'hết'} {day(value)}"


def span(first: date, last: date) -> str:
    """từ 11/5 đến hết 15/5; one day: ngày 11/5"""
    return f"ngày {day(first)}" if first == last else f"từ {day(first)} đến hết {day(last)}"


def again(value: datetime, *, is_today: bool) -> str:
    """14:00; on another day: 7:30 thứ Hai, 18/5"""
    return hour(value) if is_today else f"{hour(value)} {full_day(value)}"


def called(value: datetime, days_ago: int) -> str:
    """9:30 hôm nay, 9:30 hôm qua, 9:30 ngày 12/5"""
    when = {0: "hôm nay", 1: "hôm qua"}.get(days_ago, f"ngày {day(value)}")
    return f"{value.hour}:{value:%M} {when}"


def left(days: int) -> str:
    """còn 9 ngày, hôm nay là ngày cuối, quá hạn 3 ngày"""
    if days > 0:
        return f"còn {days} ngày"
    return "hôm nay là ngày cuối" if days == 0 else f"quá hạn {-days} ngày"


def due(last: date, days: int, *, overdue: bool = True) -> str:
    """hết ngày 14/5 (thứ Năm), còn 9 ngày; quá hạn 37 ngày (hạn hết 29/3); without `overdue`: hạn 29/3"""
    if days == 0 and isinstance(last, TimedDay) and last.is_over:
        return f"đã quá giờ (hạn {last.hour_words} hôm nay)"
    if days >= 0:
        return f"{deadline(last)}, {left(days)}"
    return f"{left(days)} (hạn {until(last)})" if overdue else f"hạn {day(last)}"


def due_line(last: date, days: int) -> str:
    """Hạn: hết ngày 14/5 (thứ Năm), còn 9 ngày; past it: Quá hạn 37 ngày (hạn hết 29/3)"""
    is_over = days < 0 or (isinstance(last, TimedDay) and last.is_over)
    return capitalized(due(last, days)) if is_over else f"Hạn: {due(last, days)}"


def remaining(last: date, days: int) -> str:
    """còn 9 ngày, hết ngày 14/5 (thứ Năm); past it: quá hạn 37 ngày (hạn hết 29/3)"""
    is_over = days < 0 or (isinstance(last, TimedDay) and last.is_over)
    return due(last, days) if is_over else f"{left(days)}, {deadline(last)}"


def capitalized(text: str) -> str:
    """Capitalise the first letter and leave the rest: names keep their case."""
    return text[:1].upper() + text[1:]


def number(value: Decimal) -> str:
    """1.234,5"""
    return write_figure(value)


def size(value: int) -> str:
    """2,4 MB"""
    if value < 1024 * 1024:
        return f"{max(1, round(value / 1024))} KB"
    return f"{write_figure(round(Decimal(value) / (1024 * 1024), 1))} MB"


_WAITS = {
    WaitingKind.REVIEW: "duyệt {}",
    WaitingKind.CORRECTION: "xin sửa {}",
    WaitingKind.QUESTION: "hỏi lại về {}",
    WaitingKind.EXTENSION: "xin gia hạn {}",
    WaitingKind.PAPER: "báo nộp bản giấy {}",
    WaitingKind.DATA: "yêu cầu về {}",
    WaitingKind.RETURNED: "chưa sửa {} bị trả lại",
    WaitingKind.UNREACHED: "bot không nhắn được",
}


def waits(item: WaitingItem) -> str:
    """Phường 5: duyệt Báo cáo 6 tháng 2026; if another reviewer has it first: …, chờ Phường 1 thẩm định trước"""
    first = f", chờ {item.waits_for} thẩm định trước" if item.waits_for else ""
    return f"{item.unit_name}: {_WAITS[item.kind].format(item.what)}{first}"


FILTERS: dict[str, Callable[..., object]] = {
    "day": day,
    "weekday": weekday,
    "full_day": full_day,
    "hour": hour,
    "moment": moment,
    "deadline": deadline,
    "called": called,
    "until": until,
    "span": span,
    "left": left,
    "due": due,
    "due_line": due_line,
    "remaining": remaining,
    "capitalized": capitalized,
    "number": number,
    "rounded": rounded,
    "listed": listed,
    "phone": write_phone,
    "shortened": shortened,
    "size": size,
    "pages": runs_of,
    "waits": waits,
}
