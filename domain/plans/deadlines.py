"""When a duty is due: the plan's own words turned into days, year by year. No day is ever rolled forward."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from domain.calendar import ONE_DAY
from domain.plans.periods import (
    THE_YEAR,
    USUAL_SCHOOL_CALENDAR,
    DayOfYear,
    OwedPeriod,
    Period,
    SchoolCalendar,
)
from domain.units import UnitKind

NO_DAYS: Mapping[str, date] = MappingProxyType({})


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
    """«trong tháng 01», «trong Quý I»: from the first day to the last, both valid."""
    NONE = "NONE"
    """«kịp thời», «từ đầu năm»: no date; never overdue by itself, but the standing body may set a day."""


class Recurrence(StrEnum):
    ONCE = "ONCE"
    YEARLY = "YEARLY"
    QUARTERLY = "QUARTERLY"
    """«hằng quý»: written for one quarter, and alike in the other three."""
    PHASE = "PHASE"
    """«giai đoạn 2021-2025»: once in each phase, from its first year to its last."""


class Bearer(StrEnum):
    """Who must act."""

    UNIT = "UNIT"
    CLUSTER_HEAD = "CLUSTER_HEAD"
    STANDING_BODY = "STANDING_BODY"
    BODY = "BODY"
    """One body that the rule names: Sở Tài chính, the members of the council."""


@dataclass(frozen=True, slots=True)
class Phase:
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class TaskPart:
    """One of the tasks that a rule gathers under a single date."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a rule comes to in one year; without a last valid day nothing is ever late."""

    opens: date
    last_valid_day: date | None
    period: Period
    """The period owed."""


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
    """The body that gathers what is handed in."""
    rule: str = ""
    """The rule's number in the extraction of the plans: D11a."""
    bearer: Bearer = Bearer.UNIT
    body: str | None = None
    """The name of a bearer of kind BODY."""
    owes: OwedPeriod = THE_YEAR
    phases: tuple[Phase, ...] = ()
    """Of a rule that recurs by phase."""
    has_internal_day: bool = False
    """The date binds the body named in `via`, so the standing body sets an earlier one for units (PLANS.md D03)."""
    parts: tuple[TaskPart, ...] = ()
    is_handed_in: bool = True
    """False for days that are only shown, such as those of a drive (PLANS.md D06)."""
    cluster_head_first: bool = False
    """Cluster heads review what their cluster hands in, before the standing body does."""

    @property
    def recurs(self) -> bool:
        return self.recurrence in (Recurrence.YEARLY, Recurrence.QUARTERLY) or len(self.phases) > 1

    @property
    def is_owed_by_units(self) -> bool:
        """Not what is only shown, nor what the standing body or another body does."""
        return self.is_handed_in and self.bearer in (Bearer.UNIT, Bearer.CLUSTER_HEAD)

    def falls_in(self, year: int) -> bool:
        return self.due is not None and any(True for _ in self._days_in(year))

    def opens_in(self, year: int) -> date:
        """The day from which it can be done; for a deadline in January that may be in the year before."""
        first = next(self._days_in(year), None)
        return first[0] if first else _opening(self.opens, before=self._due_in(year))

    def last_valid_day(self, year: int) -> date | None:
        """The last day through 23:59:59 of which the duty is in time; «trước ngày 15/5» gives 14 May (PLANS.md D01).

        Of a rule that recurs each quarter it is the day of the last quarter.
        """
        if self.due is None:
            return None
        return max((last for _, last in self._days_in(year)), default=self._last(self.due.in_year(year)))

    def deadlines_in(
        self, year: int, *, days_set: Mapping[str, date] = NO_DAYS, school: SchoolCalendar = USUAL_SCHOOL_CALENDAR
    ) -> tuple[Deadline, ...]:
        """Every deadline that the rule has in the year, in their order.

        `days_set` are the days, by rule code, that the standing body set for rules that have no date of their own.
        """
        if self.due is None:
            return self._undated_in(year, days_set.get(self.code), school)
        days = sorted(self._days_in(year), key=lambda pair: pair[1])
        return tuple(Deadline(opens, last, self.owes.of(last, school=school)) for opens, last in days)

    def _undated_in(self, year: int, day_set: date | None, school: SchoolCalendar) -> tuple[Deadline, ...]:
        if day_set is not None and day_set.year == year:
            opens = _opening(self.opens, before=day_set)
            return (Deadline(opens, day_set, self.owes.of(opens, school=school)),)
        # A task that is done once and has got its day elsewhere is owed there only.
        if self.recurrence is Recurrence.ONCE and (day_set is not None or self.year != year):
            return ()
        opens = self.opens.in_year(year)
        return (Deadline(opens, None, self.owes.of(opens, school=school)),)

    def _days_in(self, year: int) -> Iterator[tuple[date, date]]:
        """Day of opening and last valid day of each time that the rule falls due in the year."""
        if self.due is None:
            return
        match self.recurrence:
            case Recurrence.PHASE:
                for phase in (phase for phase in self.phases if phase.last_year == year):
                    yield self.opens.in_year(phase.first_year), self._last(self.due.in_year(year))
            case Recurrence.QUARTERLY:
                for quarters in range(4):
                    due = self.due.quarters_later(quarters).in_year(year)
                    yield _opening(self.opens.quarters_later(quarters), before=due), self._last(due)
            case Recurrence.YEARLY | Recurrence.ONCE:
                if self.recurrence is Recurrence.YEARLY or self.year == year:
                    due = self.due.in_year(year)
                    yield _opening(self.opens, before=due), self._last(due)

    def _due_in(self, year: int) -> date:
        return self.due.in_year(year) if self.due else date(year, 12, 31)

    def _last(self, due: date) -> date:
        return due - ONE_DAY if self.boundary is Boundary.EXCLUSIVE else due


def _opening(opens: DayOfYear, *, before: date) -> date:
    """The last such day that is not after another."""
    day = opens.in_year(before.year)
    return day if day <= before else opens.in_year(before.year - 1)
