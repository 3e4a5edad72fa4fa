"""Standing of a duty: owed, drafted, returned, handed in or accepted; in time or late."""

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

# A returned submission makes the duty owed again, whatever else was handed in; further drafts change nothing.
STRONGEST_FIRST = (
    (State.RETURNED, Standing.RETURNED),
    (State.ACCEPTED, Standing.ACCEPTED),
    (State.CORRECTING, Standing.ACCEPTED),
    (State.CHECKED, Standing.HANDED_IN),
    (State.SUBMITTED, Standing.HANDED_IN),
    (State.DRAFT, Standing.DRAFTED),
)


def standing_of(states: list[State]) -> Standing:
    """Return the standing of a duty that has submissions in these states."""
    return next((standing for state, standing in STRONGEST_FIRST if state in states), Standing.OWED)


LINGERS = timedelta(days=90)
"""How long a duty of a past year is still shown: one of December that is not handed in is shown in January too."""


def is_current(year: int, last_valid_day: date | None, *, today: date) -> bool:
    """Whether a duty that falls due in `year` is shown today.

    Duties of this and later years always are, those of past years for 90 days after their last valid day.
    """
    return year >= today.year or (last_valid_day is not None and last_valid_day + LINGERS >= today)


def days_left(last_valid_day: date | None, *, today: date) -> int | None:
    """Return the days left: 0 on the last valid day, negative after it, or None if the duty has no date."""
    return None if last_valid_day is None else (last_valid_day - today).days
