"""Plans in force: what a new text would change, bringing it into force, and telling whom it concerns."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.deadlines import DutyKind
from domain.duties import OWING, is_current, standing_of
from domain.errors import Refusal
from domain.plans import Plan
from domain.roles import Right
from domain.trail import Deed
from models.outbox import MessageKind
from models.plans import PlanChange, PlanVersion, StoredPlan
from models.units import Unit
from usecases.catalogue import parse_plan
from usecases.context import Context, action, question
from usecases.notices import notify
from usecases.plan_changes import Change, IndicatorChanges, RuleChange, compare, compare_indicators, gather, view_change
from usecases.plan_texts import parsed, plan_in_force
from usecases.relays import spoken_to
from usecases.settling import settle_duties
from usecases.trail import record

__all__ = ["LoadedPlan", "PlanNews", "load_plan", "parsed", "plan_in_force", "preview_plan", "read_plan_news"]

_WITH_FIGURES = (DutyKind.REPORT, DutyKind.PLEDGE)


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """What a text changes, or changed."""

    plan: Plan
    version: int
    """1 of a plan that is new."""
    is_same: bool
    """The text is in force already."""
    rules: tuple[RuleChange, ...]
    indicators: IndicatorChanges
    units: int
    """Of the authority; all are concerned by a new plan."""


@dataclass(frozen=True, slots=True)
class PlanNews:
    """What a version changed for the units of one reader."""

    title: str
    rules: tuple[RuleChange, ...]
    indicators: IndicatorChanges


@question
async def preview_plan(ctx: Context, text: str, *, authority: str, file: str) -> LoadedPlan:
    """What loading the text would change, and for whom."""
    plan, unit, stored = await _read(ctx, text, authority=authority, file=file)
    return (await _weigh(ctx, plan, text, unit, stored))[0]


@action
async def load_plan(ctx: Context, text: str, *, authority: str, file: str) -> LoadedPlan:
    """Put a plan in force for the units of an authority, or replace it; `authority` is the unit's code."""
    await ctx.uow.plans.coded_for_update(parse_plan(text, file=file).code)
    plan, unit, stored = await _read(ctx, text, authority=authority, file=file)
    loaded, changes = await _weigh(ctx, plan, text, unit, stored)
    if loaded.is_same:
        return loaded

    version = _version(ctx, plan, text, loaded.version)
    ctx.uow.plans.add(version)
    await ctx.uow.flush()
    if stored is None:
        _put_in_force(ctx, plan, text, unit)
    else:
        # Found before the duties move: it looks at what they owed under the old text.
        concerned = {change.unit_id for change in changes} | await _with_other_lines(ctx, parsed(stored.text), plan)
        stored.text, stored.loaded_at = text, ctx.now
        await settle_duties(ctx, plan)
        _remember(ctx, version, changes)
        await _tell(ctx, version, concerned)
    record(ctx, Deed.PLAN_LOADED, about=plan.code, unit_id=unit.id, version=version.number, sha256=version.sha256)
    await ctx.uow.commit()
    return loaded


async def _read(ctx: Context, text: str, *, authority: str, file: str) -> tuple[Plan, Unit, StoredPlan | None]:
    plan = parse_plan(text, file=file)
    unit = await ctx.uow.units.coded(authority)
    stored = await ctx.uow.plans.coded(plan.code)
    if unit is None:
        raise Refusal(f"Chưa có đơn vị mã «{authority}». Anh/chị nhập danh sách đơn vị trước.")
    if stored is not None and stored.authority_id != unit.id:
        raise Refusal(f"Kế hoạch «{plan.code}» đã thuộc về một cơ quan khác.")
    return plan, unit, stored


async def _weigh(
    ctx: Context, plan: Plan, text: str, authority: Unit, stored: StoredPlan | None
) -> tuple[LoadedPlan, Sequence[Change]]:
    units = await ctx.uow.units.below(authority.id, day=ctx.today)
    old = parsed(stored.text) if stored else plan
    changes = await compare(ctx, old, plan, units)
    loaded = LoadedPlan(
        plan=plan,
        version=await ctx.uow.plans.count_versions(plan.code) + 1,
        is_same=stored is not None and stored.text == text,
        rules=gather(changes, {unit.id: unit.name for unit in units}),
        indicators=compare_indicators(old, plan, units),
        units=len(units),
    )
    return loaded, changes


def _version(ctx: Context, plan: Plan, text: str, number: int) -> PlanVersion:
    return PlanVersion(
        plan_code=plan.code,
        number=number,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        by=ctx.actor.person_id,
        at=ctx.now,
    )


def _put_in_force(ctx: Context, plan: Plan, text: str, authority: Unit) -> None:
    ctx.uow.plans.add(
        StoredPlan(code=plan.code, authority_id=authority.id, text=text, loaded_at=ctx.now, first_loaded_at=ctx.now)
    )


async def _with_other_lines(ctx: Context, old: Plan, plan: Plan) -> set[int]:
    """Units that still have a report or a pledge to fill in, with other target lines than before."""
    if old.indicators == plan.indicators:
        return set()
    states = await ctx.uow.duties.states(plan.code)
    filling_in = {
        duty.unit_id
        for duty in await ctx.uow.duties.of_plan(plan.code, day=ctx.today)
        if duty.kind in _WITH_FIGURES and is_current(duty.year, duty.last_valid_day, today=ctx.today)
        if standing_of(states.get(duty.id, [])) in OWING
    }
    units = [await ctx.uow.units.get(unit_id) for unit_id in filling_in]
    return {unit.id for unit in units if compare_indicators(old, plan, [unit])}


def _remember(ctx: Context, version: PlanVersion, changes: Collection[Change]) -> None:
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
            )
        )


async def _tell(ctx: Context, version: PlanVersion, units: set[int]) -> None:
    """Each officer once, whatever units they serve."""
    to = {post.person_id: account for _, post, account in reversed(await spoken_to(ctx, sorted(units)))}
    await notify(ctx, MessageKind.PLAN_CHANGED, to, key=f"plan:{version.id}", version=version.id)


@question
async def read_plan_news(ctx: Context, version_id: int) -> PlanNews | None:
    """What a version of a plan changed for the actor's units; None where they serve none any more."""
    units = [post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)]
    if not units:
        return None
    version = await ctx.uow.plans.version(version_id)
    before = await ctx.uow.plans.version_before(version)
    served = [await ctx.uow.units.get(unit_id) for unit_id in units]
    plan = parsed(version.text)
    return PlanNews(
        title=plan.title,
        rules=tuple(dict.fromkeys(view_change(row) for row in await ctx.uow.plans.changes(version_id, units))),
        indicators=compare_indicators(parsed(before.text) if before else plan, plan, served),
    )
