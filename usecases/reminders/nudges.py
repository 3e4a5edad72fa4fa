"""Nudges: a leader or a cluster head has the units that still owe a duty reminded now."""

from collections.abc import Sequence

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.roles import Right
from models.duties.duties import Duty
from models.duties.reminders import Nudge
from models.message_kinds import MessageKind, Refs
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.outbox.queueing import Notice, put_message
from usecases.reachability.escalations import reachable_people
from usecases.status.status import duties_like, status_of
from usecases.status.views import StatusView


@command
async def nudge(ctx: Context, duty_id: int, *, cluster_id: int | None = None) -> int:
    """Remind the units that still owe the duty now, and return to how many of them a message goes.

    Units that were reminded less than four hours ago are left out. Raises Refusal if there is nobody to remind.
    """
    await lock_nudges(ctx, duty_id)
    group = await duties_like(ctx, duty_id, right=Right.NUDGE)
    view = await status_of(ctx, group, cluster_id=cluster_id)
    refuse_early(view)

    await put_nudges(ctx, group, view)
    await ctx.uow.commit()
    return len(view.remindable)


@query
async def refuse_early_nudge(ctx: Context, duty_id: int, *, cluster_id: int | None = None) -> None:
    """Raise Refusal if `nudge` would refuse; called before the confirmation screen."""
    refuse_early(await status_of(ctx, await duties_like(ctx, duty_id, right=Right.NUDGE), cluster_id=cluster_id))


async def lock_nudges(ctx: Context, duty_id: int) -> None:
    """Lock nudges about the duty: of two people who nudge at once, the second reads what the first has done."""
    duty = await ctx.uow.duties.find(duty_id)
    if duty is not None:
        await ctx.uow.plans.with_code_for_update(duty.plan_code)


async def put_nudges(ctx: Context, group: Sequence[Duty], view: StatusView) -> None:
    """Queue reminders for those of the duties whose units are remindable. Asks for no right, does not commit."""
    units = {unit.unit_id for unit in view.remindable}
    nudged = [duty for duty in group if duty.unit_id in units]
    await _nudge(ctx, nudged, by=acting_person(ctx))
    authority_id = nudged[0].authority_id
    audit(
        ctx,
        AuditAction.NUDGED,
        about=view.duty_id,
        unit_id=authority_id,
        units=sorted(units),
        cluster=view.cluster_id,
    )


def refuse_early(view: StatusView, *, look: Way = Way.STATUS, call: Way = Way.CALL_UNREACHED) -> None:
    """Raise Refusal if a nudge of the missing units would reach nobody; `look` and `call` say what to do instead."""
    if not view.missing and view.claimed:
        raise Refusal(
            "only-claims-left",
            "Các đơn vị còn lại đã báo nộp bản giấy, đang chờ cơ quan thường trực xác nhận.",
            way=look,
        )
    if not view.missing:
        raise Refusal("all-handed-in", "Mọi đơn vị đã nộp, không còn ai để nhắc.", way=look)
    if not any(unit.reachable for unit in view.missing):
        raise Refusal(
            "nobody-reachable",
            "Các đơn vị này chưa có cán bộ nào vào bot, nên bot không nhắc được.",
            way=call,
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
        await put_message(ctx, Notice(MessageKind.NUDGE, key, refs, authority_id=duty.authority_id), account)
