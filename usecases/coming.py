"""What one's own units will owe later in the year: known before its day of opening, so that nobody plans past it."""

from dataclasses import dataclass
from datetime import date

from domain.duties import is_current
from domain.occurrences import coming_occurrences
from domain.roles import Right
from usecases.context import Context, question
from usecases.plan_texts import parsed


@dataclass(frozen=True, slots=True, order=True)
class ComingDuty:
    last_valid_day: date
    title: str
    """With its year: «Báo cáo năm 2026»."""


@question
async def list_coming(ctx: Context) -> tuple[ComingDuty, ...]:
    """In the order in which it falls due; what several of one's units will owe stands once."""
    return tuple(sorted({duty for duties in (await _coming_by_unit(ctx)).values() for duty in duties}))


@question
async def list_unasked(ctx: Context) -> tuple[str, ...]:
    """Names of the actor's units of which no plan asks anything, now or later in the year."""
    mine = {post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)}
    coming = await _coming_by_unit(ctx)
    found = await ctx.uow.duties.of_units(list(mine), day=ctx.today)
    asked = {duty.unit_id for duty in found if is_current(duty.year, duty.due_day, today=ctx.today)}
    unasked = {unit_id for unit_id in mine - asked if not coming.get(unit_id)}
    names = await ctx.uow.units.names(unasked)
    return tuple(names[unit_id] for unit_id in sorted(unasked) if unit_id in names)


async def _coming_by_unit(ctx: Context) -> dict[int, set[ComingDuty]]:
    """{unit id: what it will owe later in the year} of the actor's units."""
    mine = {post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)}
    found: dict[int, set[ComingDuty]] = {}
    for stored in await ctx.uow.plans.all():
        plan = parsed(stored.text)
        units = [unit for unit in await ctx.uow.units.below(stored.authority_id, day=ctx.today) if unit.id in mine]
        heads = await ctx.uow.clusters.heads(stored.authority_id, day=ctx.today)
        days_set = await ctx.uow.plans.days_set(plan.code)
        for unit in units:
            found.setdefault(unit.id, set()).update(
                ComingDuty(last, f"{coming.title} {coming.year}")
                for coming in coming_occurrences(plan, unit.kind, days_set=days_set, today=ctx.today)
                if (last := coming.last_valid_day) and (not coming.is_for_heads or unit.id in heads)
            )
    return found
