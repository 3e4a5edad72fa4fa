"""When a duty is due: the plan's own words turned into days, year by year."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.units import UnitKind


class DutyKind(StrEnum):
    PLEDGE = "PLEDGE"
    PLAN = "PLAN"
    REPORT = "REPORT"
    DOSSIER = "DOSSIER"
    TASK = "TASK"


class Boundary(StrEnum):
    EXCLUSIVE = "EXCLUSIVE"
    """«trước ngày 15/5»: the last valid day is 14/5."""
    INCLUSIVE = "INCLUSIVE"
    """«đến hết ngày 31/12»: the day itself is valid."""
    WINDOW = "WINDOW"
    """«trong tháng 01»: from the first day to the last, both valid."""
    NONE = "NONE"
    """«kịp thời», «từ đầu năm»: no date; never overdue by itself."""


class Recurrence(StrEnum):
    ONCE = "ONCE"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day without its year; 29/2 means the last day of February in a common year."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One time rule of a plan, with the words and the line it comes from."""

    code: str
    kind: DutyKind
    title: str
    applies_to: tuple[UnitKind, ...]
    wording: str
    boundary: Boundary
    recurrence: Recurrence
    opens: DayOfYear
    due: DayOfYear | None
    source: str
    year: int | None = None
    """The only year of a rule that does not recur."""
    via: str | None = None

    def falls_in(self, year: int) -> bool:
        return self.due is not None and (self.recurrence is Recurrence.YEARLY or self.year == year)

    def opens_in(self, year: int) -> date:
        """The day from which it can be done; for a deadline in January that may be in the year before."""
        opens, due = self.opens.in_year(year), self.due and self.due.in_year(year)
        return self.opens.in_year(year - 1) if due and opens > due else opens

    def last_valid_day(self, year: int) -> date | None:
        """The last day through 23:59:59 of which the duty is in time; «trước ngày 15/5» gives 14 May (PLANS.md D01)."""
        if self.due is None:
            return None
        day = self.due.in_year(year)
        return day - timedelta(days=1) if self.boundary is Boundary.EXCLUSIVE else day
