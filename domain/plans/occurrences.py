"""The duties that a plan asks of one kind of unit, year by year, with their days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache

from domain.duties.due_hours import second_of, timed
from domain.duties.names import name_of
from domain.plans.deadlines import Bearer, Deadline, DeadlineRule, DutyKind
from domain.plans.periods import CalendarKind, PeriodKind
from domain.plans.plans import Plan
from domain.plans.recurrence import Recurrence
from domain.units import UnitKind

DayKey = tuple[str, int, UnitKind | None]
DaysSet = Mapping[DayKey, date]
"""{(rule code, year, kind of unit): last valid day} set by the standing body.

Kind None applies to every kind without an entry of its own.
"""

_QUARTERS = ("quý I", "quý II", "quý III", "quý IV")

LONGEST_OPEN_YEARS = 10
"""Longest time from opening to last valid day (years): a duty of a five-year phase opens in its first year."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One duty that a rule asks for in one year, before it is opened for a unit."""

    code: str
    kind: DutyKind
    title: str
    year: int
    turn: int
    """As `Deadline.turn`."""
    opens: date
    last_valid_day: date | None
    """Last day that counts as in time, with its hour, or None if the duty has no date and cannot be late."""

    is_for_heads: bool = False
    """True if only cluster heads owe it."""
    term: str = ""
    """The period as its name has it, «năm học 2025-2026», «tháng 3/2026»; empty if it is named after `year`."""

    @property
    def key(self) -> tuple[str, int, int]:
        return self.code, self.year, self.turn

    @property
    def last_second(self) -> time | None:
        return second_of(self.last_valid_day)

    @property
    def name(self) -> str:
        """«Báo cáo năm 2026», «Tổng kết năm học 2025-2026»."""
        return name_of(self.title, year=self.year, term=self.term)


def occurrences(plan: Plan, kind: UnitKind, *, year: int, days_set: DaysSet) -> Iterator[Occurrence]:
    """Yield what units of this kind owe in a year; a day that was set never moves the plan's own day later."""
    if plan.is_ended or not plan.covers(year):
        return
    for rule in plan.deadlines:
        if kind in rule.applies_to and rule.is_owed_by_units:
            day_set = _day_set(rule, kind, year, days_set)
            yield from (found for found in _of_rule(plan, rule, year, day_set) if _counts(found, plan))


def _of_rule(plan: Plan, rule: DeadlineRule, year: int, day_set: date | None) -> Iterator[Occurrence]:
    own = {} if rule.due or day_set is None else {rule.code: day_set}
    for deadline in rule.deadlines_in(year, days_set=own, school=plan.school):
        last = last_day_by(rule, deadline, day_set)
        # A day that the standing body set itself is in time to its end, also if the plan's own has an hour.
        is_set = last != deadline.last_valid_day
        yield Occurrence(
            code=rule.code,
            kind=rule.kind,
            title=title_of(rule, deadline.turn),
            year=year,
            turn=deadline.turn,
            opens=deadline.opens,
            last_valid_day=last if is_set else timed(last, rule.last_second),
            is_for_heads=rule.bearer is Bearer.CLUSTER_HEAD,
            term=term_of(rule, deadline, year),
        )


def last_day_by(rule: DeadlineRule, deadline: Deadline, day_set: date | None) -> date | None:
    """Return the last valid day: a day that was set comes before the plan's own, and never moves it later.

    Of a rule that falls due several times a year it moves only the turn in which it lies.
    """
    last = deadline.last_valid_day
    if rule.due is None or last is None or day_set is None:
        return last
    return min(last, day_set) if not deadline.turn or deadline.opens <= day_set else last


def title_of(rule: DeadlineRule, turn: int) -> str:
    """Return the title of a duty of the rule; `turn` is its quarter, if the rule falls due every quarter."""
    return f"{rule.title} {_QUARTERS[turn - 1]}" if rule.recurrence is Recurrence.QUARTERLY else rule.title


def term_of(rule: DeadlineRule, deadline: Deadline, year: int) -> str:
    """Return the period as the name of the duty has it, or an empty text if that is the year."""
    owes = rule.owes
    if rule.recurrence is Recurrence.EVENT:
        return f"lần {deadline.turn}/{year}"
    if rule.recurrence is Recurrence.MONTHLY:
        is_of_month = owes.kind in (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR_TO_DATE)
        return deadline.period.name if is_of_month else f"tháng {deadline.turn}/{year}"
    is_of_school_year = owes.calendar is CalendarKind.SCHOOL_YEAR and owes.span is None
    return deadline.period.name if is_of_school_year else ""


def _day_set(rule: DeadlineRule, kind: UnitKind, year: int, days_set: DaysSet) -> date | None:
    # The standing body may set the day of a one-time task in another year than the plan's.
    years = [day.year for day in days_set.values()] if rule.recurrence is Recurrence.ONCE and not rule.due else [year]
    found = (days_set.get((rule.code, year, of)) for year in years for of in (kind, None))
    return next((day for day in found if day), None)


def _counts(occurrence: Occurrence, plan: Plan) -> bool:
    first = max(plan.issued, plan.counts_from or plan.issued)
    return occurrence.last_valid_day is None or occurrence.last_valid_day >= first


def open_occurrences(
    plan: Plan, kind: UnitKind, *, days_set: DaysSet, today: date, known_since: date
) -> tuple[Occurrence, ...]:
    """Return the occurrences that are open today.

    Occurrences of past years are included only if they fell due on or after `known_since`, the plan's first day in the
    bot.
    """
    return _open_occurrences(plan, kind, frozenset(days_set.items()), today, known_since)


# Each look of a day asks it again for every plan and kind of unit.
@lru_cache(maxsize=256)
def _open_occurrences(
    plan: Plan, kind: UnitKind, days_set: frozenset[tuple[DayKey, date]], today: date, known_since: date
) -> tuple[Occurrence, ...]:
    return tuple(
        found
        for year in years_around(today.year)
        for found in occurrences(plan, kind, year=year, days_set=dict(days_set))
        if found.opens <= today
        if year >= today.year or (found.last_valid_day is not None and found.last_valid_day >= known_since)
    )


def next_occurrences(plan: Plan, kind: UnitKind, *, days_set: DaysSet, today: date) -> tuple[Occurrence, ...]:
    """Return the occurrences of each rule in the first year, from this year on, in which it has any."""
    found: dict[str, list[Occurrence]] = {}
    for year in range(today.year, today.year + LONGEST_OPEN_YEARS + 1):
        for occurrence in occurrences(plan, kind, year=year, days_set=days_set):
            of_rule = found.setdefault(occurrence.code, [])
            if not of_rule or of_rule[0].year == year:
                of_rule.append(occurrence)
    return tuple(occurrence for of_rule in found.values() for occurrence in of_rule)


def past_occurrences(plan: Plan, kind: UnitKind, *, days_set: DaysSet, today: date) -> tuple[Occurrence, ...]:
    """Return this year's occurrences that units do not owe only because they fall due before `plan.counts_from`."""
    whole = replace(plan, counts_from=None)
    owed = {found.key for found in occurrences(plan, kind, year=today.year, days_set=days_set)}
    every = occurrences(whole, kind, year=today.year, days_set=days_set)
    return tuple(found for found in every if found.key not in owed)


def coming_occurrences(plan: Plan, kind: UnitKind, *, days_set: DaysSet, today: date) -> tuple[Occurrence, ...]:
    """Return the occurrences that open after today and fall due this year."""
    return tuple(
        found
        for found in occurrences(plan, kind, year=today.year, days_set=days_set)
        if found.opens > today and found.last_valid_day is not None and found.last_valid_day.year == today.year
    )


def falls_to(occurrence: Occurrence, *, valid_from: date, valid_to: date | None, is_heir: bool, today: date) -> bool:
    """Whether a unit that exists from `valid_from` through `valid_to` owes the occurrence.

    False if the unit ends before the last valid day (before today, if there is none), or if it is the successor of
    another unit (`is_heir`) and began only after the last valid day.
    """
    last = occurrence.last_valid_day
    if valid_to is not None and valid_to < (last or today):
        return False
    # A unit that is nobody's successor existed before it was entered: organisations are entered when they get the bot.
    return last is None or valid_from <= last or not is_heir


def opening_days(plan: Plan, *, year: int) -> set[date]:
    """Return the days on which duties of any kind of unit open, in all years around this one."""
    found = (
        occurrence
        for kind in UnitKind
        for each in years_around(year)
        for occurrence in occurrences(plan, kind, year=each, days_set={})
    )
    return {occurrence.opens for occurrence in found}


def years_around(year: int) -> range:
    """Return the years whose duties can be open in this one: the last year to `LONGEST_OPEN_YEARS` ahead."""
    return range(year - 1, year + LONGEST_OPEN_YEARS + 1)
