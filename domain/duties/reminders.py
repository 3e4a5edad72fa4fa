"""Reminder schedule of a duty: the steps before and after the last valid day, and the hours at which they are sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from domain.calendar import ONE_DAY, Calendar
from domain.errors import Refusal

Steps = tuple[int, ...]
"""Days before the last valid day, descending; negative ones come after it."""

STEPS: Steps = (30, 15, 7, 3, 1, 0, -1, -3, -7)
"""Steps of a plan that names none."""
RECALLS, RECALL_EVERY = 4, 3
"""Number of reminders of an uncorrected return after the last step, and the working days from one to the next."""
WEEKLY_RECALLS = 12
"""Number of weekly reminders after those; then the bot stops."""
FARTHEST_STEP = 90
"""Most days before or after the last valid day at which a plan may remind."""

QUIET_UNTIL = time(7, 30)
QUIET_FROM = time(17, 30)

AGAIN_AT = (time(10), time(14), time(16))
"""Hours of today that are offered for a snooze; on later days only the morning is."""
AGAIN_MORNINGS = 4
HALF_A_DAY = timedelta(hours=4)

LONGEST_HOLIDAYS = timedelta(days=15)
"""Longest run of days off: a step moves forward by at most this much."""
LOOK_BACK = timedelta(days=366)
"""Steps missed in an outage are sent later, but only for duties whose last valid day is not longer ago."""

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class ReminderSlot:
    """One reminder step and the instant from which it may be sent."""

    step: int
    at: datetime


@lru_cache(maxsize=128)
def reminder_slots(last_valid_day: date, *, steps: Steps, calendar: Calendar) -> tuple[ReminderSlot, ...]:
    """Return the instant of each step.

    A step on a day off moves to the working day before it; one after the deadline, to the next. The last valid day is
    always reminded. The result is cached, because thousands of units share a few schedules.
    """
    return tuple(
        ReminderSlot(step, calendar.at(_day_of(step, last_valid_day, calendar), QUIET_UNTIL)) for step in steps
    )


def _day_of(step: int, last_valid_day: date, calendar: Calendar) -> date:
    day = last_valid_day - timedelta(days=step)
    if step > 0:
        return _last_sending_day(day, calendar)
    # A step after the deadline must not move forward, or it could fall before the deadline.
    return day if step == 0 else _next_sending_day(day, calendar)


def recall_days(last_valid_day: date | None, *, correct_by: date, steps: Steps, calendar: Calendar) -> tuple[date, ...]:
    """Return the days on which an uncorrected return is reminded of, after the last step and after `correct_by`."""
    day = correct_by
    if last_valid_day is not None:
        day = max(day, *(_day_of(step, last_valid_day, calendar) for step in steps))
    days = []
    for _ in range(RECALLS):
        for _ in range(RECALL_EVERY):
            day = _next_sending_day(day + ONE_DAY, calendar)
        days.append(day)
    weeks = range(1, WEEKLY_RECALLS + 1)
    days.extend(_next_sending_day(day + timedelta(days=7 * week), calendar) for week in weeks)
    return tuple(dict.fromkeys(days))


def _is_sending_day(day: date, calendar: Calendar) -> bool:
    # A Saturday that is worked instead of a day off is a working day, but nobody is reminded on it.
    return day.weekday() < _SATURDAY and calendar.is_working(day)


def _last_sending_day(day: date, calendar: Calendar) -> date:
    while not _is_sending_day(day, calendar):
        day -= ONE_DAY
    return day


def _next_sending_day(day: date, calendar: Calendar) -> date:
    while not _is_sending_day(day, calendar):
        day += ONE_DAY
    return day


@lru_cache(maxsize=512)
def due_steps(
    last_valid_day: date, *, steps: Steps, since: datetime, now: datetime, calendar: Calendar
) -> tuple[int, ...]:
    """Return the steps whose instant lies after `since` and is reached by `now`."""
    slots = reminder_slots(last_valid_day, steps=steps, calendar=calendar)
    return tuple(slot.step for slot in slots if since < slot.at <= now)


def may_send(now: datetime, *, last_valid_day: date | None, calendar: Calendar) -> bool:
    """Whether a message about this duty may be sent now: in working hours, on a working day or the last valid day."""
    days = () if last_valid_day is None else (last_valid_day,)
    return next_sending_hour(now, last_valid_days=days, calendar=calendar) == now


def remindable_due_days(now: datetime, *, first_step: int, calendar: Calendar) -> tuple[date, date] | None:
    """Return the first and last due day of the duties that may be reminded of now, or None if none may.

    `first_step` is the largest step of all schedules (days): a duty that is due later has no step yet.
    """
    today = calendar.day_of(now)
    if may_send(now, last_valid_day=None, calendar=calendar):
        return today - LOOK_BACK, today + timedelta(days=first_step) + LONGEST_HOLIDAYS
    return (today, today) if may_send(now, last_valid_day=today, calendar=calendar) else None


def next_sending_hour(now: datetime, *, last_valid_days: Collection[date] = (), calendar: Calendar) -> datetime:
    """Return the next instant, from `now` on, at which messages about duties with these last valid days may be sent."""
    day = calendar.day_of(now)
    if now >= calendar.at(day, QUIET_FROM):
        day += ONE_DAY
    while not (_is_sending_day(day, calendar) or day in last_valid_days):
        day += ONE_DAY
    return max(now, calendar.at(day, QUIET_UNTIL))


def weekly_hour(day: date, *, calendar: Calendar) -> datetime:
    """Return the instant of the weekly summary: the morning of the week's first working day.

    If no day of the week is worked, it is the next working day.
    """
    return calendar.at(_next_sending_day(day - timedelta(days=day.weekday()), calendar), QUIET_UNTIL)


def next_weekly_hour(now: datetime, *, calendar: Calendar) -> datetime:
    today = calendar.day_of(now)
    hour = weekly_hour(today, calendar=calendar)
    return hour if hour > now else weekly_hour(today + timedelta(days=7), calendar=calendar)


def next_slot_after(now: datetime, *, schedules: Collection[tuple[date, Steps]], calendar: Calendar) -> datetime | None:
    """Return the next instant at which one of the schedules has a step, or None if there is none.

    `schedules` are pairs of last valid day and steps.
    """
    hours = (slot.at for day, steps in schedules for slot in reminder_slots(day, steps=steps, calendar=calendar))
    return min((hour for hour in hours if hour > now), default=None)


def hours_to_choose(now: datetime, *, last_valid_day: date | None, calendar: Calendar) -> tuple[datetime, ...]:
    """Return the instants that are offered for a snooze: later today, then the next mornings.

    Mornings after a last valid day that is still ahead are left out, except the very next one, so that one press
    cannot skip the deadline.
    """
    today = calendar.day_of(now)
    hours = [calendar.at(today, hour) for hour in AGAIN_AT]
    later_today = [hour for hour in hours if hour > now and may_send(hour, last_valid_day=None, calendar=calendar)]
    mornings = [_next_sending_day(today + ONE_DAY, calendar)]
    while len(mornings) < AGAIN_MORNINGS:
        mornings.append(_next_sending_day(mornings[-1] + ONE_DAY, calendar))
    is_ahead = last_valid_day is not None and last_valid_day >= today
    offered = [day for day in mornings[1:] if not is_ahead or (last_valid_day and day <= last_valid_day)]
    return (*later_today, *(calendar.at(day, QUIET_UNTIL) for day in (mornings[0], *offered)))


def refuse_hour(hour: datetime, *, now: datetime, last_valid_day: date | None, calendar: Calendar) -> None:
    """Raise Refusal if the hour cannot be chosen for a snooze: past, outside sending hours, or too late."""
    example = "Anh/chị gõ giờ khác, ví dụ: 15h hoặc 8 giờ sáng mai."
    if hour <= now:
        raise Refusal("hour-past", f"Giờ ấy đã qua. {example}")
    if not may_send(hour, last_valid_day=None, calendar=calendar):
        raise Refusal(
            "hour-quiet", f"Bot chỉ nhắc từ {QUIET_UNTIL:%H:%M} đến {QUIET_FROM:%H:%M} các ngày làm việc. {example}"
        )
    days = {calendar.day_of(other) for other in hours_to_choose(now, last_valid_day=last_valid_day, calendar=calendar)}
    if calendar.day_of(hour) not in {calendar.day_of(now), *days}:
        raise Refusal(
            "hour-too-late", f"Bot nhắc lại muộn nhất ngày {max(days):%d/%m}, để việc không bị quên. {example}"
        )


def usual_hour(hours: Collection[datetime], *, now: datetime) -> datetime:
    """Return the hour on the snooze button of the reminder: the first at least half a day ahead, else the last."""
    return next((hour for hour in hours if hour >= now + HALF_A_DAY), max(hours))
