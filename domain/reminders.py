"""The ladder of reminders: how many days before and after the last valid day, and on which days and hours."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from domain.calendar import Calendar

STEPS = (30, 15, 7, 3, 1, 0, -1, -3, -7)
"""Days before the last valid day; negative ones come after it."""

QUIET_UNTIL = time(7, 30)
QUIET_FROM = time(17, 30)

LOOK_AHEAD = timedelta(days=STEPS[0] + 15)
"""No step of a duty due later has come yet: the longest holidays bring a step forward by less than this."""
LOOK_BACK = timedelta(days=366)
"""What was missed in an outage is said afterwards, but not of duties of another age."""

_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder and the hour from which it may be said."""

    step: int
    at: datetime


@lru_cache(maxsize=128)
def ladder(last_valid_day: date, *, calendar: Calendar) -> tuple[Rung, ...]:
    """The hour of each step: a free day gives way to the working day before, after the deadline to the one after.

    The last valid day itself is always reminded, worked or not. Thousands of units share a few ladders: they are kept.
    """
    return tuple(Rung(step, calendar.at(_day_of(step, last_valid_day, calendar), QUIET_UNTIL)) for step in STEPS)


def _day_of(step: int, last_valid_day: date, calendar: Calendar) -> date:
    day = last_valid_day - timedelta(days=step)
    if step > 0:
        return _last_speaking_day(day, calendar)
    # A step after the deadline brought forward could fall before the deadline it speaks of.
    return day if step == 0 else _next_speaking_day(day, calendar)


def _is_speaking_day(day: date, calendar: Calendar) -> bool:
    # A Saturday worked for a day off is a working day, but nobody is reminded on it.
    return day.weekday() < _SATURDAY and calendar.is_working(day)


def _last_speaking_day(day: date, calendar: Calendar) -> date:
    while not _is_speaking_day(day, calendar):
        day -= _DAY
    return day


def _next_speaking_day(day: date, calendar: Calendar) -> date:
    while not _is_speaking_day(day, calendar):
        day += _DAY
    return day


def due_steps(last_valid_day: date, *, since: datetime, now: datetime, calendar: Calendar) -> tuple[int, ...]:
    """Steps that have come by now, but not before there was anybody to remind of anything."""
    return tuple(rung.step for rung in ladder(last_valid_day, calendar=calendar) if since < rung.at <= now)


def may_speak(now: datetime, *, last_valid_day: date | None, calendar: Calendar) -> bool:
    """Whether this duty may be spoken of now: in working hours of working days, and of its last valid day."""
    days = () if last_valid_day is None else (last_valid_day,)
    return next_speaking_hour(now, last_valid_days=days, calendar=calendar) == now


def speakable(now: datetime, *, calendar: Calendar) -> tuple[date, date] | None:
    """From which last valid day to which duties may be spoken of now; None while nobody is spoken to."""
    today = calendar.day_of(now)
    if may_speak(now, last_valid_day=None, calendar=calendar):
        return today - LOOK_BACK, today + LOOK_AHEAD
    return (today, today) if may_speak(now, last_valid_day=today, calendar=calendar) else None


def next_speaking_hour(now: datetime, *, last_valid_days: Collection[date] = (), calendar: Calendar) -> datetime:
    """The next instant at which duties with these last valid days may be spoken of; now, if it is one."""
    day = calendar.day_of(now)
    if now >= calendar.at(day, QUIET_FROM):
        day += _DAY
    while not (_is_speaking_day(day, calendar) or day in last_valid_days):
        day += _DAY
    return max(now, calendar.at(day, QUIET_UNTIL))


def weekly_hour(day: date, *, calendar: Calendar) -> datetime:
    """When this day's week is summed up: on its first working day; a week wholly off is left to the next one."""
    return calendar.at(_next_speaking_day(day - timedelta(days=day.weekday()), calendar), QUIET_UNTIL)


def next_weekly_hour(now: datetime, *, calendar: Calendar) -> datetime:
    today = calendar.day_of(now)
    hour = weekly_hour(today, calendar=calendar)
    return hour if hour > now else weekly_hour(today + timedelta(days=7), calendar=calendar)


def next_rung_after(now: datetime, *, last_valid_days: Collection[date], calendar: Calendar) -> datetime | None:
    """The next instant at which some ladder has a step."""
    hours = (rung.at for day in last_valid_days for rung in ladder(day, calendar=calendar))
    return min((hour for hour in hours if hour > now), default=None)
