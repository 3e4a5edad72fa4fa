"""Setting and clearing last valid days: for rules without a day, or earlier ones, also for units of one kind."""

from dataclasses import dataclass
from datetime import date

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.plans.deadlines import DeadlineRule
from domain.plans.plans import Plan
from domain.roles import Right
from domain.units import UnitKind
from models.plans.in_force import current_plan
from models.plans.plans import SetDate, StoredPlan
from usecases.audit import audit
from usecases.context import Context, command
from usecases.plans.date_notices import NoticeReach, sync_and_notify


@dataclass(frozen=True, slots=True)
class DateTarget:
    """A rule in a year whose last valid day is set."""

    plan: str
    code: str
    """Code of the rule."""
    year: int
    kind: UnitKind | None = None
    """Kind of the units for which it is set, or None for all."""


@command
async def set_date(ctx: Context, target: DateTarget, *, day: date) -> NoticeReach:
    """Set the last valid day of a rule in a year; the day itself is in time.

    Return which of the units that owe the duty now are told. Raises Refusal if the actor does not arrange the plan's
    authority, if the plan or rule is unknown or has no such deadline, and if the day is past, in another year, before
    the rule opens or after the plan's own day.
    """
    plan, code, year, kind = target.plan, target.code, target.year, target.kind
    stored = await plan_to_date(ctx, plan)
    rule = _rule(current_plan(stored), code, year=year, kind=kind)
    if day.year != year:
        raise Refusal("day-not-of-year", f"Ngày {day:%d/%m/%Y} không thuộc năm {year}.")
    if day < ctx.today:
        raise Refusal("day-past", f"Ngày {day:%d/%m/%Y} đã qua. Anh/chị đặt hạn từ hôm nay trở đi.")
    own = rule.last_valid_day(year)
    if own is not None and day < (opens := rule.opens_in(year)):
        raise Refusal("day-before-opening", f"Việc này mở từ ngày {opens:%d/%m/%Y}, nên hạn không được trước ngày ấy.")
    if own is not None and day > own:
        raise Refusal(
            "day-after-plans-own", f"Kế hoạch ghi «{rule.wording}», nên hạn không được sau ngày {own:%d/%m/%Y}."
        )

    row = await ctx.uow.plans.date_set(plan, code, year=year, kind=kind)
    if row is None:
        row = SetDate(plan_code=plan, code=code, year=year, kind=kind)
        ctx.uow.plans.add(row)
    row.day, row.by, row.at = day, ctx.actor.person_id, ctx.now
    audit(ctx, AuditAction.DATE_SET, about=f"{plan}/{code}", unit_id=stored.authority_id, year=year, day=day, kind=kind)
    told = await sync_and_notify(ctx, current_plan(stored))
    await ctx.uow.commit()
    return told


@command
async def clear_date(ctx: Context, target: DateTarget) -> NoticeReach:
    """Clear a day that was set: the plan's own day, if it has one, holds again. Return which units are told.

    Raises Refusal if no such day was set, or if the actor does not arrange the plan's authority.
    """
    plan, code, year, kind = target.plan, target.code, target.year, target.kind
    stored = await plan_to_date(ctx, plan)
    row = await ctx.uow.plans.date_set(plan, code, year=year, kind=kind)
    if row is None:
        raise Refusal("date-not-set", f"Việc «{code}» năm {year} chưa được đặt hạn riêng.")

    await ctx.uow.plans.forget(row)
    audit(ctx, AuditAction.DATE_CLEARED, about=f"{plan}/{code}", unit_id=stored.authority_id, year=year, kind=kind)
    told = await sync_and_notify(ctx, current_plan(stored))
    await ctx.uow.commit()
    return told


async def plan_to_date(ctx: Context, code: str) -> StoredPlan:
    """Lock and return the plan. Raises Refusal if it is not loaded or ended, or the actor does not arrange it."""
    stored = await ctx.uow.plans.with_code_for_update(code)
    if stored is None:
        raise Refusal("plan-not-loaded", f"Kế hoạch «{code}» chưa được nạp.")
    above = await ctx.uow.units.above(stored.authority_id)
    if not ctx.actor.may(Right.ARRANGE, unit_id=stored.authority_id, above=above):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực được đặt hạn.")
    if stored.ended_at is not None:
        raise Refusal("plan-ended", "Kế hoạch này đã kết thúc, không đặt hạn được.", way=Way.PLANS)
    return stored


def _rule(plan: Plan, code: str, *, year: int, kind: UnitKind | None) -> DeadlineRule:
    rule = next((rule for rule in plan.deadlines if rule.code == code), None)
    if rule is None:
        raise Refusal(
            "duty-unknown",
            f"Kế hoạch không có việc «{code}». Các việc: {', '.join(rule.code for rule in plan.deadlines)}.",
        )
    if not plan.covers(year):
        raise Refusal("plan-not-of-year", f"Kế hoạch không áp dụng cho năm {year}.")
    if rule.event is not None:
        raise Refusal("duty-by-event", f"Hạn của «{rule.title}» tính từ {rule.event.name}; anh/chị đặt ngày ấy.")
    if rule.due is not None and not rule.falls_in(year):
        raise Refusal("duty-not-due-in-year", f"«{rule.title}» không đến hạn trong năm {year}, nên không đặt hạn được.")
    if not rule.is_owed_by_units:
        raise Refusal("duty-owed-by-nobody", f"«{rule.title}» không đơn vị nào phải nộp, nên không đặt hạn được.")
    if kind is not None and kind not in rule.applies_to:
        raise Refusal("duty-not-of-kind", f"«{rule.title}» không giao cho loại đơn vị {kind}.")
    return rule
