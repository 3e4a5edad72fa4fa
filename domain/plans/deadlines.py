"""When a duty is due: the plan's wording turned into days, year by year. A day off never moves a deadline."""

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


WITH_FIGURES = (DutyKind.REPORT, DutyKind.PLEDGE)
"""Kinds of duty that are filled in line by line."""


class Boundary(StrEnum):
    EXCLUSIVE = "EXCLUSIVE"
    """«trước ngày 15/5»: the last valid day is 14/5."""
    INCLUSIVE = "INCLUSIVE"
    """«đến hết ngày 31/12»: the day itself is valid."""
    WINDOW = "WINDOW"
    """«trong tháng 01», «trong Quý I»: from the first day to the last, both valid."""
    NONE = "NONE"
    """«kịp thời», «từ đầu năm»: no date; never overdue unless the standing body sets a day."""


class Recurrence(StrEnum):
    ONCE = "ONCE"
    YEARLY = "YEARLY"
    QUARTERLY = "QUARTERLY"
    """«hằng quý»: the plan gives the days of one quarter; the other three have the same."""
    PHASE = "PHASE"
    """«giai đoạn 2021-2025»: once in each phase, from its first year to its last."""


class Bearer(StrEnum):
    """The party that must act."""

    UNIT = "UNIT"
    CLUSTER_HEAD = "CLUSTER_HEAD"
    STANDING_BODY = "STANDING_BODY"
    BODY = "BODY"
    """A body that the rule names: Sở Tài chính, the members of the council."""


@dataclass(frozen=True, slots=True)
class Phase:
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class TaskPart:
    """One of several tasks that a rule puts under one date."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline of a rule in a given year; without a last valid day nothing is ever late."""

    opens: date
    last_valid_day: date | None
    period: Period
    """Period that the duty covers."""


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One deadline rule of a plan, with its wording and the line of its source."""

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
    """The only year of a rule that does not recur, or None for other rules."""
    via: str | None = None
    """Name of the body that collects and reviews submissions first."""
    rule: str = ""
    """The rule's number in PLANS.md: D11a."""
    bearer: Bearer = Bearer.UNIT
    body: str | None = None
    """The name of a bearer of kind BODY."""
    owes: OwedPeriod = THE_YEAR
    phases: tuple[Phase, ...] = ()
    """Phases of a rule with recurrence PHASE; empty for other rules."""
    has_internal_day: bool = False
    """True if the date binds the body in `via`: the standing body sets an earlier day for units (PLANS.md D03)."""
    parts: tuple[TaskPart, ...] = ()
    is_handed_in: bool = True
    """False for days that are only shown, such as the days of a campaign (PLANS.md D06)."""
    cluster_head_first: bool = False
    """True if the cluster head reviews submissions of its cluster before the standing body does."""

    @property
    def recurs(self) -> bool:
        return self.recurrence in (Recurrence.YEARLY, Recurrence.QUARTERLY) or len(self.phases) > 1

    @property
    def is_owed_by_units(self) -> bool:
        """False for days that are only shown, and for tasks of the standing body or another body."""
        return self.is_handed_in and self.bearer in (Bearer.UNIT, Bearer.CLUSTER_HEAD)

    def falls_in(self, year: int) -> bool:
        return self.due is not None and any(True for _ in self._days_in(year))

    def opens_in(self, year: int) -> date:
        """Return the day from which the duty can be handed in; it may lie in the year before the deadline."""
        first = next(self._days_in(year), None)
        return first[0] if first else _opening(self.opens, before=self._due_in(year))

    def last_valid_day(self, year: int) -> date | None:
        """Return the last day on which a submission is in time; «trước ngày 15/5» gives 14 May (PLANS.md D01).

        The result is None if the rule has no date. A rule that recurs each quarter gives the day of the last quarter.
        """
        if self.due is None:
            return None
        return max((last for _, last in self._days_in(year)), default=self._last(self.due.in_year(year)))

    def deadlines_in(
        self, year: int, *, days_set: Mapping[str, date] = NO_DAYS, school: SchoolCalendar = USUAL_SCHOOL_CALENDAR
    ) -> tuple[Deadline, ...]:
        """Return every deadline of the rule in the year, earliest first.

        `days_set` is {rule code: last valid day} set by the standing body; it applies to rules without an own date.
        """
        if self.due is None:
            return self._undated_in(year, days_set.get(self.code), school)
        days = sorted(self._days_in(year), key=lambda pair: pair[1])
        return tuple(Deadline(opens, last, self.owes.of(last, school=school)) for opens, last in days)

    def _undated_in(self, year: int, day_set: date | None, school: SchoolCalendar) -> tuple[Deadline, ...]:
        if day_set is not None and day_set.year == year:
            opens = _opening(self.opens, before=day_set)
            return (Deadline(opens, day_set, self.owes.of(opens, school=school)),)
        # A task that is done once is owed only in the year of the day that was set for it.
        if self.recurrence is Recurrence.ONCE and (day_set is not None or self.year != year):
            return ()
        opens = self.opens.in_year(year)
        return (Deadline(opens, None, self.owes.of(opens, school=school)),)

    def _days_in(self, year: int) -> Iterator[tuple[date, date]]:
        """Yield (opening day, last valid day) for each time that the rule falls due in the year."""
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
    """Return the latest `opens` day that is not after `before`."""
    day = opens.in_year(before.year)
    return day if day <= before else opens.in_year(before.year - 1)
