"""Handing a duty over to a colleague: from then on they are reminded of it, instead of everybody of the unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.audit import AuditAction
from domain.errors import Refusal
from domain.roles import SUBMITTERS, Right
from models.duties.assignments import Handover
from models.duties.duties import Duty
from models.duties.reminders import RemindableDuty
from models.message_kinds import MessageKind
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.duties.leave_cover import leave_covers
from usecases.duties.progress import view_with_progress
from usecases.duties.views import DutyView, duty_for, owed_duty
from usecases.outbox.queueing import Notice, accounts_of, put_message


@dataclass(frozen=True, slots=True)
class Colleague:
    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """The person who is reminded of a duty after a hand-over."""

    person_id: int | None
    """The assignee, or None if the hand-over has ended and everybody of the unit is reminded again."""
    since: datetime
    """Reminder steps that came before this are not repeated for them."""


@dataclass(frozen=True, slots=True)
class HandoverView:
    duty: DutyView
    by: str


async def assignments_of(ctx: Context, duties: Sequence[Duty | RemindableDuty]) -> dict[int, Assignment]:
    """Return {duty_id: Assignment} of the duties that were handed over.

    A duty is absent if its assignee has left the unit since or cannot be written to. For an assignee on leave it has
    the person who stands in for them.
    """
    units = {duty.id: duty.unit_id for duty in duties}
    handovers = await ctx.uow.handovers.latest_at(set(units.values()))
    latest = {duty_id: handover for duty_id, handover in handovers.items() if duty_id in units}
    serving = (
        await ctx.uow.officers.serving([units[id_] for id_ in latest], SUBMITTERS, day=ctx.today) if latest else ()
    )
    since: dict[tuple[int, int], datetime] = {}
    for post, _ in serving:
        since.setdefault((post.person_id, post.unit_id), post.since)
    covered = await leave_covers(ctx, [units[id_] for id_ in latest], of=SUBMITTERS) if latest else {}
    found: dict[int, Assignment] = {}
    for duty_id, handover in latest.items():
        serves_since = since.get((handover.to, units[duty_id]))
        if handover.ended_at is not None:
            found[duty_id] = Assignment(None, handover.ended_at)
        elif (cover := covered.get((handover.to, units[duty_id]))) is not None:
            found[duty_id] = Assignment(cover.person_id, max(cover.since, handover.at))
        elif serves_since is not None and serves_since <= handover.at:
            found[duty_id] = Assignment(handover.to, handover.at)
    return found


async def assignee_of(ctx: Context, duty: Duty) -> int | None:
    """Return the id of the one person who is reminded of the duty, None if everybody of the unit is."""
    assignment = (await assignments_of(ctx, [duty])).get(duty.id)
    return assignment.person_id if assignment else None


@query
async def list_colleagues(ctx: Context, duty_id: int) -> tuple[Colleague, ...]:
    """Return the colleagues to whom the duty can be handed over.

    Raises Refusal if there are none, or if the actor has not to hand the duty in.
    """
    duty = await owed_duty(ctx, duty_id)
    colleagues = await _colleagues(ctx, duty)
    if not colleagues:
        raise Refusal(
            "no-colleague",
            "Đơn vị chưa có đồng nghiệp nào khác vào bot, nên chưa chuyển được. "
            "Anh/chị xin cơ quan thường trực một mã mời cho đồng nghiệp.",
        )
    return colleagues


async def _colleagues(ctx: Context, duty: Duty) -> tuple[Colleague, ...]:
    serving = await ctx.uow.officers.serving([duty.unit_id], SUBMITTERS, day=ctx.today)
    excluded = {acting_person(ctx), await assignee_of(ctx, duty)}
    ids = dict.fromkeys(post.person_id for post, _ in serving if post.person_id not in excluded)
    names = await ctx.uow.officers.names(set(ids))
    return tuple(Colleague(person_id, names[person_id]) for person_id in ids)


@command
async def hand_over(ctx: Context, duty_id: int, *, to: int) -> Colleague:
    """Hand the duty over to the person `to`: they are told now, and reminded from now on.

    Raises Refusal if it cannot be handed over to them, or if the actor has not to hand it in.
    """
    await ctx.uow.duties.find_for_update(duty_id)
    duty = await owed_duty(ctx, duty_id)
    found = next((colleague for colleague in await _colleagues(ctx, duty) if colleague.person_id == to), None)
    if found is None:
        raise Refusal(
            "colleague-unavailable", "Việc này hiện không chuyển cho người đó được. Anh/chị chọn một đồng nghiệp khác."
        )

    before = (await ctx.uow.handovers.latest([duty.id])).get(duty.id)
    turn = before.turn + 1 if before else 1
    handover = Handover(duty_id=duty.id, turn=turn, to=to, by=acting_person(ctx), at=ctx.now)
    ctx.uow.handovers.add(handover)
    await ctx.uow.flush()
    await _tell(ctx, duty, handover)
    audit(ctx, AuditAction.HANDED_OVER, about=duty.id, unit_id=duty.unit_id, to=to)
    await ctx.uow.commit()
    return found


async def _tell(ctx: Context, duty: Duty, handover: Handover) -> None:
    account = (await accounts_of(ctx, [duty.unit_id], SUBMITTERS))[handover.to]
    await put_message(ctx, Notice(MessageKind.HANDOVER, f"handover:{handover.id}", {"handover": handover.id}), account)


@command
async def end_handover(ctx: Context, duty_id: int) -> None:
    """Take the duty back from its assignee: everybody of the unit is reminded again.

    Everybody who has to hand it in may do so. Raises Refusal if nobody is its assignee.
    """
    await ctx.uow.duties.find_for_update(duty_id)
    duty = await owed_duty(ctx, duty_id)
    if await assignee_of(ctx, duty) is None:
        raise Refusal(
            "duty-not-handed-over", "Việc này hiện không giao riêng cho ai, bot đang nhắc mọi cán bộ của đơn vị."
        )

    (await ctx.uow.handovers.latest([duty.id]))[duty.id].ended_at = ctx.now
    audit(ctx, AuditAction.TAKEN_BACK, about=duty.id, unit_id=duty.unit_id)
    await ctx.uow.commit()


@query
async def read_handover(ctx: Context, handover_id: int) -> HandoverView | None:
    """Return the hand-over for its assignee, None if the duty is not theirs to do any more.

    Raises Refusal if the actor does not serve the unit.
    """
    handover = await ctx.uow.handovers.get(handover_id)
    duty = await duty_for(ctx, handover.duty_id, right=Right.SUBMIT)
    view = (await view_with_progress(ctx, [duty]))[0]
    if not view.is_owed or await assignee_of(ctx, duty) != ctx.actor.person_id:
        return None
    return HandoverView(view, by=(await ctx.uow.officers.names({handover.by}))[handover.by])
