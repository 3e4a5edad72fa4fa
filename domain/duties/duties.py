"""How a duty stands: still owed, half filled, handed in, in time or late."""

from datetime import date, timedelta
from enum import StrEnum

from domain.submissions.submissions import State


class Standing(StrEnum):
    OWED = "OWED"
    DRAFTED = "DRAFTED"
    RETURNED = "RETURNED"
    HANDED_IN = "HANDED_IN"
    ACCEPTED = "ACCEPTED"


OWING = frozenset({Standing.OWED, Standing.DRAFTED, Standing.RETURNED})

# What has to be mended is owed again, whatever else was handed in beside it; further drafts change nothing.
_STRONGEST_FIRST = (
    (State.RETURNED, Standing.RETURNED),
    (State.ACCEPTED, Standing.ACCEPTED),
    (State.CORRECTING, Standing.ACCEPTED),
    (State.CHECKED, Standing.HANDED_IN),
    (State.SUBMITTED, Standing.HANDED_IN),
    (State.DRAFT, Standing.DRAFTED),
)


def standing_of(states: list[State]) -> Standing:
    """How a duty stands that has submissions in these states."""
    return next((standing for state, standing in _STRONGEST_FIRST if state in states), Standing.OWED)


LINGERS = timedelta(days=90)
"""A duty of December that nobody has handed in still stands before people's eyes in January."""


def is_current(year: int, last_valid_day: date | None, *, today: date) -> bool:
    """Whether a duty that falls due in this year is looked at today: one of a year to come is, once it has opened."""
    return year >= today.year or (last_valid_day is not None and last_valid_day + LINGERS >= today)


def is_on_time(day: date, *, last_valid_day: date | None) -> bool:
    """Whether a submission of this day is in time; without a date nothing is late."""
    return last_valid_day is None or day <= last_valid_day


def days_left(last_valid_day: date | None, *, today: date) -> int | None:
    """0 on the last valid day, negative after it."""
    return None if last_valid_day is None else (last_valid_day - today).days
