"""More time for a duty: which days can be asked for, and how both days, the plan's and the granted one, are kept."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import ONE_DAY, Calendar
from domain.errors import Refusal
from domain.typed_input.days import read_day

OFFERED_AFTER = (3, 7, 15)
"""Days after the day that holds, or after today where it has passed; a day off gives way to the next one worked."""

LONGEST = timedelta(days=90)
"""Nobody is granted more, counted in the same way: what lies farther is a slip of the finger."""

LONG_AGO = timedelta(days=90)
"""What was due longer ago is not extended any more."""


class Punctuality(StrEnum):
    ON_TIME = "ON_TIME"
    EXTENDED = "EXTENDED"
    """Late by the plan, in time by what was granted."""
    LATE = "LATE"


@dataclass(frozen=True, slots=True)
class DueDays:
    """Both days are kept: who was in time thanks to the extension was not in time by the plan."""

    statutory: date | None
    """The plan's own last valid day; None where it has none."""
    granted: date | None = None

    @property
    def extended(self) -> date | None:
        """The granted day while it is later than the plan's: a plan that moved farther has overtaken it."""
        return self.granted if self.statutory and self.granted and self.granted > self.statutory else None

    @property
    def last_valid_day(self) -> date | None:
        return self.extended or self.statutory

    def punctuality(self, day: date) -> Punctuality:
        """Of what was handed in on this day; without a date nothing is late."""
        if self.statutory is None or day <= self.statutory:
            return Punctuality.ON_TIME
        return Punctuality.EXTENDED if self.extended and day <= self.extended else Punctuality.LATE


def refuse_unextendable(last_valid_day: date | None, *, today: date) -> date:
    """The day that holds now, if there can be more time; else a refusal."""
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
    """Raises Refusal unless the duty can be extended to this day: ahead, and later than the one that holds."""
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
    """Working days to choose from, rising."""
    begins = max(last_valid_day, today)
    days = (calendar.working_day_on_or_after(begins + timedelta(days=after)) for after in OFFERED_AFTER)
    return tuple(dict.fromkeys(days))


def read_new_day(text: str, *, last_valid_day: date, today: date) -> date:
    """The day that was typed for a duty with this last valid day; without a year the next that can be granted.

    In December «5/1» means January to come; in May «1/5» is a day that has passed, and stays one. Raises Refusal.
    """
    begins = max(last_valid_day, today)
    day = read_day(text, today=today, since=begins + ONE_DAY, until=begins + LONGEST)
    refuse_day(day, last_valid_day=last_valid_day, today=today)
    return day
