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
    """One step of a ladder and the hour from which it may be said."""

    step: int
    at: datetime


def ladder(last_valid_day: date, *, calendar: Calendar) -> tuple[Rung, ...]:
    """The hour of each step: a free day gives way to the working day before, after the deadline to the one after.

    The last valid day itself is always reminded, worked or not.
    """
    return tuple(Rung(step, calendar.at(_day_of(step, last_valid_day, calendar), QUIET_UNTIL)) for step in STEPS)


def _day_of(step: int, last_valid_day: date, calendar: Calendar) -> date:
    day = last_valid_day - timedelta(days=step)
    if step > 0:
        return calendar.working_day_on_or_before(day)
    # A step after the deadline brought forward could fall before the deadline it speaks of.
    return day if step == 0 else calendar.working_day_on_or_after(day)


def due_steps(last_valid_day: date, *, since: datetime, now: datetime, calendar: Calendar) -> tuple[int, ...]:
    """Steps that have come by now, but not before there was anybody to remind of anything."""
    return tuple(rung.step for rung in ladder(last_valid_day, calendar=calendar) if since < rung.at <= now)


def may_speak(now: datetime, *, last_valid_day: date | None, calendar: Calendar) -> bool:
    """Whether this duty may be spoken of now: in working hours of working days, and of its last valid day."""
    today = calendar.day_of(now)
    hour = now.astimezone(calendar.zone).time()
    return QUIET_UNTIL <= hour < QUIET_FROM and (calendar.is_working(today) or today == last_valid_day)


def next_speaking_hour(now: datetime, *, calendar: Calendar) -> datetime:
    """The next instant of a working day's working hours; now, if it is one."""
    if may_speak(now, last_valid_day=None, calendar=calendar):
        return now
    today = calendar.day_of(now)
    is_over = now >= calendar.at(today, QUIET_UNTIL)
    return calendar.at(calendar.working_day_on_or_after(today + timedelta(days=is_over)), QUIET_UNTIL)


def next_rung_after(now: datetime, *, last_valid_days: set[date], calendar: Calendar) -> datetime | None:
    """The next instant at which some ladder has a step."""
    hours = (rung.at for day in last_valid_days for rung in ladder(day, calendar=calendar))
    return min((hour for hour in hours if hour > now), default=None)
