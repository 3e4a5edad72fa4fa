"""Days of a plan's events as a stored plan keeps them: a list of JSON objects."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from domain.plans.events import EventDate
from models.plans.plans import StoredPlan


def event_dates(stored: StoredPlan) -> tuple[EventDate, ...]:
    return tuple(_date(row) for row in stored.events or ())


def event_rows(dates: Iterable[EventDate]) -> list[dict[str, Any]] | None:
    """Return the rows to store, or None if there are no dates."""
    return [_row(one) for one in dates] or None


def _date(row: dict[str, Any]) -> EventDate:
    return EventDate(
        name=row["name"],
        year=row["year"],
        turn=row["turn"],
        set_on=date.fromisoformat(row["set_on"]),
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        last_days={code: date.fromisoformat(day) for code, day in row["last_days"].items()},
    )


def _row(one: EventDate) -> dict[str, Any]:
    return {
        "name": one.name,
        "year": one.year,
        "turn": one.turn,
        "set_on": one.set_on.isoformat(),
        "day": one.day.isoformat() if one.day else None,
        "last_days": {code: day.isoformat() for code, day in one.last_days.items()},
    }
