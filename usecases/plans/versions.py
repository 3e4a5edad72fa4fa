"""Bringing another version of a plan into force: its duties follow, and the units concerned are told."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace

from domain.duties.due_hours import second_of
from domain.duties.duties import OWING, is_current, standing_of
from domain.plans.deadlines import WITH_FIGURES
from domain.plans.event_dates import counted
from domain.plans.plans import Plan
from domain.roles import Role
from models.message_kinds import MessageKind
from models.plans.event_dates import event_dates, event_rows
from models.plans.in_force import current_plan
from models.plans.plans import PlanChange, PlanVersion, StoredPlan
from usecases.context import Context
from usecases.outbox.queueing import accounts_of, notify
from usecases.plans.changes import DutyChange, compare_indicators
from usecases.plans.sync_duties import sync_duties

_TOLD = (Role.OFFICER,)


async def add_version(ctx: Context, plan: Plan, text: str) -> PlanVersion:
    """Store the text as the plan's next version. Does not commit."""
    version = PlanVersion(
        plan_code=plan.code,
        number=await ctx.uow.plans.count_versions(plan.code) + 1,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        by=ctx.actor.person_id,
        at=ctx.now,
    )
    ctx.uow.plans.add(version)
    await ctx.uow.flush()
    return version


async def apply_version(
    ctx: Context, stored: StoredPlan, plan: Plan, *, text: str, changes: Sequence[DutyChange]
) -> PlanVersion:
    """Put `plan` in force in place of the stored one, and tell the units concerned. Does not commit.

    `plan` is `text` as parsed, maybe with another first day or ended. `changes` are those of the units' duties.
    """
    version = await add_version(ctx, plan, text)
    # Read before the duties are brought in line: it goes by the duties under the old text.
    concerned = {change.unit_id for change in changes} | await _with_other_indicators(ctx, current_plan(stored), plan)
    if stored.text != text:
        stored.text, stored.loaded_at = text, ctx.now
        stored.events = event_rows(counted(plan, event_dates(stored), calendar=ctx.calendar))
    stored.counts_from = plan.counts_from
    stored.ended_at = (stored.ended_at or ctx.now) if plan.is_ended else None
    await sync_duties(ctx, plan)
    _remember(ctx, version, changes)
    await _tell(ctx, version, concerned, authority_id=stored.authority_id)
    return version


def resumed(stored: StoredPlan, ctx: Context) -> Plan:
    """Return the stored plan as it is when it is in force again: deadlines that passed since it ended are not owed."""
    plan = replace(current_plan(stored), is_ended=False)
    if stored.ended_at is None or ctx.calendar.day_of(stored.ended_at) == ctx.today:
        return plan
    return replace(plan, counts_from=max(plan.counts_from or ctx.today, ctx.today))


async def _with_other_indicators(ctx: Context, old: Plan, plan: Plan) -> set[int]:
    """Return the ids of units that still owe a report or a pledge and are asked for other indicators than before."""
    if old.indicators == plan.indicators:
        return set()
    states = await ctx.uow.duties.states(plan.code)
    filling_in = {
        duty.unit_id
        for duty in await ctx.uow.duties.of_plan(plan.code, day=ctx.today)
        if duty.kind in WITH_FIGURES and is_current(duty.year, duty.last_valid_day, today=ctx.today)
        if standing_of(states.get(duty.id, [])) in OWING
    }
    units = [await ctx.uow.units.get(unit_id) for unit_id in filling_in]
    return {unit.id for unit in units if compare_indicators(old, plan, [unit])}


def _remember(ctx: Context, version: PlanVersion, changes: Collection[DutyChange]) -> None:
    for change in changes:
        ctx.uow.plans.add(
            PlanChange(
                version_id=version.id,
                unit_id=change.unit_id,
                code=change.code,
                old_title=change.old_title,
                new_title=change.new_title,
                old_day=change.old_day,
                new_day=change.new_day,
                old_second=second_of(change.old_day),
                new_second=second_of(change.new_day),
            )
        )


async def _tell(ctx: Context, version: PlanVersion, units: set[int], *, authority_id: int) -> None:
    """Tell the units' officers, each of them once."""
    to = await accounts_of(ctx, sorted(units), _TOLD)
    key = f"plan:{version.id}"
    await notify(ctx, MessageKind.PLAN_CHANGED, to, key=key, authority_id=authority_id, version=version.id)
