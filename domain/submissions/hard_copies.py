"""Claims that something was handed in on paper: how long they stop reminders without an answer."""

from datetime import datetime

from domain.calendar import Calendar
from domain.duties.reminders import QUIET_UNTIL

PATIENCE = 5
"""Working days that the standing body has to look for the paper."""


def lapses_at(said_at: datetime, *, calendar: Calendar) -> datetime:
    """Return the instant from which the unit is reminded again: the morning after `PATIENCE` working days."""
    return calendar.at(calendar.working_days_after(calendar.day_of(said_at), count=PATIENCE + 1), QUIET_UNTIL)
