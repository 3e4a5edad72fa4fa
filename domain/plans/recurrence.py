"""How often a rule falls due, and on which days of a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.plans.periods import DayOfYear


class Recurrence(StrEnum):
    ONCE = "ONCE"
    YEARLY = "YEARLY"
    QUARTERLY = "QUARTERLY"
    """«hằng quý»: the plan gives the days of one quarter; the other three have the same."""
    MONTHLY = "MONTHLY"
    """«hằng tháng»: the plan gives the days of one month; the others, or those that it lists, have the same."""
    PHASE = "PHASE"
    """«giai đoạn 2021-2025»: once in each phase, from its first year to its last."""
    EVENT = "EVENT"
    """«trước ngày trao thưởng 7 ngày»: once for each day that the standing body sets for the event."""


SEVERAL_A_YEAR = (Recurrence.QUARTERLY, Recurrence.MONTHLY, Recurrence.EVENT)
"""Recurrences whose duties are told apart by their turn."""
ALL_MONTHS = tuple(range(1, 13))


@dataclass(frozen=True, slots=True)
class Phase:
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One time at which a rule falls due."""

    number: int
    """Quarter (1 to 4) or month (1 to 12) of a rule that falls due so often; 0 for others."""
    opens: date
    due: date
    """The day that the plan names; for «trước ngày» it is too late itself."""


@dataclass(frozen=True, slots=True)
class DaysOfRule:
    """The days of a rule as its plan writes them."""

    recurrence: Recurrence
    opens: DayOfYear
    due: DayOfYear
    year: int | None = None
    """The only year of a rule that does not recur."""
    months: tuple[int, ...] = ()
    """Months of a MONTHLY rule; empty means all."""
    phases: tuple[Phase, ...] = ()

    def turns_in(self, year: int) -> Iterator[Turn]:
        """Yield each time that the rule falls due in the year, in the order of the turns' numbers."""
        match self.recurrence:
            case Recurrence.PHASE:
                for phase in (phase for phase in self.phases if phase.last_year == year):
                    yield Turn(0, self.opens.in_year(phase.first_year), self.due.in_year(year))
            case Recurrence.QUARTERLY:
                for quarters in range(4):
                    due = self.due.quarters_later(quarters).in_year(year)
                    quarter = (due.month - 1) // 3 + 1
                    yield Turn(quarter, opening(self.opens.quarters_later(quarters), before=due), due)
            case Recurrence.MONTHLY:
                for month in self.months or ALL_MONTHS:
                    later = month - self.due.month
                    due = self.due.months_later(later).in_year(year)
                    yield Turn(month, opening(self.opens.months_later(later), before=due), due)
            case Recurrence.YEARLY | Recurrence.ONCE:
                if self.recurrence is Recurrence.YEARLY or self.year == year:
                    due = self.due.in_year(year)
                    yield Turn(0, opening(self.opens, before=due), due)
            case Recurrence.EVENT:
                return


def opening(opens: DayOfYear, *, before: date) -> date:
    """Return the latest `opens` day that is not after `before`."""
    day = opens.in_year(before.year)
    return day if day <= before else opens.in_year(before.year - 1)
