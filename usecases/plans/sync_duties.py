"""Bringing open duties in line with their plan: its title, its last valid day, or that it does not ask any more."""

from datetime import date

from domain.duties.due_hours import is_over
from domain.duties.duties import is_current
from domain.plans.occurrences import DaysSet, Occurrence, occurrences
from domain.plans.plans import Plan
from domain.submissions.submissions import State
from domain.units import UnitKind
from models.duties.duties import Duty
from usecases.context import Context
from usecases.duties.schedule import reset_future_steps
from usecases.groups.scoreboards import refresh_scoreboards


async def sync_duties(ctx: Context, plan: Plan) -> None:
    """Bring the open duties of the plan in line with it. Does not commit.

    Duties that are begun or handed in stay, and a hand-in that was in time never becomes late.
    """
    days_set = await ctx.uow.plans.days_set(plan.code)
    duties = await ctx.uow.duties.of_plan(plan.code)
    states = await ctx.uow.duties.states(plan.code)
    kinds = await ctx.uow.units.kinds({duty.unit_id for duty in duties})
    asked: dict[tuple[UnitKind, int], dict[tuple[str, int, int], Occurrence]] = {}
    for duty in duties:
        if is_current(duty.year, duty.last_valid_day, today=ctx.today):
            key = kinds[duty.unit_id], duty.year
            if key not in asked:
                asked[key] = _asked(plan, *key, days_set)
            await _sync_duty(ctx, plan, duty, asked[key].get(duty.occurrence), states.get(duty.id, []))


def _asked(plan: Plan, kind: UnitKind, year: int, days_set: DaysSet) -> dict[tuple[str, int, int], Occurrence]:
    return {found.key: found for found in occurrences(plan, kind, year=year, days_set=days_set)}


async def _sync_duty(ctx: Context, plan: Plan, duty: Duty, asked: Occurrence | None, states: list[State]) -> None:
    if asked is None:
        if not states and duty.withdrawn_at is None:
            duty.withdrawn_at = ctx.now
            await refresh_scoreboards(ctx, duty)
        return
    if duty.withdrawn_at is not None:
        duty.withdrawn_at, duty.opened_at = None, ctx.now
    duty.title, duty.term = asked.title, asked.term or None
    is_moved = (duty.last_valid_day, duty.last_second) != (asked.last_valid_day, asked.last_second)
    if is_moved and await _may_move(ctx, duty, to=asked.last_valid_day):
        await _move(ctx, plan, duty, asked)


async def _may_move(ctx: Context, duty: Duty, *, to: date | None) -> bool:
    drafts = (await ctx.uow.submissions.all_of([duty.id])).get(duty.id, [])
    hours = [draft.counts_from for draft in drafts if draft.counts_from]
    if not hours:
        return True
    first = ctx.local(min(hours))
    return not is_over(to, at=first) or is_over(duty.days.statutory, at=first)


async def _move(ctx: Context, plan: Plan, duty: Duty, asked: Occurrence) -> None:
    """Set the plan's day of the duty. A granted day stays, and holds while the plan's day is not after it."""
    duty.last_valid_day, duty.last_second = asked.last_valid_day, asked.last_second
    await reset_future_steps(ctx, duty, steps=plan.reminders)
    await refresh_scoreboards(ctx, duty)
