"""Which duties a plan asks of how many units, and of which units it asks nothing."""

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
    """The next duty of each rule, the earliest first; nothing of a plan that has ended."""
    past: tuple[DutyShare, ...]
    """What fell due this year before the day from which the plan counts: history, not a debt."""
    unasked: tuple[str, ...]
    """Titles of what the plan asks of units, while no unit is of its kind."""
    idle: tuple[str, ...]
    """Names of units that owe nothing."""
    units: int
    """Units below the authority."""

    @property
    def busy(self) -> int:
        """Units that owe something."""
        return self.units - len(self.idle)


Find = Callable[[UnitKind], tuple[Occurrence, ...]]


async def share_out(ctx: Context, plan: Plan, units: Sequence[Unit], *, authority_id: int) -> PlanShares:
    days_set = await ctx.uow.plans.days_set(plan.code)
    heads = await ctx.uow.clusters.heads(authority_id, day=ctx.today)
    heirs = await ctx.uow.successions.heirs()

    def ahead(kind: UnitKind) -> tuple[Occurrence, ...]:
        return next_occurrences(plan, kind, days_set=days_set, today=ctx.today)

    def past(kind: UnitKind) -> tuple[Occurrence, ...]:
        return () if plan.is_ended else past_occurrences(plan, kind, days_set=days_set, today=ctx.today)

    owed = _owed(units, ahead, heads, heirs, today=ctx.today)
    busy = {unit.id for unit, _ in owed}
    asked = {one.code for _, one in owed}
    # Of a rule that comes for no kind of unit any more the time is over; of the others the units are missing.
    coming = {one.code for kind in UnitKind for one in ahead(kind)}
    return PlanShares(
        owed=_counted(one for _, one in owed),
        past=_counted(one for _, one in _owed(units, past, heads, heirs, today=ctx.today)),
        unasked=tuple(rule.title for rule in plan.deadlines if rule.code in coming - asked),
        idle=tuple(unit.name for unit in units if unit.id not in busy),
        units=len(units),
    )


def _owed(
    units: Sequence[Unit], find: Find, heads: Set[int], heirs: Set[int], *, today: date
) -> list[tuple[Unit, Occurrence]]:
    of_kind = {kind: find(kind) for kind in {unit.kind for unit in units}}
    return [
        (unit, one)
        for unit in units
        for one in of_kind[unit.kind]
        if unit.id in heads or not one.is_for_heads
        if falls_to(one, valid_from=unit.valid_from, valid_to=unit.valid_to, is_heir=unit.id in heirs, today=today)
    ]


def _counted(owed: Iterable[Occurrence]) -> tuple[DutyShare, ...]:
    """Units of one kind may have a day of their own: each day is a line."""
    found: dict[tuple[str, date | None], int] = {}
    for one in owed:
        key = f"{one.title} {one.year}", one.last_valid_day
        found[key] = found.get(key, 0) + 1
    lines = [DutyShare(title, day, units) for (title, day), units in found.items()]
    return tuple(sorted(lines, key=lambda line: (line.last_valid_day or date.max, line.title)))
