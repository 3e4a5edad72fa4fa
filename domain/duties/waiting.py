"""How long an answer may take before it counts as late."""

from datetime import date

from domain.calendar import Calendar

PATIENCE = 3
"""Working days in which whoever asked can expect an answer; where no law or plan sets a day."""


def is_late(asked_on: date, *, today: date, calendar: Calendar) -> bool:
    """Whether the answer to what was asked on this day is late today; working days count from the day after."""
    return today > calendar.working_days_after(asked_on, count=PATIENCE)
