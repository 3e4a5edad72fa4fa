"""Leave: from a day through another; meanwhile somebody else is reminded."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from domain.errors import Refusal

_LONGEST = timedelta(days=366)
_HALF_A_YEAR = timedelta(days=183)
_DAY = r"(\d{1,2})\s*[/.]\s*(\d{1,2})(?:\s*[/.]\s*(\d{4}))?"
_DAYS = re.compile(rf"{_DAY}(?:\s*(?:-|–|đến hết|đến|den)\s*{_DAY})?")


def read_days(text: str, *, today: date) -> tuple[date, date]:
    """«11/5-15/5» or «11/5»: first and last day; raises Refusal for what is none, is past, or ends too late.

    A day without its year is the one nearest to today.
    """
    found = _DAYS.fullmatch(text.strip().casefold())
    if found is None:
        raise Refusal("Anh/chị ghi ngày đầu và ngày cuối, ví dụ: 11/5-15/5. Nghỉ một ngày: 11/5.")
    first = _day(*found.groups()[:3], near=today)
    last = _day(*found.groups()[3:], near=first) if found[4] else first
    return check_days(first, last, today=today)


def _day(day: str, month: str, year: str | None, *, near: date) -> date:
    years = [int(year)] if year else [near.year, near.year + 1, near.year - 1]
    days = [found for number in years if (found := _dated(number, int(month), int(day)))]
    if not days:
        raise Refusal(f"Không có ngày {day}/{month}. Anh/chị ghi lại, ví dụ: 11/5-15/5.")
    return next((found for found in days if abs(found - near) <= _HALF_A_YEAR), days[0])


def _dated(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def check_days(first: date, last: date, *, today: date) -> tuple[date, date]:
    """The same days; raises Refusal where nobody could be on leave then."""
    if last < first:
        raise Refusal(f"Ngày cuối ({last:%d/%m/%Y}) trước ngày đầu ({first:%d/%m/%Y}). Anh/chị ghi lại giúp.")
    if first < today:
        raise Refusal(f"Ngày {first:%d/%m/%Y} đã qua. Lịch nghỉ ghi từ hôm nay trở đi.")
    if last - first > _LONGEST:
        raise Refusal("Lịch nghỉ dài nhất một năm. Nghỉ lâu hơn, cơ quan thường trực bàn giao cho người khác.")
    return first, last


def usual_days(today: date) -> tuple[tuple[date, date], ...]:
    """Today, tomorrow, what is left of this week, next week; so that most need not type."""
    monday = today - timedelta(days=today.weekday())
    tomorrow, friday = today + timedelta(days=1), monday + timedelta(days=4)
    next_week = (monday + timedelta(days=7), monday + timedelta(days=11))
    rest = ((today, friday),) if friday > tomorrow else ()
    return ((today, today), (tomorrow, tomorrow), *rest, next_week)


def stand_in(
    absent: int, *, deputies: Mapping[int, int | None], present: Collection[int], heads: Sequence[int]
) -> int | None:
    """Who is reminded for somebody on leave: the deputy, or theirs if they are away too; else the head of the unit.

    `deputies` has everybody on leave with whom they named, `present` who serves the unit and is there. None where
    nobody is: better to remind who is on leave than nobody.
    """
    asked, deputy = {absent}, deputies.get(absent)
    while deputy is not None and deputy not in asked:
        if deputy in present:
            return deputy
        asked.add(deputy)
        deputy = deputies.get(deputy)
    return next((head for head in heads if head in present and head != absent), None)
