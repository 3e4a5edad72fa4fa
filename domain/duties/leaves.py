"""Leave from one day through another, and the colleague who is reminded meanwhile."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from domain.calendar import ONE_DAY
from domain.errors import Refusal
from domain.typed_input.days import read_days

_LONGEST = timedelta(days=366)
_HALF_A_YEAR = timedelta(days=183)


def read_leave(text: str, *, today: date) -> tuple[date, date]:
    """Return the first and last day of the leave that was typed: 11/5-15/5, 11-15/5, mai, tuần sau.

    A day without a year is the next such day within half a year. Raises Refusal if the text is no day, and as
    `check_days` does.
    """
    found = read_days(text, today=today, until=today + _HALF_A_YEAR)
    if found is None:
        raise Refusal("leave-days-unread", "Anh/chị ghi ngày đầu và ngày cuối, ví dụ: 11/5-15/5. Nghỉ một ngày: 11/5.")
    return check_days(*found, today=today)


def check_days(first: date, last: date, *, today: date) -> tuple[date, date]:
    """Return the same days. Raises Refusal if they are in the wrong order, past, or more than 366 days apart."""
    if last < first:
        raise Refusal(
            "last-day-before-first",
            f"Ngày cuối ({last:%d/%m/%Y}) trước ngày đầu ({first:%d/%m/%Y}). Anh/chị ghi lại giúp.",
        )
    if first < today:
        raise Refusal("day-past", f"Ngày {first:%d/%m/%Y} đã qua. Lịch nghỉ ghi từ hôm nay trở đi.")
    if last - first > _LONGEST:
        raise Refusal(
            "leave-too-long", "Lịch nghỉ dài nhất một năm. Nghỉ lâu hơn, cơ quan thường trực bàn giao cho người khác."
        )
    return first, last


def usual_days(today: date) -> tuple[tuple[date, date], ...]:
    """Return the usual leaves to choose from: today, tomorrow, the rest of this week, next week."""
    monday = today - timedelta(days=today.weekday())
    tomorrow, friday = today + ONE_DAY, monday + timedelta(days=4)
    next_week = (monday + timedelta(days=7), monday + timedelta(days=11))
    rest = ((today, friday),) if friday > tomorrow else ()
    return ((today, today), (tomorrow, tomorrow), *rest, next_week)


def substitute_for(
    absent: int, *, deputies: Mapping[int, int | None], present: Collection[int], heads: Sequence[int]
) -> int | None:
    """Return the id of the person reminded instead of `absent`: their deputy, else a head of the unit.

    A deputy who is absent too is replaced by their own deputy, and so on. `deputies` is {person on leave: deputy or
    None}, `present` the people of the unit who are there. The result is None if there is nobody: then the person on
    leave is reminded.
    """
    tried, deputy = {absent}, deputies.get(absent)
    while deputy is not None and deputy not in tried:
        if deputy in present:
            return deputy
        tried.add(deputy)
        deputy = deputies.get(deputy)
    return next((head for head in heads if head in present and head != absent), None)
