"""Time that an answer may take before it counts as late."""

from datetime import date

from domain.calendar import Calendar

PATIENCE = 3
"""Working days within which an answer is expected, if no law or plan sets a day."""


def is_late(asked_on: date, *, today: date, calendar: Calendar) -> bool:
    """Whether an answer to a request of this day is late today; working days count from the day after."""
    return today > calendar.working_days_after(asked_on, count=PATIENCE)
