"""When a duty is due: the plan's wording turned into days, year by year. A day off never moves a deadline."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.calendar import ONE_DAY, Calendar
from domain.plans.events import Event, EventDay
from domain.plans.periods import (
    THE_YEAR,
    USUAL_SCHOOL_CALENDAR,
    DayOfYear,
    OwedPeriod,
    Period,
    SchoolCalendar,
)
from domain.plans.recurrence import DaysOfRule, Phase, Recurrence, Turn, opening
from domain.units import UnitKind

NO_DAYS: Mapping[str, date] = MappingProxyType({})


class DutyKind(StrEnum):
    PLEDGE = "PLEDGE"
    PLAN = "PLAN"
    REPORT = "REPORT"
    DOSSIER = "DOSSIER"
    TASK = "TASK"


AHEAD = (DutyKind.PLEDGE, DutyKind.PLAN)
"""Kinds of duty that are about the time to come: in summer, about the school year that begins."""
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


class Bearer(StrEnum):
    """The party that must act."""

    UNIT = "UNIT"
    CLUSTER_HEAD = "CLUSTER_HEAD"
    STANDING_BODY = "STANDING_BODY"
    BODY = "BODY"
    """A body that the rule names: Sở Tài chính, the members of the council."""


@dataclass(frozen=True, slots=True)
class PaperOriginal:
    """Where the signed paper goes, and in how many copies."""

    to: str
    copies: int | None = None
    """Number of copies, or None if the plan does not say."""


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
    turn: int = 0
    """Quarter (1 to 4), month (1 to 12) or number of the event in its year, if there may be several, else 0."""


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
    months: tuple[int, ...] = ()
    """Months in which a MONTHLY rule falls due, ascending; empty means all, and for other rules."""
    time_of_day: time | None = None
    """Hour of the last valid day: «trước 16 giờ 00» if the boundary is EXCLUSIVE, else «đến 16 giờ 00»."""
    event: Event | None = None
    """The event of a rule with recurrence EVENT."""
    event_days: tuple[EventDay, ...] = ()
    """Days of the event, set by the standing body and not by the file, in the order of their turns."""
    awards: tuple[str, ...] = ()
    """Codes of the award forms whose dossiers it asks for; empty: those that no other dossier rule names."""
    original: PaperOriginal | None = None
    late_needs: str = ""
    """What a late submission must contain: «văn bản giải trình»; empty if the plan asks for nothing."""

    @property
    def recurs(self) -> bool:
        return len(self.phases) > 1 if self.recurrence is Recurrence.PHASE else self.recurrence is not Recurrence.ONCE

    @property
    def last_second(self) -> time | None:
        """Last second of the last valid day that is in time: 15:59:59 for «trước 16 giờ»; None: the whole day."""
        if self.time_of_day is None or self.boundary is not Boundary.EXCLUSIVE:
            return self.time_of_day
        # A reader of plans refuses «trước 0 giờ», which would be the day before.
        return (datetime.combine(date(2000, 1, 1), self.time_of_day) - timedelta(seconds=1)).time()

    @property
    def is_owed_by_units(self) -> bool:
        """False for days that are only shown, and for tasks of the standing body or another body."""
        return self.is_handed_in and self.bearer in (Bearer.UNIT, Bearer.CLUSTER_HEAD)

    def falls_in(self, year: int) -> bool:
        return any(deadline.last_valid_day is not None for deadline in self.deadlines_in(year))

    def opens_in(self, year: int) -> date:
        """Return the day from which the duty can be handed in; it may lie in the year before the deadline."""
        first = next(self._turns_in(year), None)
        return first.opens if first else opening(self.opens, before=self._due_in(year))

    def last_valid_day(self, year: int) -> date | None:
        """Return the last day on which a submission is in time; «trước ngày 15/5» gives 14 May (PLANS.md D01).

        The result is None if the rule has no date. A rule that recurs within the year gives the day of the last turn.
        """
        if self.due is None:
            return None
        return max((self._last(turn.due) for turn in self._turns_in(year)), default=self._last(self.due.in_year(year)))

    def deadlines_in(
        self, year: int, *, days_set: Mapping[str, date] = NO_DAYS, school: SchoolCalendar = USUAL_SCHOOL_CALENDAR
    ) -> tuple[Deadline, ...]:
        """Return every deadline of the rule in the year, earliest first.

        `days_set` is {rule code: last valid day} set by the standing body; it applies to rules without an own date.
        """
        if self.event is not None:
            return tuple(
                Deadline(one.opens, one.last_valid_day, self._period_of(one.last_valid_day, school), one.turn)
                for one in self.event_days
                if one.year == year
            )
        if self.due is None:
            return self._undated_in(year, days_set.get(self.code), school)
        turns = sorted(self._turns_in(year), key=lambda turn: (turn.due, turn.opens))
        return tuple(
            Deadline(turn.opens, last, self._period_of(last, school), turn.number)
            for turn in turns
            for last in (self._last(turn.due),)
        )

    def last_day_by_event(self, day: date, *, calendar: Calendar) -> date | None:
        """Return the last valid day if the event is on `day`, or None if the rule goes by no event."""
        return self._last(self.event.day_from(day, calendar=calendar)) if self.event else None

    def _undated_in(self, year: int, day_set: date | None, school: SchoolCalendar) -> tuple[Deadline, ...]:
        if day_set is not None and day_set.year == year:
            opens = opening(self.opens, before=day_set)
            return (Deadline(opens, day_set, self._period_of(opens, school)),)
        # A task that is done once is owed only in the year of the day that was set for it.
        if self.recurrence is Recurrence.ONCE and (day_set is not None or self.year != year):
            return ()
        opens = self.opens.in_year(year)
        return (Deadline(opens, None, self._period_of(opens, school)),)

    def _period_of(self, day: date, school: SchoolCalendar) -> Period:
        return self.owes.of(day, school=school, looks_ahead=self.kind in AHEAD)

    def _turns_in(self, year: int) -> Iterator[Turn]:
        if self.due is None:
            return iter(())
        days = DaysOfRule(self.recurrence, self.opens, self.due, self.year, self.months, self.phases)
        return days.turns_in(year)

    def _due_in(self, year: int) -> date:
        return self.due.in_year(year) if self.due else date(year, 12, 31)

    def _last(self, due: date) -> date:
        # «trước 16 giờ ngày 15/11»: the hour is too late, and the day itself is the last one.
        return due - ONE_DAY if self.boundary is Boundary.EXCLUSIVE and self.time_of_day is None else due
