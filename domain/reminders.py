"""The ladder of reminders: how many days before and after the last valid day, and on which days and hours."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.calendar import Calendar

STEPS = (30, 15, 7, 3, 1, 0, -1, -3, -7)
"""Days before the last valid day; negative ones come after it."""

QUIET_UNTIL = time(7, 30)
QUIET_FROM = time(17, 30)


@dataclass(frozen=True, slots=True)
class Rung:
    step: int
    day: date


def ladder(last_valid_day: date, *, calendar: Calendar) -> tuple[Rung, ...]:
    """The day of each step: a free day gives way to the working day before, after the deadline to the one after.

    The last valid day itself is always reminded, worked or not.
    """
    return tuple(Rung(step, _day_of(step, last_valid_day, calendar)) for step in STEPS)


def _day_of(step: int, last_valid_day: date, calendar: Calendar) -> date:
    day = last_valid_day - timedelta(days=step)
    if step > 0:
        return calendar.working_day_on_or_before(day)
    # A step after the deadline brought forward could fall before the deadline it speaks of.
    return day if step == 0 else calendar.working_day_on_or_after(day)


def is_speaking_hour(now: datetime, *, calendar: Calendar) -> bool:
    """Working hours, whatever the day."""
    return QUIET_UNTIL <= now.astimezone(calendar.zone).time() < QUIET_FROM


def may_speak(now: datetime, *, last_valid_days: set[date], calendar: Calendar) -> bool:
    """Whether reminders may go out: in working hours of working days, and of a last valid day."""
    today = calendar.day_of(now)
    return is_speaking_hour(now, calendar=calendar) and (calendar.is_working(today) or today in last_valid_days)


def due_steps(last_valid_day: date, *, since: date, today: date, calendar: Calendar) -> tuple[int, ...]:
    """Steps that have come by today, but not before the day since which there was anything to remind."""
    return tuple(rung.step for rung in ladder(last_valid_day, calendar=calendar) if since <= rung.day <= today)


def next_rung_after(now: datetime, *, last_valid_days: set[date], calendar: Calendar) -> datetime | None:
    """The next instant at which some ladder has a step."""
    hours = (calendar.at(rung.day, QUIET_UNTIL) for day in last_valid_days for rung in ladder(day, calendar=calendar))
    return min((hour for hour in hours if hour > now), default=None)
