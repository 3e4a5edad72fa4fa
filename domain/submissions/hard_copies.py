"""How long a unit is left alone while nobody answers whether its paper has come."""

from datetime import datetime

from domain.calendar import Calendar
from domain.duties.reminders import QUIET_UNTIL

PATIENCE = 5
"""Working days that the standing body has to look."""


def lapses_at(said_at: datetime, *, calendar: Calendar) -> datetime:
    """The morning after those days: from then on the unit is reminded again."""
    return calendar.at(calendar.working_days_after(calendar.day_of(said_at), count=PATIENCE + 1), QUIET_UNTIL)
