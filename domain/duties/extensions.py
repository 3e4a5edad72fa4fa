"""Extensions of a duty: the days that can be requested, and the two due days, the plan's and the granted one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.calendar import ONE_DAY, Calendar
from domain.duties.due_hours import is_over
from domain.errors import Refusal
from domain.typed_input.days import read_day

OFFERED_AFTER = (3, 7, 15)
"""Offsets offered, in days from the current due day (or today, if overdue), moved to the next working day."""

LONGEST = timedelta(days=90)
"""Longest extension, from the current due day (or today, if overdue): a later day is a typing mistake."""

LONG_AGO = timedelta(days=90)
"""A duty that was due longer ago can no longer be extended."""


class Punctuality(StrEnum):
    ON_TIME = "ON_TIME"
    EXTENDED = "EXTENDED"
    """Late by the plan's day, in time by the granted one."""
    LATE = "LATE"


@dataclass(frozen=True, slots=True)
class DueDays:
    """The plan's day and the granted day; both are kept, for in time by extension is not in time by the plan."""

    statutory: date | None
    """The plan's own last valid day, with its hour if it has one, or None if it has none."""
    granted: date | None = None

    @property
    def extended(self) -> date | None:
        """The granted day if it is later than the plan's, or None otherwise, also if the plan moved its day past it."""
        return self.granted if self.statutory and self.granted and self.granted > self.statutory else None

    @property
    def last_valid_day(self) -> date | None:
        return self.extended or self.statutory

    def punctuality(self, at: datetime) -> Punctuality:
        """Return the punctuality of a submission at this local time; without a date nothing is late."""
        if not is_over(self.statutory, at=at):
            return Punctuality.ON_TIME
        return Punctuality.EXTENDED if self.extended and at.date() <= self.extended else Punctuality.LATE


def refuse_unextendable(last_valid_day: date | None, *, today: date) -> date:
    """Return the last valid day, or raise Refusal if there is none or it passed more than 90 days ago."""
    if last_valid_day is None:
        raise Refusal(
            "extension-without-deadline", "Việc này không có hạn, nên không cần gia hạn. Anh/chị nộp lúc nào cũng được."
        )
    if last_valid_day + LONG_AGO < today:
        raise Refusal(
            "extension-too-late",
            f"Hạn của việc này là ngày {last_valid_day:%d/%m/%Y}, đã qua hơn {LONG_AGO.days} ngày nên không gia hạn "
            "được nữa. Việc vẫn nộp được, tính là trễ hạn.",
        )
    return last_valid_day


def refuse_day(day: date, *, last_valid_day: date, today: date) -> None:
    """Raise Refusal if the duty cannot be extended to this day.

    It must not be past, must be later than the last valid day, and at most 90 days away (see `LONGEST`).
    """
    if day < today:
        raise Refusal("day-past", f"Ngày {day:%d/%m/%Y} đã qua. Anh/chị chọn một ngày từ hôm nay trở đi.")
    if day <= last_valid_day:
        raise Refusal(
            "extension-not-after-deadline",
            f"Ngày gia hạn phải sau hạn hiện nay, tức là sau ngày {last_valid_day:%d/%m/%Y}.",
        )
    if day > (farthest := max(last_valid_day, today) + LONGEST):
        raise Refusal(
            "extension-too-far", f"Chỉ gia hạn được đến ngày {farthest:%d/%m/%Y}. Anh/chị chọn một ngày sớm hơn."
        )


def days_to_offer(last_valid_day: date, *, today: date, calendar: Calendar) -> tuple[date, ...]:
    """Return the working days to choose from, earliest first."""
    begins = max(last_valid_day, today)
    days = (calendar.working_day_on_or_after(begins + timedelta(days=after)) for after in OFFERED_AFTER)
    return tuple(dict.fromkeys(days))


def read_new_day(text: str, *, last_valid_day: date, today: date) -> date:
    """Return the day that was typed; without a year, the next one that can be granted.

    In December «5/1» means next January; in May «1/5» is a past day, and is refused. Raises Refusal if the text is no
    day, and as `refuse_day` does.
    """
    begins = max(last_valid_day, today)
    day = read_day(text, today=today, since=begins + ONE_DAY, until=begins + LONGEST)
    refuse_day(day, last_valid_day=last_valid_day, today=today)
    return day
