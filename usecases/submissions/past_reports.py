"""Figures of past years, entered once so that the first report can be compared with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from domain.audit import AuditAction
from domain.errors import Refusal
from domain.roles import Right
from domain.submissions.submissions import State
from models.duties.duties import Duty
from models.submissions.reports import Figure
from models.submissions.submissions import Submission
from usecases.audit import audit
from usecases.context import Context, command
from usecases.plans.loading import plan_in_force
from usecases.seals.sealing import seal_submission

_NOON = time(12)


@dataclass(frozen=True, slots=True)
class PastReport:
    unit: str
    """Code of the unit."""
    plan: str
    """Code of the plan."""
    duty: str
    """Code of the duty in the plan."""
    year: int
    figures: Mapping[str, Decimal]
    """{indicator code: figure}."""
    by: int
    """Id of the person who vouches for the figures."""


@command
async def enter_past_report(ctx: Context, past: PastReport) -> None:
    """Enter a report of a past year as accepted.

    Raises Refusal if the unit or the duty does not exist, the actor may not enter past figures of the unit, or the last
    valid day has not passed.
    """
    row = await ctx.uow.units.with_code(past.unit)
    rules = (await plan_in_force(ctx.uow, past.plan)).deadlines
    rule = next((rule for rule in rules if rule.code == past.duty), None)
    if row is None or row.authority_id is None or rule is None:
        raise Refusal("unit-or-duty-unknown", f"Không có đơn vị «{past.unit}» hoặc việc «{past.duty}».")
    if not ctx.actor.may(Right.ENTER_PAST, unit_id=row.id, above=await ctx.uow.units.above(row.id)):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực nhập được số liệu năm trước.")
    last_valid_day = rule.last_valid_day(past.year)
    if last_valid_day is None or last_valid_day >= ctx.today:
        raise Refusal("period-not-past", "Chỉ nhập được số liệu của kỳ đã qua.")

    duty = Duty(
        plan_code=past.plan,
        code=past.duty,
        year=past.year,
        unit_id=row.id,
        authority_id=row.authority_id,
        kind=rule.kind,
        title=rule.title,
        opened_at=ctx.now,
        last_valid_day=last_valid_day,
    )
    ctx.uow.duties.add(duty)
    await ctx.uow.flush()
    draft = Submission(
        duty_id=duty.id,
        state=State.ACCEPTED,
        changed_at=ctx.now,
        changed_by=past.by,
        submitted_at=ctx.calendar.at(last_valid_day, _NOON),
        counts_from=ctx.calendar.at(last_valid_day, _NOON),
        submitted_by=past.by,
    )
    ctx.uow.submissions.add(draft)
    await ctx.uow.flush()
    for code, value in past.figures.items():
        ctx.uow.reports.add(
            Figure(submission_id=draft.id, indicator=code, value=value, entered_by=past.by, entered_at=ctx.now)
        )
    root = await seal_submission(ctx, draft.id)
    audit(
        ctx,
        AuditAction.PAST_ENTERED,
        about=draft.id,
        unit_id=row.id,
        plan=past.plan,
        duty=past.duty,
        year=past.year,
        submission=draft.id,
        sha256=root,
        sealed=True,
    )
    await ctx.uow.commit()
