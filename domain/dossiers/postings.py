"""Public posting of nominees: the days that were typed, and whether they are enough."""

import re
from datetime import date, timedelta

from domain.calendar import ONE_DAY, Calendar
from domain.errors import Refusal
from domain.plans.awards import Posting
from domain.plans.events import DayCount
from domain.typed_input.days import read_days
from domain.typed_input.words import plain

_LONG_AGO = timedelta(days=300)
_BY_TODAY = re.compile(r"\b(?:nay|mai|mot|qua|kia|tuan|thu|chu nhat)\b")


def read_posting(text: str, posting: Posting, *, today: date, calendar: Calendar) -> tuple[date, date]:
    """Return the first and last day of the posting that was typed: «1/11-10/11», days of the last 300 days.

    Raises Refusal if the text is no two days, and as `refuse_posting` does.
    """
    # Days are read from the past on: «mai», «tuần sau» would be read from there too.
    found = None if _BY_TODAY.search(plain(text)) else read_days(text, today=today - _LONG_AGO, until=today)
    if found is None:
        raise Refusal("posting-unread", "Anh/chị ghi ngày đầu và ngày cuối niêm yết, ví dụ: 1/11-10/11.")
    refuse_posting(posting, *found, today=today, calendar=calendar)
    return found


def refuse_posting(posting: Posting, first: date, last: date, *, today: date, calendar: Calendar) -> None:
    """Raise Refusal if the posting is not over yet, or was shorter than the plan asks; both days count."""
    if last < first:
        raise Refusal("last-day-before-first", f"Ngày cuối {last:%d/%m/%Y} trước ngày đầu {first:%d/%m/%Y}.")
    if last > today:
        raise Refusal("posting-not-over", f"Niêm yết đến ngày {last:%d/%m/%Y} thì chưa xong; hết ngày ấy anh/chị ghi.")
    days = posted_days(posting, first, last, calendar=calendar)
    if days < posting.days:
        unit = "ngày làm việc" if posting.counts is DayCount.WORKING else "ngày"
        raise Refusal(
            "posting-too-short",
            f"Kế hoạch: «{posting.text}». Từ {first:%d/%m} đến hết {last:%d/%m} mới {days} {unit}, cần {posting.days}.",
        )


def posted_days(posting: Posting, first: date, last: date, *, calendar: Calendar) -> int:
    if posting.counts is DayCount.CALENDAR:
        return (last - first).days + 1
    days = (first + ONE_DAY * number for number in range((last - first).days + 1))
    return sum(calendar.is_working(day) for day in days)
