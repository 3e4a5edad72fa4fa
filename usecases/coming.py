"""What one's own units will owe later in the year: known before its day of opening, so that nobody plans past it."""

from dataclasses import dataclass
from datetime import date

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
    mine = {post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)}
    found: set[ComingDuty] = set()
    for stored in await ctx.uow.plans.all():
        plan = parsed(stored.text)
        units = [unit for unit in await ctx.uow.units.below(stored.authority_id, day=ctx.today) if unit.id in mine]
        heads = await ctx.uow.clusters.heads(stored.authority_id, day=ctx.today)
        days_set = await ctx.uow.plans.days_set(plan.code)
        found.update(
            ComingDuty(last, f"{coming.title} {coming.year}")
            for unit in units
            for coming in coming_occurrences(plan, unit.kind, days_set=days_set, today=ctx.today)
            if (last := coming.last_valid_day) and (not coming.is_for_heads or unit.id in heads)
        )
    return tuple(sorted(found))
