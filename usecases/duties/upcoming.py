"""Duties that the actor's units will owe later in the year, shown before they open so that officers can plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.duties.duties import is_current
from domain.plans.occurrences import Occurrence, coming_occurrences
from domain.roles import Right
from models.organisation.units import Unit
from models.plans.in_force import current_plan
from usecases.context import Context, query


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
    found = await ctx.uow.duties.of_units(list(mine), day=ctx.today)
    asked = {duty.unit_id for duty in found if is_current(duty.year, duty.due_day, today=ctx.today)}
    unasked = mine - asked - coming
    names = await ctx.uow.units.names(unasked)
    return tuple(names[unit_id] for unit_id in sorted(unasked) if unit_id in names)


async def upcoming_of(ctx: Context) -> list[tuple[Unit, str, Occurrence]]:
    """Return (unit, code of the plan, occurrence) for all that the actor's units will owe later this year."""
    mine = {post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)}
    found: list[tuple[Unit, str, Occurrence]] = []
    if not mine:
        return found
    for stored in await ctx.uow.plans.all():
        plan = current_plan(stored)
        units = [unit for unit in await ctx.uow.units.below(stored.authority_id, day=ctx.today) if unit.id in mine]
        heads = await ctx.uow.clusters.heads(stored.authority_id, day=ctx.today)
        days_set = await ctx.uow.plans.days_set(plan.code)
        for unit in units:
            coming = coming_occurrences(plan, unit.kind, days_set=days_set, today=ctx.today)
            found += [(unit, plan.code, occurrence) for occurrence in _asked(coming, is_head=unit.id in heads)]
    return found


def _asked(coming: Iterable[Occurrence], *, is_head: bool) -> list[Occurrence]:
    return [occurrence for occurrence in coming if is_head or not occurrence.is_for_heads]


def title_of(coming: Occurrence) -> str:
    return coming.name
