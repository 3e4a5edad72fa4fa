"""What comes back to a unit: which items, why, and how long it has to mend them."""

from collections.abc import Set
from datetime import date, datetime, time, timedelta

from domain.calendar import ONE_DAY, Calendar
from domain.duties.reminders import may_speak

WHOLE = "*"
"""The key of everything at once; other items go by the code of their indicator or paper."""

TELL_AT = time(16, 30)
"""The hour at which a unit is told what was accepted that day."""
UNDO_BATCH_WITHIN = timedelta(minutes=10)
"""How long what was accepted at once can be undone at once."""
MENDING_DAYS = 3
"""Working days in which what was handed in on time can be mended and stays on time."""


def correct_by(returned_on: date, *, last_valid_day: date | None, calendar: Calendar) -> date:
    """The last day on which mending keeps the punctuality of the first hand-in; never before the duty's own day."""
    day = calendar.working_days_after(returned_on, count=MENDING_DAYS)
    return max(day, last_valid_day or day)


def telling_hour(accepted_at: datetime, *, calendar: Calendar) -> datetime:
    """When a unit is told what was accepted: in the afternoon, and never before the acceptance can be undone."""
    earliest = accepted_at + UNDO_BATCH_WITHIN
    hour = calendar.at(calendar.day_of(earliest), TELL_AT)
    while hour < earliest or not may_speak(hour, last_valid_day=None, calendar=calendar):
        hour = calendar.at(calendar.day_of(hour) + ONE_DAY, TELL_AT)
    return hour


def is_unlocked(key: str, *, returned: Set[str]) -> bool:
    """Whether this item may be changed while these are returned."""
    return WHOLE in returned or key in returned
