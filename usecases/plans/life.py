"""Loaded plans: the list of them, the first day from which one counts, ending one and resuming it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.audit import AuditAction
from domain.duties.duties import is_current
from domain.errors import Refusal, Way
from domain.plans.plans import Plan
from domain.roles import Right
from domain.typed_input.days import read_day
from models.plans.in_force import current_plan
from models.plans.plans import StoredPlan
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.plans.changes import compare
from usecases.plans.shares import PlanShares, count_shares
from usecases.plans.versions import apply_version, resumed

FARTHEST_START = timedelta(days=366)
"""Longest time from today to the first day from which a plan counts."""


@dataclass(frozen=True, slots=True)
class PlanView:
    code: str
    title: str
    number: str
    authority: str
    version: int
    loaded_on: date
    counts_from: date | None
    """First day from which deadlines count, or None if all count."""
    ended_on: date | None
    shares: PlanShares
    begun: int
    """Number of open duties that are begun or handed in: they stay when the plan ends."""
    unbegun: int
    """Number of open duties that nobody has begun: they go when the plan ends."""


@dataclass(frozen=True, slots=True)
class PlanMove:
    """Result of ending or resuming a plan, or of setting its first day."""

    view: PlanView
    units: int
    """Number of units for which something changed; their officers are told."""


@query
async def list_plans(ctx: Context) -> tuple[PlanView, ...]:
    """Return the loaded plans that the actor manages, those in force first.

    Raises Refusal if the actor arranges no authority.
    """
    authorities = {post.unit_id for post in ctx.actor.units_where(Right.ARRANGE)}
    if not authorities:
        raise Refusal("standing-body-only", "Lệnh này dành cho cơ quan thường trực.", way=Way.BACK_HOME)
    found = [stored for stored in await ctx.uow.plans.all() if await _arranges(ctx, stored)]
    return tuple([await _view(ctx, stored) for stored in sorted(found, key=lambda plan: plan.ended_at is not None)])


@query
async def read_plan(ctx: Context, code: str) -> PlanView:
    """Return the plan. Raises Refusal if it is not loaded, or if the actor does not arrange its authority."""
    return await _view(ctx, await _allowed(ctx, await ctx.uow.plans.with_code(code), code))


@command
async def end_plan(ctx: Context, code: str) -> PlanMove:
    """End the plan: it asks for nothing any more. Duties that are begun or handed in stay.

    Raises Refusal if it has ended already, is not loaded, or is not the actor's to arrange.
    """
    stored = await _allowed(ctx, await ctx.uow.plans.with_code_for_update(code), code)
    if stored.ended_at is not None:
        raise Refusal("plan-ended", f"Kế hoạch «{code}» đã kết thúc từ trước.")
    return await _move(ctx, stored, replace(current_plan(stored), is_ended=True), AuditAction.PLAN_ENDED)


@command
async def resume_plan(ctx: Context, code: str) -> PlanMove:
    """Bring an ended plan into force again. Deadlines that passed since it ended are not owed.

    Raises Refusal if it is in force, is not loaded, or is not the actor's to arrange.
    """
    stored = await _allowed(ctx, await ctx.uow.plans.with_code_for_update(code), code)
    if stored.ended_at is None:
        raise Refusal("plan-in-force", f"Kế hoạch «{code}» đang áp dụng.")
    return await _move(ctx, stored, resumed(stored, ctx), AuditAction.PLAN_RESUMED)


@command
async def count_plan_from(ctx: Context, code: str, *, day: date) -> PlanMove:
    """Set the first day from which the plan's deadlines count: earlier ones are not owed.

    Raises Refusal if the plan has ended, is not loaded, or is not the actor's to arrange, and like `check_start`.
    """
    stored = await _allowed(ctx, await ctx.uow.plans.with_code_for_update(code), code)
    if stored.ended_at is not None:
        raise Refusal("plan-ended", f"Kế hoạch «{code}» đã kết thúc. Anh/chị áp dụng lại trước.")
    plan = replace(current_plan(stored), counts_from=day)
    check_start(plan, day, today=ctx.today)
    return await _move(ctx, stored, plan, AuditAction.PLAN_COUNTED_FROM)


def read_first_day(text: str, *, today: date) -> date:
    """Return the typed first day of a plan: «1/1» is this year's.

    Raises Refusal if it is no day, or not between the first of January and FARTHEST_START from today.
    """
    return read_day(text, today=today, since=date(today.year, 1, 1), until=today + FARTHEST_START, example="1/1")


@query
async def is_loaded(ctx: Context, code: str) -> bool:
    return await ctx.uow.plans.with_code(code) is not None


def check_start(plan: Plan, day: date, *, today: date) -> None:
    """Raise Refusal if the day is after the plan's last year, before this year, or more than a year ahead."""
    if plan.last_year is not None and day.year > plan.last_year:
        raise Refusal(
            "day-after-plan", f"Kế hoạch chỉ đến hết năm {plan.last_year}, nên không tính từ ngày {day:%d/%m/%Y} được."
        )
    if day.year < today.year:
        raise Refusal(
            "day-before-this-year",
            f"Kế hoạch tính sớm nhất từ ngày 01/01/{today.year}; hạn của năm trước không mở lại.",
        )
    if day > today + FARTHEST_START:
        raise Refusal("day-too-far", f"Ngày {day:%d/%m/%Y} xa quá một năm. Anh/chị chọn ngày gần hơn.")


async def _move(ctx: Context, stored: StoredPlan, plan: Plan, deed: AuditAction) -> PlanMove:
    units = await ctx.uow.units.below(stored.authority_id, day=ctx.today)
    changes = await compare(ctx, current_plan(stored), plan, units)
    await apply_version(ctx, stored, plan, text=stored.text, changes=changes)
    audit(ctx, deed, about=plan.code, unit_id=stored.authority_id, counts_from=plan.counts_from)
    await ctx.uow.flush()
    moved = PlanMove(await _view(ctx, stored), len({change.unit_id for change in changes}))
    await ctx.uow.commit()
    return moved


async def _allowed(ctx: Context, stored: StoredPlan | None, code: str) -> StoredPlan:
    if stored is None:
        raise Refusal("plan-not-loaded", f"Kế hoạch «{code}» chưa được nạp. Anh/chị xem lại danh sách kế hoạch.")
    if not await _arranges(ctx, stored):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực xem và đổi được kế hoạch của mình.")
    return stored


async def _arranges(ctx: Context, stored: StoredPlan) -> bool:
    above = await ctx.uow.units.above(stored.authority_id)
    return ctx.actor.may(Right.ARRANGE, unit_id=stored.authority_id, above=above)


async def _view(ctx: Context, stored: StoredPlan) -> PlanView:
    plan = current_plan(stored)
    units = await ctx.uow.units.below(stored.authority_id, day=ctx.today)
    states = await ctx.uow.duties.states(plan.code)
    open_now = [
        duty
        for duty in await ctx.uow.duties.of_plan(plan.code, day=ctx.today)
        if is_current(duty.year, duty.last_valid_day, today=ctx.today)
    ]
    begun = sum(bool(states.get(duty.id)) for duty in open_now)
    return PlanView(
        code=plan.code,
        title=plan.title,
        number=plan.number,
        authority=(await ctx.uow.units.get(stored.authority_id)).name,
        version=await ctx.uow.plans.count_versions(plan.code),
        loaded_on=ctx.calendar.day_of(stored.loaded_at),
        counts_from=plan.counts_from,
        ended_on=ctx.calendar.day_of(stored.ended_at) if stored.ended_at else None,
        shares=await count_shares(ctx, plan, units, authority_id=stored.authority_id),
        begun=begun,
        unbegun=len(open_now) - begun,
    )
