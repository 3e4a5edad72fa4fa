"""A time as a sentence says it, before it is known whether it is a deadline."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import time
from enum import StrEnum, auto

from domain.plan_texts.grammar.boundaries import Lead
from domain.plan_texts.readings import RelativeDay
from domain.plans.periods import DayOfYear

LEAP_YEAR = 2000


class Core(StrEnum):
    """What kind of time it is."""

    DAY = auto()
    MONTHLY_DAY = auto()
    QUARTERLY_DAY = auto()
    MONTHS = auto()
    """A month, a part of one, or quarters."""
    YEAR = auto()
    PHASE = auto()
    EVENT = auto()
    """A day relative to an event."""


DAYS = (Core.DAY, Core.MONTHLY_DAY, Core.QUARTERLY_DAY)
WINDOWS = (Core.MONTHS, Core.YEAR, Core.PHASE)


@dataclass(frozen=True, slots=True)
class TimeSaid:
    """One time in a sentence; `start` and `end` are places in it."""

    start: int
    end: int
    core: Core
    lead: Lead
    lead_start: int
    due: DayOfYear | None
    """Last day as written; None for a day that is in no calendar, and for one relative to an event."""
    year: int | None = None
    year_shift: int = 0
    opens: DayOfYear | None = None
    months: tuple[int, ...] = ()
    is_of_period_before: bool = False
    """«ngày 05 tháng sau», «tháng đầu quý sau»: the day lies after the month or quarter that it is about."""
    is_yearly: bool = False
    """«hằng năm» follows it."""
    is_whole: bool = False
    """«đến hết ngày», in a range."""
    is_range: bool = False
    is_marked: bool = True
    """False for «15-11» without the word «ngày», which may be numbers, and for a day without its month."""
    is_vague: bool = False
    """«đầu tháng 12»: no day can be named."""
    time_of_day: time | None = None
    first_year: int | None = None
    """First year of a phase."""
    relative: RelativeDay | None = None


def day_of_year(day: int, month: int) -> DayOfYear | None:
    """Return the day, or None if no calendar has it."""
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(LEAP_YEAR, month)[1]:
        return None
    return DayOfYear(month, day)
