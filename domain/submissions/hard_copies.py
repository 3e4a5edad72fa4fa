"""How long a unit is left alone while nobody answers whether its paper has come."""

from datetime import datetime

from domain.calendar import ONE_DAY, Calendar
from domain.duties.reminders import QUIET_UNTIL

PATIENCE = 5
"""Working days that the standing body has to look."""


def lapses_at(said_at: datetime, *, calendar: Calendar) -> datetime:
    """The morning after those days: from then on the unit is reminded again."""
    day = calendar.day_of(said_at)
    for _ in range(PATIENCE + 1):
        day = calendar.working_day_on_or_after(day + ONE_DAY)
    return calendar.at(day, QUIET_UNTIL)
