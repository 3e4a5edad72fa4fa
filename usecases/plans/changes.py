"""Comparison of two texts of one plan: the changes of each unit's duties."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from domain.duties.due_hours import second_of, timed
from domain.duties.duties import OWING, standing_of
from domain.plans.occurrences import DaysSet, Occurrence, falls_to, occurrences, years_around
from domain.plans.plans import Plan
from domain.submissions.submissions import State
from domain.units import UnitKind
from models.duties.duties import Duty
from models.organisation.units import Unit, UnitRecord
from models.plans.plans import PlanChange
from usecases.context import Context


class ChangeKind(StrEnum):
    NEW = "NEW"
    REMOVED = "REMOVED"
    MOVED = "MOVED"
    RENAMED = "RENAMED"


@dataclass(frozen=True, slots=True)
class DutyChange:
    """A change of one duty of one unit."""

    unit_id: int
    code: str
    old_title: str | None
    new_title: str | None
    old_day: date | None
    new_day: date | None


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A change of one duty, for all units for which it changes alike."""

    code: str
    old_title: str | None
    new_title: str | None
    old_day: date | None
    new_day: date | None
    units: tuple[str, ...] = ()

    @property
    def what(self) -> ChangeKind:
        if self.old_title is None:
            return ChangeKind.NEW
        if self.new_title is None:
            return ChangeKind.REMOVED
        is_moved = (self.old_day, second_of(self.old_day)) != (self.new_day, second_of(self.new_day))
        return ChangeKind.MOVED if is_moved else ChangeKind.RENAMED


@dataclass(frozen=True, slots=True)
class IndicatorChanges:
    """Names of the indicators that only one of two texts asks for."""

    added: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


Pair = tuple[Occurrence | None, Occurrence | None]
"""One occurrence by the old text and by the new one."""


async def compare(ctx: Context, old: Plan, new: Plan, units: Sequence[Unit]) -> Sequence[DutyChange]:
    """Return the changes for these units, of the next duty of each rule only. Units that have handed in have none."""
    days_set = await ctx.uow.plans.days_set(new.code)
    pairs = {kind: _pairs(old, new, kind, days_set, today=ctx.today) for kind in {unit.kind for unit in units}}
    if not any(pairs.values()):
        return ()
    duties = {(duty.unit_id, *duty.occurrence): duty for duty in await ctx.uow.duties.of_plan(new.code, day=ctx.today)}
    states = await ctx.uow.duties.states(new.code)
    heirs = await ctx.uow.successions.successor_ids()
    found: dict[tuple[int, str], DutyChange | None] = {}
    for unit in units:
        for pair in pairs[unit.kind]:
            own = _falling_to(unit, pair, is_heir=unit.id in heirs, today=ctx.today)
            duty = _duty_of(unit, pair, duties)
            if any(occurrence and occurrence.is_for_heads for occurrence in pair) and duty is None:
                continue
            if _is_ahead(own, duty, today=ctx.today):
                begun = states.get(duty.id, []) if duty else []
                change = _change(unit, own)
                found.setdefault((unit.id, change.code), change if _concerns(own, begun) else None)
    return tuple(change for change in found.values() if change is not None)


def _pairs(old: Plan, new: Plan, kind: UnitKind, days_set: DaysSet, *, today: date) -> list[Pair]:
    """Return the pairs whose title or day differs, earliest year first."""
    before, after = (
        {
            occurrence.key: occurrence
            for year in years_around(today.year)
            for occurrence in occurrences(plan, kind, year=year, days_set=days_set)
        }
        for plan in (old, new)
    )
    keys = sorted({*before, *after}, key=lambda key: (key[1], key[2], key[0]))
    pairs = [(before.get(key), after.get(key)) for key in keys]
    return [pair for pair in pairs if _compared(pair[0]) != _compared(pair[1])]


def _compared(occurrence: Occurrence | None) -> tuple[str, date | None, time | None] | None:
    return (occurrence.name, occurrence.last_valid_day, occurrence.last_second) if occurrence else None


def _falling_to(unit: Unit, pair: Pair, *, is_heir: bool, today: date) -> Pair:
    old, new = (
        occurrence
        if occurrence
        and falls_to(occurrence, valid_from=unit.valid_from, valid_to=unit.valid_to, is_heir=is_heir, today=today)
        else None
        for occurrence in pair
    )
    return old, new


def _duty_of(unit: Unit, pair: Pair, duties: Mapping[tuple[int, str, int, int], Duty]) -> Duty | None:
    occurrence = pair[0] or pair[1]
    return duties.get((unit.id, *occurrence.key)) if occurrence else None


def _is_ahead(pair: Pair, duty: Duty | None, *, today: date) -> bool:
    """Whether the pair differs and is not over: a duty of this year or later, or a day that has not passed."""
    if _compared(pair[0]) == _compared(pair[1]):
        return False
    days = [occurrence.last_valid_day for occurrence in pair if occurrence]
    return (duty is not None and duty.year >= today.year) or any(day is None or day >= today for day in days)


def _concerns(pair: Pair, states: list[State]) -> bool:
    """Whether the unit is affected: it still owes the duty, and a duty that it has begun is not one that goes."""
    return standing_of(states) in OWING and not (pair[1] is None and states)


def _change(unit: Unit, pair: Pair) -> DutyChange:
    old, new = pair
    occurrence = old or new
    assert occurrence is not None  # noqa: S101 (a pair without either differs in nothing)
    return DutyChange(
        unit_id=unit.id,
        code=occurrence.code,
        old_title=_title_with_year(old),
        new_title=_title_with_year(new),
        old_day=old.last_valid_day if old else None,
        new_day=new.last_valid_day if new else None,
    )


def _title_with_year(occurrence: Occurrence | None) -> str | None:
    return occurrence.name if occurrence else None


def gather(changes: Iterable[DutyChange], names: Mapping[int, str]) -> tuple[RuleChange, ...]:
    """Return equal changes as one, with the names of their units; `names` is {unit_id: name}."""
    found: dict[RuleChange, list[str]] = {}
    for change in changes:
        found.setdefault(view_change(change), []).append(names[change.unit_id])
    return tuple(
        RuleChange(rule.code, rule.old_title, rule.new_title, rule.old_day, rule.new_day, tuple(units))
        for rule, units in found.items()
    )


def view_change(row: DutyChange) -> RuleChange:
    return RuleChange(row.code, row.old_title, row.new_title, row.old_day, row.new_day)


def stored_change(row: PlanChange) -> RuleChange:
    old, new = timed(row.old_day, row.old_second), timed(row.new_day, row.new_second)
    return RuleChange(row.code, row.old_title, row.new_title, old, new)


def compare_indicators(old: Plan, new: Plan, units: Collection[Unit | UnitRecord]) -> IndicatorChanges:
    """Return the indicators that only one of the texts asks of some of these units."""
    before, after = (
        {
            indicator.code: indicator.name
            for indicator in plan.indicators
            if any(indicator.is_asked_of(unit.kind, unit.name) for unit in units)
        }
        for plan in (old, new)
    )
    return IndicatorChanges(
        added=tuple(name for code, name in after.items() if code not in before),
        removed=tuple(name for code, name in before.items() if code not in after),
    )
