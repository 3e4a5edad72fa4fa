"""Returns to a unit: the returned items, the day to correct them by, and the hour of notices of acceptance."""

from collections.abc import Set
from datetime import date, datetime, time, timedelta

from domain.calendar import ONE_DAY, Calendar
from domain.duties.reminders import may_send

WHOLE = "*"
"""Key of an item that stands for everything; other keys are codes of indicators or papers."""

TELL_AT = time(16, 30)
"""Hour at which a unit is told what was accepted that day."""
UNDO_BATCH_WITHIN = timedelta(minutes=10)
"""Time in which a batch of acceptances can be undone together."""
MENDING_DAYS = 3
"""Working days to correct a return without losing the punctuality of the first hand-in."""


def correct_by(returned_on: date, *, last_valid_day: date | None, calendar: Calendar) -> date:
    """Return the last day on which a correction keeps the first hand-in's punctuality; at least `last_valid_day`."""
    day = calendar.working_days_after(returned_on, count=MENDING_DAYS)
    return max(day, last_valid_day or day)


def acceptance_notice_hour(accepted_at: datetime, *, calendar: Calendar) -> datetime:
    """Return the instant at which a unit is told what was accepted: an afternoon after the time to undo it is over."""
    earliest = accepted_at + UNDO_BATCH_WITHIN
    hour = calendar.at(calendar.day_of(earliest), TELL_AT)
    while hour < earliest or not may_send(hour, last_valid_day=None, calendar=calendar):
        hour = calendar.at(calendar.day_of(hour) + ONE_DAY, TELL_AT)
    return hour


def is_unlocked(key: str, *, returned: Set[str]) -> bool:
    """Whether an item may be changed while the items `returned` are returned."""
    return WHOLE in returned or key in returned
