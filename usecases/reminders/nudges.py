"""Nudges: a leader has the units that still owe a duty reminded now."""

from collections.abc import Sequence

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.roles import Right
from models.duties.duties import Duty
from models.duties.reminders import Nudge
from models.outbox import MessageKind, Refs
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.outbox.queueing import Notice, put_message
from usecases.reachability.escalations import reachable_people
from usecases.status.status import StatusView, duties_like, status_of


@command
async def nudge(ctx: Context, duty_id: int, *, cluster_id: int | None = None) -> int:
    """Remind the units that still owe the duty now, and return to how many of them a message goes.

    Raises Refusal if there is nobody to remind, or they were reminded less than four hours ago.
    """
    by = acting_person(ctx)
    duty = await ctx.uow.duties.find(duty_id)
    if duty is not None:
        # If two leaders nudge at once, the second reads what the first has done.
        await ctx.uow.plans.with_code_for_update(duty.plan_code)
    view = await status_of(ctx, await duties_like(ctx, duty_id, right=Right.NUDGE), cluster_id=cluster_id)
    _refuse_early(view)

    units = {unit.unit_id for unit in view.missing if unit.reachable}
    nudged = [duty for duty in await duties_like(ctx, duty_id) if duty.unit_id in units]
    await _nudge(ctx, nudged, by=by)
    audit(ctx, AuditAction.NUDGED, about=duty_id, unit_id=nudged[0].authority_id, units=sorted(units))
    await ctx.uow.commit()
    return len(units)


@query
async def refuse_early_nudge(ctx: Context, duty_id: int, *, cluster_id: int | None = None) -> None:
    """Raise Refusal if `nudge` would refuse; called before the confirmation screen."""
    _refuse_early(await status_of(ctx, await duties_like(ctx, duty_id, right=Right.NUDGE), cluster_id=cluster_id))


def _refuse_early(view: StatusView) -> None:
    if not view.missing and view.claimed:
        raise Refusal(
            "only-claims-left",
            "Các đơn vị còn lại đã báo nộp bản giấy, đang chờ cơ quan thường trực xác nhận.",
            way=Way.STATUS,
        )
    if not view.missing:
        raise Refusal("all-handed-in", "Mọi đơn vị đã nộp, không còn ai để nhắc.", way=Way.STATUS)
    if not any(unit.reachable for unit in view.missing):
        raise Refusal(
            "nobody-reachable",
            "Các đơn vị này chưa có cán bộ nào vào bot, nên bot không nhắc được.",
            way=Way.CALL_UNREACHED,
        )
    if view.nudged_at is not None and view.next_nudge_at is not None:
        hours = f"lúc {view.nudged_at:%H:%M}. Nhắc lại được từ {view.next_nudge_at:%H:%M}"
        raise Refusal("just-nudged", f"Các đơn vị này đã được nhắc {hours}.")


async def _nudge(ctx: Context, duties: Sequence[Duty], *, by: int) -> None:
    for duty in duties:
        ctx.uow.reminders.add(
            Nudge(
                plan_code=duty.plan_code,
                code=duty.code,
                year=duty.year,
                turn=duty.turn,
                unit_id=duty.unit_id,
                by=by,
                at=ctx.now,
            )
        )
    owed = {duty.unit_id: duty for duty in duties}
    for unit_id, appointment, account in await reachable_people(ctx, list(owed)):
        duty = owed[unit_id]
        key = f"nudge:{duty.id}:{appointment.person_id}:{account.id}:{ctx.now:%Y%m%dT%H%M%S}"
        refs: Refs = {"person": appointment.person_id, "duties": [duty.id], "by": by}
        await put_message(ctx, Notice(MessageKind.NUDGE, key, refs), account)
