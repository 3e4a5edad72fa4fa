"""Opening duties on their day."""

from collections.abc import Set
from datetime import date
from typing import Any

from domain.plans.occurrences import Occurrence, falls_to, open_occurrences, years_around
from domain.plans.plans import Plan
from domain.units import UnitKind
from models.organisation.units import Unit
from models.plans.in_force import current_plan
from models.plans.plans import StoredPlan
from usecases.context import Context, command, query


async def open_duties(ctx: Context) -> int:
    """Open every duty whose opening day has come, for the units that exist today. Return how many are new."""
    # Almost always there is none, and this way nobody who writes has to wait until that is found.
    return await _open_all(ctx) if await _is_any_to_open(ctx) else 0


@query
async def _is_any_to_open(ctx: Context) -> bool:
    heirs = await ctx.uow.successions.successor_ids()
    for stored in await ctx.uow.plans.all():
        if await _to_open(ctx, stored, heirs):
            return True
    return False


@command
async def _open_all(ctx: Context) -> int:
    opened = 0
    heirs = await ctx.uow.successions.successor_ids()
    for stored in await ctx.uow.plans.all_for_update():
        opened += await open_duties_of(ctx, stored, heirs)

    await ctx.uow.commit()
    return opened


async def open_duties_of(ctx: Context, stored: StoredPlan, heirs: Set[int]) -> int:
    """Open the duties of one plan and return how many are new. Does not commit.

    `heirs` are the ids of the units that are successors of others.
    """
    duties = await _to_open(ctx, stored, heirs)
    await ctx.uow.duties.add_all(duties)
    return len(duties)


async def _to_open(ctx: Context, stored: StoredPlan, heirs: Set[int]) -> list[dict[str, Any]]:
    """Return the rows of the plan's duties whose day has come and that are not open yet."""
    plan = current_plan(stored)
    units = await ctx.uow.units.below(stored.authority_id, day=ctx.today)
    heads = await ctx.uow.clusters.heads(stored.authority_id, day=ctx.today)
    known = await ctx.uow.duties.opened(plan.code, years=years_around(ctx.today))
    asked = await _asked_of(ctx, stored, plan, {unit.kind for unit in units})
    return [
        _duty(ctx, plan, occurrence, unit, authority_id=stored.authority_id)
        for unit in units
        for occurrence in asked[unit.kind]
        if (not occurrence.is_for_heads or unit.id in heads)
        and (*occurrence.key, unit.id) not in known
        and _owes(unit, occurrence, heirs, today=ctx.today)
    ]


async def _asked_of(
    ctx: Context, stored: StoredPlan, plan: Plan, kinds: set[UnitKind]
) -> dict[UnitKind, tuple[Occurrence, ...]]:
    """Return {kind of unit: the plan's occurrences that are open today}."""
    days_set = await ctx.uow.plans.days_set(plan.code)
    known_since = ctx.calendar.day_of(stored.first_loaded_at)
    return {
        kind: open_occurrences(plan, kind, days_set=days_set, today=ctx.today, known_since=known_since)
        for kind in kinds
    }


def _owes(unit: Unit, occurrence: Occurrence, heirs: Set[int], *, today: date) -> bool:
    return falls_to(
        occurrence, valid_from=unit.valid_from, valid_to=unit.valid_to, is_heir=unit.id in heirs, today=today
    )


def _duty(ctx: Context, plan: Plan, occurrence: Occurrence, unit: Unit, *, authority_id: int) -> dict[str, Any]:
    return {
        "plan_code": plan.code,
        "code": occurrence.code,
        "year": occurrence.year,
        "turn": occurrence.turn,
        "unit_id": unit.id,
        "authority_id": authority_id,
        "kind": occurrence.kind,
        "title": occurrence.title,
        "term": occurrence.term or None,
        "opened_at": ctx.now,
        "last_valid_day": occurrence.last_valid_day,
        "last_second": occurrence.last_second,
    }
