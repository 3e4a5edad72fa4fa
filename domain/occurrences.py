"""Which duties a plan asks of one kind of unit, year by year, each with its days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.deadlines import DeadlineRule, DutyKind, Recurrence
from domain.plans import Plan
from domain.units import UnitKind

DaysSet = Mapping[tuple[str, int, UnitKind | None], date]
"""Last valid days that the standing body set, by rule, year and kind of unit; None stands for every other kind."""

FARTHEST = 10
"""So many years before its last valid day a duty may open: a phase of five years does in its first one."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One duty that a rule asks once."""

    code: str
    kind: DutyKind
    title: str
    year: int
    turn: int
    """1 to 4 where the rule falls due several times a year, else 0."""
    opens: date
    last_valid_day: date | None
    """None while nothing can be late."""

    @property
    def key(self) -> tuple[str, int, int]:
        return self.code, self.year, self.turn


def occurrences(plan: Plan, kind: UnitKind, *, year: int, days_set: DaysSet) -> Iterator[Occurrence]:
    """What units of this kind owe in a year; a day set is never later than the plan's own."""
    if not plan.covers(year):
        return
    for rule in plan.deadlines:
        day_set = days_set.get((rule.code, year, kind)) or days_set.get((rule.code, year, None))
        if kind in rule.applies_to and _is_asked_in(rule, year):
            own = rule.last_valid_day(year)
            last = min(day for day in (own, day_set) if day) if own or day_set else None
            yield Occurrence(rule.code, rule.kind, rule.title, year, 0, rule.opens_in(year), last)


def _is_asked_in(rule: DeadlineRule, year: int) -> bool:
    # A rule without a date is owed all the same: «theo quy định» is never late, but it is asked for.
    return rule.falls_in(year) if rule.due else rule.recurrence is not Recurrence.ONCE or rule.year == year


def open_occurrences(
    plan: Plan, kind: UnitKind, *, days_set: DaysSet, today: date, known_since: date
) -> tuple[Occurrence, ...]:
    """Those whose day of opening has come; of years past only those that fell due after the plan was known."""
    return tuple(
        found
        for year in years_around(today)
        for found in occurrences(plan, kind, year=year, days_set=days_set)
        if found.opens <= today
        if year >= today.year or (found.last_valid_day is not None and found.last_valid_day >= known_since)
    )


def falls_to(occurrence: Occurrence, *, valid_from: date, valid_to: date | None, is_heir: bool, today: date) -> bool:
    """Whether a unit of these days owes it.

    Not what falls due after the unit's end; nor, of a unit that came after others, what fell due before it came.
    """
    last = occurrence.last_valid_day
    if valid_to is not None and valid_to < (last or today):
        return False
    # Who was only entered late, as an organisation is when the bot comes to it, did exist.
    return last is None or valid_from <= last or not is_heir


def opening_days(plan: Plan, *, today: date) -> set[date]:
    """The days on which some duty of the years around opens."""
    found = (
        occurrence
        for kind in UnitKind
        for year in years_around(today)
        for occurrence in occurrences(plan, kind, year=year, days_set={})
    )
    return {occurrence.opens for occurrence in found}


def years_around(today: date) -> range:
    return range(today.year - 1, today.year + FARTHEST + 1)
