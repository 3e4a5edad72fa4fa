"""The duties that a plan asks for, with the number of units that owe each, and the units that owe nothing."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date

from domain.plans.occurrences import Occurrence, falls_to, next_occurrences, past_occurrences
from domain.plans.plans import Plan
from domain.units import UnitKind
from models.organisation.units import Unit
from usecases.context import Context


@dataclass(frozen=True, slots=True)
class DutyShare:
    """One duty and how many units owe it."""

    title: str
    """With its year: «Báo cáo 6 tháng 2026»."""
    last_valid_day: date | None
    units: int


@dataclass(frozen=True, slots=True)
class PlanShares:
    owed: tuple[DutyShare, ...]
    """The next duty of each rule, the earliest first; empty for a plan that has ended."""
    past: tuple[DutyShare, ...]
    """Duties of this year from before the plan's first day: they are not owed."""
    unasked: tuple[str, ...]
    """Titles of duties that still come, but for no unit of this authority."""
    idle: tuple[str, ...]
    """Names of units that owe nothing."""
    units: int
    """Number of units below the authority."""

    @property
    def busy(self) -> int:
        """Number of units that owe something."""
        return self.units - len(self.idle)


Find = Callable[[UnitKind], tuple[Occurrence, ...]]


async def count_shares(ctx: Context, plan: Plan, units: Sequence[Unit], *, authority_id: int) -> PlanShares:
    """Count which of the units below the authority owe which duties of the plan."""
    days_set = await ctx.uow.plans.days_set(plan.code)
    heads = await ctx.uow.clusters.heads(authority_id, day=ctx.today)
    heirs = await ctx.uow.successions.successor_ids()

    def ahead(kind: UnitKind) -> tuple[Occurrence, ...]:
        return next_occurrences(plan, kind, days_set=days_set, today=ctx.today)

    def past(kind: UnitKind) -> tuple[Occurrence, ...]:
        return () if plan.is_ended else past_occurrences(plan, kind, days_set=days_set, today=ctx.today)

    owed = _owed(units, ahead, heads, heirs, today=ctx.today)
    busy = {unit.id for unit, _ in owed}
    asked = {occurrence.code for _, occurrence in owed}
    # A rule that comes for no kind of unit any more is over; only those that still come can lack their units.
    coming = {occurrence.code for kind in UnitKind for occurrence in ahead(kind)}
    return PlanShares(
        owed=_counted(occurrence for _, occurrence in owed),
        past=_counted(occurrence for _, occurrence in _owed(units, past, heads, heirs, today=ctx.today)),
        unasked=tuple(rule.title for rule in plan.deadlines if rule.code in coming - asked),
        idle=tuple(unit.name for unit in units if unit.id not in busy),
        units=len(units),
    )


def _owed(
    units: Sequence[Unit], find: Find, heads: Set[int], heirs: Set[int], *, today: date
) -> list[tuple[Unit, Occurrence]]:
    by_kind = {kind: find(kind) for kind in {unit.kind for unit in units}}
    return [
        (unit, occurrence)
        for unit in units
        for occurrence in by_kind[unit.kind]
        if unit.id in heads or not occurrence.is_for_heads
        if falls_to(
            occurrence, valid_from=unit.valid_from, valid_to=unit.valid_to, is_heir=unit.id in heirs, today=today
        )
    ]


def _counted(owed: Iterable[Occurrence]) -> tuple[DutyShare, ...]:
    """Count the units of each duty; units of one kind may have a day of their own, and each day is a line."""
    found: dict[tuple[str, date | None], int] = {}
    for occurrence in owed:
        key = occurrence.name, occurrence.last_valid_day
        found[key] = found.get(key, 0) + 1
    lines = [DutyShare(title, day, units) for (title, day), units in found.items()]
    return tuple(sorted(lines, key=lambda line: (line.last_valid_day or date.max, line.title)))
