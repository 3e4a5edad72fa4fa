"""Days relative to an event whose own day the standing body sets: «trước ngày trao thưởng ít nhất 07 ngày»."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import ONE_DAY, Calendar


class DayCount(StrEnum):
    CALENDAR = "CALENDAR"
    WORKING = "WORKING"
    """«ngày làm việc»: weekends and public holidays are not counted."""


class Side(StrEnum):
    BEFORE = "BEFORE"
    AFTER = "AFTER"


@dataclass(frozen=True, slots=True)
class Event:
    """An event, and the distance of a rule's day from it."""

    name: str
    """As people say it: «ngày trao thưởng»; rules with the same name share its days."""
    side: Side
    days: int
    counts: DayCount = DayCount.CALENDAR

    def day_from(self, day: date, *, calendar: Calendar) -> date:
        """Return the day that lies so many days from the event; the event's own day is not counted.

        A working day itself is counted from: ten working days after Friday end on a Friday (Bộ luật Dân sự, Điều 147).
        """
        step = -ONE_DAY if self.side is Side.BEFORE else ONE_DAY
        if self.counts is DayCount.CALENDAR:
            return day + timedelta(days=self.days) * step.days
        for _ in range(self.days):
            day += step
            while not calendar.is_working(day):
                day += step
        return day


@dataclass(frozen=True, slots=True)
class EventDate:
    """A day of an event that the standing body set, for all rules that go by the event."""

    name: str
    """Name of the event."""
    year: int
    """Year of its first day: it stays when the day moves, so that its duties stay the same."""
    turn: int
    """Number (from 1) of the event in its year."""
    set_on: date
    day: date | None
    """None if the event was called off."""
    last_days: Mapping[str, date]
    """{code of the rule: last valid day}, counted when the day was set or the plan was loaded."""


@dataclass(frozen=True, slots=True)
class EventDay:
    """A day of an event as one rule sees it."""

    year: int
    turn: int
    """As in `EventDate`."""
    opens: date
    """Day on which the event's day was first set."""
    day: date
    last_valid_day: date
