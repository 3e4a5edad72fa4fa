"""Loading a plan's text: a preview of its changes, bringing it into force, and the notice to the units concerned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.audit import AuditAction
from domain.errors import Refusal
from domain.plans.event_dates import counted, with_event_dates
from domain.plans.plans import Plan
from domain.roles import Actor, Right
from models.organisation.units import Unit
from models.plans.event_dates import event_dates
from models.plans.in_force import current_plan, parsed, plan_in_force
from models.plans.plans import StoredPlan
from plans.catalogue import parse_plan
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.plans.changes import (
    DutyChange,
    IndicatorChanges,
    RuleChange,
    compare,
    compare_indicators,
    gather,
    stored_change,
)
from usecases.plans.shares import PlanShares, count_shares
from usecases.plans.versions import add_version, apply_version, resumed

__all__ = [
    "LoadedPlan", "PlanNotice", "foresee", "load_plan", "parsed", "plan_in_force", "preview_plan", "put_in_force",
    "read_plan_notices",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """The changes by a text that is or would be loaded."""

    plan: Plan
    version: int
    """Number of the version that the text is or would be; 1 for a new plan."""
    is_same: bool
    """Whether the same text with the same first day is in force already."""
    rules: tuple[RuleChange, ...]
    indicators: IndicatorChanges
    shares: PlanShares


@dataclass(frozen=True, slots=True)
class PlanNotice:
    """The changes by a version of a plan for the units of one reader."""

    title: str
    rules: tuple[RuleChange, ...]
    indicators: IndicatorChanges
    is_ended: bool


@query
async def preview_plan(
    ctx: Context, text: str, *, authority: str, file: str, counts_from: date | None = None
) -> LoadedPlan:
    """Return the changes that loading the text would make. Raises Refusal like `load_plan`."""
    return await foresee(ctx, text, authority=authority, file=file, counts_from=counts_from)


async def foresee(ctx: Context, text: str, *, authority: str, file: str, counts_from: date | None) -> LoadedPlan:
    """Return what `preview_plan` does, as a step of another use case."""
    plan, unit, stored = await _read(ctx, text, authority=authority, file=file, counts_from=counts_from)
    return (await _compare(ctx, plan, text, unit, stored))[0]


@command
async def load_plan(
    ctx: Context, text: str, *, authority: str, file: str, counts_from: date | None = None
) -> LoadedPlan:
    """Put a plan in force for the units of an authority, or replace its text; `authority` is the unit's code.

    Deadlines before `counts_from` are not owed; without it the first day set earlier stays. A text that is in force
    already changes nothing. Raises Refusal if there is no such unit, if the actor does not arrange for it, or if the
    plan is another authority's.
    """
    loaded = await put_in_force(ctx, text, authority=authority, file=file, counts_from=counts_from)
    await ctx.uow.commit()
    return loaded


async def put_in_force(ctx: Context, text: str, *, authority: str, file: str, counts_from: date | None) -> LoadedPlan:
    """Load the text like `load_plan`, as a step of another command. Does not commit."""
    await ctx.uow.plans.with_code_for_update(parse_plan(text, file=file).code)
    plan, unit, stored = await _read(ctx, text, authority=authority, file=file, counts_from=counts_from)
    loaded, changes = await _compare(ctx, plan, text, unit, stored)
    if loaded.is_same:
        return loaded

    if stored is None:
        version = await add_version(ctx, plan, text)
        _store(ctx, plan, text, unit)
    else:
        version = await apply_version(ctx, stored, plan, text=text, changes=changes)
    audit(
        ctx,
        AuditAction.PLAN_LOADED,
        about=plan.code,
        unit_id=unit.id,
        version=version.number,
        sha256=version.sha256,
        counts_from=plan.counts_from,
    )
    return loaded


async def _read(
    ctx: Context, text: str, *, authority: str, file: str, counts_from: date | None
) -> tuple[Plan, Unit, StoredPlan | None]:
    plan = parse_plan(text, file=file)
    unit = await ctx.uow.units.with_code(authority)
    stored = await ctx.uow.plans.with_code(plan.code)
    if unit is None:
        raise Refusal("unit-unknown", f"Chưa có đơn vị mã «{authority}». Anh/chị nhập danh sách đơn vị trước.")
    if not ctx.actor.may(Right.ARRANGE, unit_id=unit.id, above=await ctx.uow.units.above(unit.id)):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực được nạp kế hoạch của mình.")
    if stored is not None and stored.authority_id != unit.id:
        raise Refusal("plan-of-another-authority", f"Kế hoạch «{plan.code}» đã thuộc về một cơ quan khác.")
    if counts_from is None and stored is not None:
        counts_from = resumed(stored, ctx).counts_from
    # The days of events go by this text: it may count other days from them than the text before.
    dates = counted(plan, event_dates(stored), calendar=ctx.calendar) if stored else ()
    return replace(with_event_dates(plan, dates), counts_from=counts_from), unit, stored


async def _compare(
    ctx: Context, plan: Plan, text: str, authority: Unit, stored: StoredPlan | None
) -> tuple[LoadedPlan, Sequence[DutyChange]]:
    units = await ctx.uow.units.below(authority.id, day=ctx.today)
    old = current_plan(stored) if stored else plan
    changes = await compare(ctx, old, plan, units)
    loaded = LoadedPlan(
        plan=plan,
        version=await ctx.uow.plans.count_versions(plan.code) + 1,
        is_same=_is_same(stored, plan, text),
        rules=gather(changes, {unit.id: unit.name for unit in units}),
        indicators=compare_indicators(old, plan, units),
        shares=await count_shares(ctx, plan, units, authority_id=authority.id),
    )
    return loaded, changes


def _is_same(stored: StoredPlan | None, plan: Plan, text: str) -> bool:
    return (
        stored is not None
        and stored.text == text
        and stored.counts_from == plan.counts_from
        and stored.ended_at is None
    )


def _store(ctx: Context, plan: Plan, text: str, authority: Unit) -> None:
    ctx.uow.plans.add(
        StoredPlan(
            code=plan.code,
            authority_id=authority.id,
            text=text,
            loaded_at=ctx.now,
            first_loaded_at=ctx.now,
            counts_from=plan.counts_from,
        )
    )


@query
async def read_plan_notices(ctx: Context, version_id: int, readers: Sequence[Actor]) -> list[PlanNotice | None]:
    """Return the changes by a version of a plan for the units of each reader, None if they serve none any more.

    They are read for many with as few queries as for one.
    """
    served = [[post.unit_id for post in reader.units_where(Right.SUBMIT)] for reader in readers]
    unit_ids = sorted({unit_id for units in served for unit_id in units})
    if not unit_ids:
        return [None for _ in readers]
    version = await ctx.uow.plans.version(version_id)
    before = await ctx.uow.plans.version_before(version)
    stored = await ctx.uow.plans.with_code(version.plan_code)
    records = await ctx.uow.units.records(unit_ids)
    changes = await ctx.uow.plans.changes(version_id, unit_ids)
    plan = parsed(version.text)
    return [
        PlanNotice(
            title=plan.title,
            rules=tuple(dict.fromkeys(stored_change(row) for row in changes if row.unit_id in units)),
            indicators=compare_indicators(
                parsed(before.text) if before else plan, plan, [records[unit_id] for unit_id in units]
            ),
            is_ended=stored is not None and stored.ended_at is not None,
        )
        if units
        else None
        for units in served
    ]
