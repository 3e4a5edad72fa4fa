"""Which duties a plan asks of one kind of unit, year by year, each with its days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.plans.deadlines import Bearer, DeadlineRule, DutyKind, Recurrence
from domain.plans.plans import Plan
from domain.units import UnitKind

DaysSet = Mapping[tuple[str, int, UnitKind | None], date]
"""Last valid days that the standing body set, by rule, year and kind of unit; None stands for every other kind."""

_QUARTERS = ("quý I", "quý II", "quý III", "quý IV")

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

    is_for_heads: bool = False
    """Asked only of the units that head a cluster."""

    @property
    def key(self) -> tuple[str, int, int]:
        return self.code, self.year, self.turn


def occurrences(plan: Plan, kind: UnitKind, *, year: int, days_set: DaysSet) -> Iterator[Occurrence]:
    """What units of this kind owe in a year; a day set is never later than the plan's own."""
    if plan.is_ended or not plan.covers(year):
        return
    for rule in plan.deadlines:
        if kind in rule.applies_to and rule.is_owed_by_units:
            day_set = _day_set(rule, kind, year, days_set)
            yield from (one for one in _of_rule(plan, rule, year, day_set) if _counts(one, plan))


def _of_rule(plan: Plan, rule: DeadlineRule, year: int, day_set: date | None) -> Iterator[Occurrence]:
    own = {} if rule.due or day_set is None else {rule.code: day_set}
    has_turns = rule.recurrence is Recurrence.QUARTERLY
    for turn, deadline in enumerate(rule.deadlines_in(year, days_set=own, school=plan.school), start=1):
        last = deadline.last_valid_day
        yield Occurrence(
            code=rule.code,
            kind=rule.kind,
            title=f"{rule.title} {_QUARTERS[turn - 1]}" if has_turns else rule.title,
            year=year,
            turn=turn if has_turns else 0,
            opens=deadline.opens,
            last_valid_day=min(last, day_set) if rule.due and last and day_set else last,
            is_for_heads=rule.bearer is Bearer.CLUSTER_HEAD,
        )


def _day_set(rule: DeadlineRule, kind: UnitKind, year: int, days_set: DaysSet) -> date | None:
    # A task done once may have got its day in another year than the plan named.
    years = [day.year for day in days_set.values()] if rule.recurrence is Recurrence.ONCE and not rule.due else [year]
    found = (days_set.get((rule.code, year, of)) for year in years for of in (kind, None))
    return next((day for day in found if day), None)


def _counts(occurrence: Occurrence, plan: Plan) -> bool:
    first = max(plan.issued, plan.counts_from or plan.issued)
    return occurrence.last_valid_day is None or occurrence.last_valid_day >= first


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


def next_occurrences(plan: Plan, kind: UnitKind, *, days_set: DaysSet, today: date) -> tuple[Occurrence, ...]:
    """Return what units of this kind owe of each rule in the first year, from this one on, in which they owe it."""
    found: dict[str, list[Occurrence]] = {}
    for year in range(today.year, today.year + FARTHEST + 1):
        for one in occurrences(plan, kind, year=year, days_set=days_set):
            of_rule = found.setdefault(one.code, [])
            if not of_rule or of_rule[0].year == year:
                of_rule.append(one)
    return tuple(one for of_rule in found.values() for one in of_rule)


def past_occurrences(plan: Plan, kind: UnitKind, *, days_set: DaysSet, today: date) -> tuple[Occurrence, ...]:
    """Return what units of this kind would owe this year if the plan counted from its first day, and do not."""
    whole = replace(plan, counts_from=None)
    kept = {one.key for one in occurrences(plan, kind, year=today.year, days_set=days_set)}
    return tuple(one for one in occurrences(whole, kind, year=today.year, days_set=days_set) if one.key not in kept)


def coming_occurrences(plan: Plan, kind: UnitKind, *, days_set: DaysSet, today: date) -> tuple[Occurrence, ...]:
    """Those that open after today and fall due within the year."""
    return tuple(
        found
        for found in occurrences(plan, kind, year=today.year, days_set=days_set)
        if found.opens > today and found.last_valid_day is not None and found.last_valid_day.year == today.year
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
