"""The ladder of reminders: how many days before and after the last valid day, and on which days and hours."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from domain.calendar import ONE_DAY, Calendar
from domain.errors import Refusal

Steps = tuple[int, ...]
"""Days before the last valid day, falling; negative ones come after it."""

STEPS: Steps = (30, 15, 7, 3, 1, 0, -1, -3, -7)
"""Of a plan that names none."""
RECALLS, RECALL_EVERY = 4, 3
"""What was returned and is not corrected is reminded of so often after the last step, each so many working days."""
WEEKLY_RECALLS = 12
"""Then so often once a week; after that only people can help."""
FARTHEST = 90
"""No plan reminds longer before or after its last valid day."""

QUIET_UNTIL = time(7, 30)
QUIET_FROM = time(17, 30)

AGAIN_AT = (time(10), time(14), time(16))
"""Hours of today at which one can be reminded again; of later days it is the morning."""
AGAIN_MORNINGS = 4
HALF_A_DAY = timedelta(hours=4)

LONGEST_HOLIDAYS = timedelta(days=15)
"""No holidays bring a step forward by more than this."""
LOOK_BACK = timedelta(days=366)
"""What was missed in an outage is said afterwards, but not of duties of another age."""

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class ReminderSlot:
    """One step of a ladder and the hour from which it may be said."""

    step: int
    at: datetime


@lru_cache(maxsize=128)
def reminder_slots(last_valid_day: date, *, steps: Steps, calendar: Calendar) -> tuple[ReminderSlot, ...]:
    """The hour of each step: a free day gives way to the working day before, after the deadline to the one after.

    The last valid day itself is always reminded, worked or not. Thousands of units share a few ladders: they are kept.
    """
    return tuple(
        ReminderSlot(step, calendar.at(_day_of(step, last_valid_day, calendar), QUIET_UNTIL)) for step in steps
    )


def _day_of(step: int, last_valid_day: date, calendar: Calendar) -> date:
    day = last_valid_day - timedelta(days=step)
    if step > 0:
        return _last_speaking_day(day, calendar)
    # A step after the deadline brought forward could fall before the deadline it speaks of.
    return day if step == 0 else _next_speaking_day(day, calendar)


def recall_days(last_valid_day: date | None, *, correct_by: date, steps: Steps, calendar: Calendar) -> tuple[date, ...]:
    """Days on which what was returned is reminded of once its ladder and the day to correct it by are past."""
    day = correct_by
    if last_valid_day is not None:
        day = max(day, *(_day_of(step, last_valid_day, calendar) for step in steps))
    days = []
    for _ in range(RECALLS):
        for _ in range(RECALL_EVERY):
            day = _next_speaking_day(day + ONE_DAY, calendar)
        days.append(day)
    weeks = range(1, WEEKLY_RECALLS + 1)
    days.extend(_next_speaking_day(day + timedelta(days=7 * week), calendar) for week in weeks)
    return tuple(dict.fromkeys(days))


def _is_speaking_day(day: date, calendar: Calendar) -> bool:
    # A Saturday worked for a day off is a working day, but nobody is reminded on it.
    return day.weekday() < _SATURDAY and calendar.is_working(day)


def _last_speaking_day(day: date, calendar: Calendar) -> date:
    while not _is_speaking_day(day, calendar):
        day -= ONE_DAY
    return day


def _next_speaking_day(day: date, calendar: Calendar) -> date:
    while not _is_speaking_day(day, calendar):
        day += ONE_DAY
    return day


def due_steps(
    last_valid_day: date, *, steps: Steps, since: datetime, now: datetime, calendar: Calendar
) -> tuple[int, ...]:
    """Steps that have come by now, but not before there was anybody to remind of anything."""
    slots = reminder_slots(last_valid_day, steps=steps, calendar=calendar)
    return tuple(slot.step for slot in slots if since < slot.at <= now)


def may_speak(now: datetime, *, last_valid_day: date | None, calendar: Calendar) -> bool:
    """Whether this duty may be spoken of now: in working hours of working days, and of its last valid day."""
    days = () if last_valid_day is None else (last_valid_day,)
    return next_speaking_hour(now, last_valid_days=days, calendar=calendar) == now


def speakable(now: datetime, *, first_step: int, calendar: Calendar) -> tuple[date, date] | None:
    """From which last valid day to which duties may be spoken of now; None while nobody is spoken to.

    No step of a duty due later has come yet: `first_step` is the earliest of all ladders.
    """
    today = calendar.day_of(now)
    if may_speak(now, last_valid_day=None, calendar=calendar):
        return today - LOOK_BACK, today + timedelta(days=first_step) + LONGEST_HOLIDAYS
    return (today, today) if may_speak(now, last_valid_day=today, calendar=calendar) else None


def next_speaking_hour(now: datetime, *, last_valid_days: Collection[date] = (), calendar: Calendar) -> datetime:
    """The next instant at which duties with these last valid days may be spoken of; now, if it is one."""
    day = calendar.day_of(now)
    if now >= calendar.at(day, QUIET_FROM):
        day += ONE_DAY
    while not (_is_speaking_day(day, calendar) or day in last_valid_days):
        day += ONE_DAY
    return max(now, calendar.at(day, QUIET_UNTIL))


def weekly_hour(day: date, *, calendar: Calendar) -> datetime:
    """When this day's week is summed up: on its first working day; a week wholly off is left to the next one."""
    return calendar.at(_next_speaking_day(day - timedelta(days=day.weekday()), calendar), QUIET_UNTIL)


def next_weekly_hour(now: datetime, *, calendar: Calendar) -> datetime:
    today = calendar.day_of(now)
    hour = weekly_hour(today, calendar=calendar)
    return hour if hour > now else weekly_hour(today + timedelta(days=7), calendar=calendar)


def next_slot_after(now: datetime, *, schedules: Collection[tuple[date, Steps]], calendar: Calendar) -> datetime | None:
    """The next instant at which one of these last valid days has a step."""
    hours = (slot.at for day, steps in schedules for slot in reminder_slots(day, steps=steps, calendar=calendar))
    return min((hour for hour in hours if hour > now), default=None)


def hours_to_choose(now: datetime, *, last_valid_day: date | None, calendar: Calendar) -> tuple[datetime, ...]:
    """When one can have oneself reminded again: later today, or on one of the next mornings.

    Nobody sleeps through a deadline ahead by a press: of the mornings after it only the very next one is offered.
    """
    today = calendar.day_of(now)
    hours = [calendar.at(today, hour) for hour in AGAIN_AT]
    later_today = [hour for hour in hours if hour > now and may_speak(hour, last_valid_day=None, calendar=calendar)]
    mornings = [_next_speaking_day(today + ONE_DAY, calendar)]
    while len(mornings) < AGAIN_MORNINGS:
        mornings.append(_next_speaking_day(mornings[-1] + ONE_DAY, calendar))
    is_ahead = last_valid_day is not None and last_valid_day >= today
    offered = [day for day in mornings[1:] if not is_ahead or (last_valid_day and day <= last_valid_day)]
    return (*later_today, *(calendar.at(day, QUIET_UNTIL) for day in (mornings[0], *offered)))


def refuse_hour(hour: datetime, *, now: datetime, last_valid_day: date | None, calendar: Calendar) -> None:
    """Raises Refusal, with what would be right, for an hour at which one cannot be reminded again."""
    example = "Anh/chị gõ giờ khác, ví dụ: 15h hoặc 8 giờ sáng mai."
    if hour <= now:
        raise Refusal("hour-past", f"Giờ ấy đã qua. {example}")
    if not may_speak(hour, last_valid_day=None, calendar=calendar):
        raise Refusal(
            "hour-quiet", f"Bot chỉ nhắc từ {QUIET_UNTIL:%H:%M} đến {QUIET_FROM:%H:%M} các ngày làm việc. {example}"
        )
    days = {calendar.day_of(other) for other in hours_to_choose(now, last_valid_day=last_valid_day, calendar=calendar)}
    if calendar.day_of(hour) not in {calendar.day_of(now), *days}:
        raise Refusal(
            "hour-too-late", f"Bot nhắc lại muộn nhất ngày {max(days):%d/%m}, để việc không bị quên. {example}"
        )


def usual_hour(hours: Collection[datetime], *, now: datetime) -> datetime:
    """Which of these stands on the reminder itself: the first one half a day ahead."""
    return next((hour for hour in hours if hour >= now + HALF_A_DAY), max(hours))
