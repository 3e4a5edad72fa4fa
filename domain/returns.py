"""What comes back to a unit: which items, why, and how long it has to mend them."""

from collections.abc import Set
from datetime import date, timedelta

from domain.calendar import Calendar

WHOLE = "*"
"""The key of everything at once; other items go by the code of their indicator or paper."""

MENDING_DAYS = 3
"""Working days in which what was handed in on time can be mended and stays on time."""


def mend_by(returned_on: date, *, last_valid_day: date | None, calendar: Calendar) -> date:
    """The last day on which mending keeps the punctuality of the first hand-in; never before the duty's own day."""
    day = returned_on
    for _ in range(MENDING_DAYS):
        day = calendar.working_day_on_or_after(day + timedelta(days=1))
    return max(day, last_valid_day or day)


def is_unlocked(key: str, *, returned: Set[str]) -> bool:
    """Whether this item may be changed while these are returned."""
    return WHOLE in returned or key in returned
