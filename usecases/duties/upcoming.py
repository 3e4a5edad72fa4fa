"""Duties that the actor's units will owe later in the year, shown before they open so that officers can plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.plans.occurrences import Occurrence, coming_occurrences
from domain.roles import Right
from models.organisation.units import UnitRecord
from models.plans.in_force import plans_in_force
from usecases.context import Context, query
from usecases.duties.progress import read_own_duties


@dataclass(frozen=True, slots=True, order=True)
class UpcomingDuty:
    last_valid_day: date
    title: str
    """With its year: «Báo cáo năm 2026»."""


@query
async def list_upcoming(ctx: Context) -> tuple[UpcomingDuty, ...]:
    """Return the upcoming duties of the actor's units in the order of their days; a duty of several units once."""
    found = {
        UpcomingDuty(last, title_of(coming))
        for _, _, coming in await upcoming_of(ctx)
        if (last := coming.last_valid_day)
    }
    return tuple(sorted(found))


@query
async def list_unasked(ctx: Context) -> tuple[str, ...]:
    """Return the names of the actor's units of which no plan asks anything, now or later in the year."""
    mine = {post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)}
    coming = {unit.id for unit, _, occurrence in await upcoming_of(ctx) if occurrence.last_valid_day}
    unasked = mine - (await read_own_duties(ctx)).unit_ids - coming
    names = await ctx.uow.units.names(unasked)
    return tuple(names[unit_id] for unit_id in sorted(unasked) if unit_id in names)


async def upcoming_of(ctx: Context) -> list[tuple[UnitRecord, str, Occurrence]]:
    """Return (unit, code of the plan, occurrence) for all that the actor's units will owe later this year."""
    mine = {post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)}
    found: list[tuple[UnitRecord, str, Occurrence]] = []
    units = [unit for unit in (await ctx.uow.units.records(sorted(mine))).values() if unit.is_valid_on(ctx.today)]
    for one in await plans_in_force(ctx.uow) if units else ():
        heads = await ctx.uow.clusters.heads(one.authority_id, day=ctx.today)
        days_set = await ctx.uow.plans.days_set(one.plan.code)
        for unit in units:
            if unit.authority_id == one.authority_id:
                coming = coming_occurrences(one.plan, unit.kind, days_set=days_set, today=ctx.today)
                found += [(unit, one.plan.code, occurrence) for occurrence in _asked(coming, is_head=unit.id in heads)]
    return found


def _asked(coming: Iterable[Occurrence], *, is_head: bool) -> list[Occurrence]:
    return [occurrence for occurrence in coming if is_head or not occurrence.is_for_heads]


def title_of(coming: Occurrence) -> str:
    return coming.name
