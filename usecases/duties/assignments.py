"""Passing a duty on to a colleague: from then on they are reminded of it, instead of everybody of the unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.audit import AuditAction
from domain.errors import Refusal
from domain.roles import Right, Role
from models.duties.assignments import Handover
from models.duties.duties import Duty
from models.outbox import MessageKind
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.duties.leave_cover import leave_covers
from usecases.duties.progress import view_with_progress
from usecases.duties.views import DutyView, duty_for, owed_duty
from usecases.notices import accounts_of, put_message

SUBMITTERS = (Role.OFFICER, Role.UNIT_HEAD)
"""Who can be given a duty: everybody who may hand it in."""


@dataclass(frozen=True, slots=True)
class Colleague:
    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is reminded of a duty after a hand-over, and of which steps: those that came since."""

    person_id: int | None
    """None for everybody of the unit again."""
    since: datetime


@dataclass(frozen=True, slots=True)
class HandoverView:
    duty: DutyView
    by: str


async def assignments_of(ctx: Context, duties: Sequence[Duty]) -> dict[int, Assignment]:
    """By duty; none where it was never passed on, or the colleague serves no more or cannot be written to.

    Of a colleague on leave who stands in has it in charge.
    """
    latest = await ctx.uow.handovers.latest([duty.id for duty in duties])
    units = {duty.id: duty.unit_id for duty in duties}
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
    """The one person who is reminded of the duty; None where everybody of the unit is."""
    charge = (await assignments_of(ctx, [duty])).get(duty.id)
    return charge.person_id if charge else None


@query
async def list_colleagues(ctx: Context, duty_id: int) -> tuple[Colleague, ...]:
    """To whom the duty can be passed on; refuses where there is nobody."""
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
    beside = {acting_person(ctx), await assignee_of(ctx, duty)}
    ids = dict.fromkeys(post.person_id for post, _ in serving if post.person_id not in beside)
    names = await ctx.uow.officers.names(set(ids))
    return tuple(Colleague(person_id, names[person_id]) for person_id in ids)


@command
async def hand_over(ctx: Context, duty_id: int, *, to: int) -> Colleague:
    """Tell the colleague, and remind them from now on."""
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
    await put_message(ctx, MessageKind.HANDOVER, f"handover:{handover.id}", account, {"handover": handover.id})


@command
async def end_handover(ctx: Context, duty_id: int) -> None:
    """Everybody of the unit is reminded again; anybody of the unit may ask for it."""
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
    """For the colleague; None where the duty is not theirs to do any more."""
    handover = await ctx.uow.handovers.get(handover_id)
    duty = await duty_for(ctx, handover.duty_id, right=Right.SUBMIT)
    view = (await view_with_progress(ctx, [duty]))[0]
    if not view.is_owed or await assignee_of(ctx, duty) != ctx.actor.person_id:
        return None
    return HandoverView(view, by=(await ctx.uow.officers.names({handover.by}))[handover.by])
