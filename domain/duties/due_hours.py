"""Last valid days that end at an hour: «trước 16 giờ ngày 15/11» is in time until 15:59:59 of that day."""

from datetime import date, datetime, time
from functools import partial
from typing import SupportsIndex

_BEFORE_A_FULL_MINUTE = 59


class TimedDay(date):
    """A last valid day of which only a part is in time. It compares as the day that it is."""

    last_second: time
    """The last second that is in time: 15:59:59 for «trước 16 giờ», 16:00:00 for «đến 16 giờ»."""
    is_over: bool
    """Whether the hour had passed when the day was shown."""

    def __new__(
        cls, year: int, month: int, day: int, last_second: time | None = None, *, is_over: bool = False
    ) -> "TimedDay":
        # `date` calls this with three numbers for another day, as of «last + ONE_DAY»: that one has no hour.
        if last_second is None:
            return date(year, month, day)  # type: ignore[return-value]
        made = super().__new__(cls, year, month, day)
        made.last_second, made.is_over = last_second, is_over
        return made

    def replace(  # type: ignore[override] # another day has no hour
        self, year: SupportsIndex | None = None, month: SupportsIndex | None = None, day: SupportsIndex | None = None
    ) -> date:
        return date(
            self.year if year is None else int(year),
            self.month if month is None else int(month),
            self.day if day is None else int(day),
        )

    def __reduce__(self) -> tuple[partial["TimedDay"], tuple[int, int, int, time]]:
        return partial(TimedDay, is_over=self.is_over), (self.year, self.month, self.day, self.last_second)

    @property
    def hour_words(self) -> str:
        """«trước 16 giờ», «đến 16 giờ 30»."""
        last = self.last_second
        if last.second != _BEFORE_A_FULL_MINUTE:
            return f"đến {_hour(last.hour, last.minute)}"
        minutes = last.hour * 60 + last.minute + 1
        return f"trước {_hour(*divmod(minutes, 60))}"


def _hour(hour: int, minute: int) -> str:
    return f"{hour} giờ {minute:02}" if minute else f"{hour} giờ"


def timed(day: date | None, last_second: time | None) -> date | None:
    """Return the day with its hour, or the day itself if the whole of it is in time."""
    return day if day is None or last_second is None else TimedDay(day.year, day.month, day.day, last_second)


def second_of(day: date | None) -> time | None:
    """Return the last second of the day that is in time, or None if the whole day is."""
    return day.last_second if isinstance(day, TimedDay) else None


def limit_words(day: date) -> str:
    """«hết ngày», «trước 16 giờ ngày»: the words before the day."""
    return f"{day.hour_words} ngày" if isinstance(day, TimedDay) else "hết ngày"


def full_limit(day: date) -> str:
    """«hết ngày 14/05/2026», «trước 16 giờ ngày 15/11/2026»."""
    return f"{limit_words(day)} {day:%d/%m/%Y}"


def is_in_time(at: datetime, *, last_valid_day: date) -> bool:
    """Whether a local time is not after the last valid day and its hour; parts of a second do not count."""
    day = at.date()
    if day != last_valid_day or not isinstance(last_valid_day, TimedDay):
        return day <= last_valid_day
    return at.time().replace(microsecond=0) <= last_valid_day.last_second


def is_over(last_valid_day: date | None, *, at: datetime) -> bool:
    """Whether a local time is after the last valid day, or after its hour."""
    return last_valid_day is not None and not is_in_time(at, last_valid_day=last_valid_day)


def shown(last_valid_day: date | None, *, at: datetime) -> date | None:
    """Return the day as it is shown at a local time: one with an hour knows whether that has passed."""
    if not isinstance(last_valid_day, TimedDay):
        return last_valid_day
    year, month, day = last_valid_day.year, last_valid_day.month, last_valid_day.day
    return TimedDay(year, month, day, last_valid_day.last_second, is_over=is_over(last_valid_day, at=at))
