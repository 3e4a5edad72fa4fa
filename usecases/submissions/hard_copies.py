"""«Đã nộp bản giấy»: an officer claims that a hard copy was handed in; it counts once the standing body confirms."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from domain.audit import AuditAction
from domain.errors import AlreadyDone, Refusal, Way
from domain.roles import Right
from domain.submissions.hard_copies import lapses_at
from domain.typed_input.words import read_sentence
from models.duties.duties import Duty
from models.message_kinds import MessageKind
from models.submissions.hard_copies import HardCopyClaim
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.batches import write_in_batches
from usecases.context import Context, command, query
from usecases.duties.views import DutyView, duty_for, owed_duty, view_duties
from usecases.groups.scoreboards import refresh_scoreboards, refresh_scoreboards_of
from usecases.locks import claim_for_update
from usecases.outbox.queueing import Notice, clerks_of, put_message, put_messages
from usecases.reachability.unit_notices import UnitNotice, notify_unit
from usecases.submissions.handing_in import hand_in_on_paper
from usecases.submissions.receipts import ReceiptView, view_receipt

_NOT_YOURS = "Chỉ cơ quan thường trực xác nhận được bản giấy."
DENIALS = ("Văn thư chưa nhận được bản giấy", "Bản giấy thiếu chữ ký hoặc con dấu, đã gửi trả")
"""Usual reasons for a denial, offered as buttons."""

LAPSED_FIRST = 10
"""Claims that lapse in the first transaction."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    id: int
    duty: DutyView
    by: str
    at: datetime
    """When the officer claimed it (local time)."""
    is_waiting: bool
    has_lapsed: bool
    """Whether the unit is reminded again because nobody answered in time."""
    denial: str | None
    """Why the hard copy does not count, or None unless the standing body denied it."""
    receipt: ReceiptView | None
    """Receipt, or None while the claim waits or if it was denied."""
    told: UnitNotice | None = None
    """People who were told of the answer, or None unless it was given just now."""


@command
async def claim_hard_copy(ctx: Context, duty_id: int) -> ClaimView:
    """Ask the standing body to confirm a hard copy; the unit is not reminded while the claim waits.

    Raises Refusal if the duty is not owed, another claim waits, or nobody can confirm.
    """
    await ctx.uow.duties.find_for_update(duty_id)
    duty = await owed_duty(ctx, duty_id)
    before = (await ctx.uow.hard_copy_claims.latest([duty.id])).get(duty.id)
    clerks = await clerks_of(ctx, duty.authority_id)

    if before is not None and before.decided_at is None:
        said = f"{ctx.local(before.at):%H:%M, %d/%m}"
        raise Refusal("claim-waiting", f"Đơn vị đã báo bản giấy lúc {said}. Bot đang chờ cơ quan thường trực xác nhận.")
    if not clerks:
        raise Refusal(
            "nobody-to-answer", "Cơ quan thường trực chưa có ai vào bot để xác nhận bản giấy. Anh/chị nộp qua bot giúp."
        )

    turn = before.turn + 1 if before else 1
    claim = HardCopyClaim(duty_id=duty.id, turn=turn, by=acting_person(ctx), at=ctx.now)
    ctx.uow.hard_copy_claims.add(claim)
    await ctx.uow.flush()
    for person_id, account in clerks.items():
        await put_message(
            ctx, Notice(MessageKind.PAPER_CLAIM, f"paper:{claim.id}:{person_id}", {"claim": claim.id}), account
        )
    audit(ctx, AuditAction.PAPER_CLAIMED, about=duty.id, unit_id=duty.unit_id, claim=claim.id)
    await refresh_scoreboards(ctx, duty)
    view = await _view(ctx, duty, claim)
    await ctx.uow.commit()
    return view


async def lapse_claims(ctx: Context) -> None:
    """Lapse claims that nobody answered in time: the unit is reminded again, the standing body is asked again."""
    late = await _find_late(ctx)
    await write_in_batches(late, partial(_lapse_some, ctx), first=LAPSED_FIRST)


@query
async def _find_late(ctx: Context) -> Sequence[tuple[int, int]]:
    """Return (claim id, duty id) of the claims whose time for an answer is over."""
    waiting = await ctx.uow.hard_copy_claims.waiting()
    return [(claim.id, claim.duty_id) for claim in waiting if lapses_at(claim.at, calendar=ctx.calendar) <= ctx.now]


@command
async def _lapse_some(ctx: Context, late: Sequence[tuple[int, int]]) -> None:
    """Lapse these claims (claim id, duty id), without those that were answered meanwhile."""
    duties = await ctx.uow.duties.all_for_update([duty_id for _, duty_id in late])
    claims = await ctx.uow.hard_copy_claims.all_for_update([claim_id for claim_id, _ in late])
    waiting = [claim for claim in claims if claim.is_waiting]
    owed = {claim: duties[claim.duty_id] for claim in waiting if duties[claim.duty_id].is_owed}
    clerks = {id_: await clerks_of(ctx, id_) for id_ in {duty.authority_id for duty in owed.values()}}

    for claim in waiting:
        claim.lapsed_at = ctx.now
        audit(ctx, AuditAction.PAPER_LAPSED, about=claim.duty_id, claim=claim.id)
    await refresh_scoreboards_of(ctx, owed.values())
    asked = [
        (Notice(MessageKind.PAPER_CLAIM, f"paper-again:{claim.id}:{person_id}", {"claim": claim.id}), account)
        for claim, duty in owed.items()
        for person_id, account in clerks[duty.authority_id].items()
    ]
    await put_messages(ctx, asked, due_at=ctx.now)
    await ctx.uow.commit()


@command
async def decide_claim(ctx: Context, claim_id: int, *, received: bool, reason: str | None = None) -> ClaimView:
    """Confirm the claim and hand in for the unit, or deny it with a reason; tell the unit.

    Raises Refusal if the actor is not of the standing body, the claim has been answered or needs no answer, or a
    denial has no reason.
    """
    claim = await claim_for_update(ctx, claim_id)
    duty = await ctx.uow.duties.find(claim.duty_id) if claim else None
    if claim is None or duty is None or not ctx.actor.may(Right.RECEIVE, unit_id=duty.authority_id):
        raise Refusal("standing-body-only", _NOT_YOURS, way=Way.HOME)
    await _refuse_decided(ctx, duty, claim)
    denial = None if received else read_sentence(reason or "", example=DENIALS[0])

    claim.denial = denial
    claim.decided_at, claim.decided_by = ctx.now, acting_person(ctx)
    await refresh_scoreboards(ctx, duty)
    if received:
        claim.submission_id = (await hand_in_on_paper(ctx, duty, said_at=claim.at, by=claim.by)).id
    deed = AuditAction.PAPER_CONFIRMED if received else AuditAction.PAPER_DENIED
    audit(ctx, deed, about=duty.id, unit_id=duty.unit_id, claim=claim.id)
    key = f"paper-answer:{claim.id}"
    told = await notify_unit(ctx, MessageKind.PAPER_ANSWER, duty, key=key, first=claim.by, claim=claim.id)
    view = replace(await _view(ctx, duty, claim), told=told)
    await ctx.uow.commit()
    return view


@query
async def read_undecided_claim(ctx: Context, claim_id: int) -> ClaimView:
    """Return a claim that the actor may answer. Raises Refusal if it has been answered or needs no answer."""
    claim = await ctx.uow.hard_copy_claims.find(claim_id)
    duty = await ctx.uow.duties.find(claim.duty_id) if claim else None
    if claim is None or duty is None or not ctx.actor.may(Right.RECEIVE, unit_id=duty.authority_id):
        raise Refusal("standing-body-only", _NOT_YOURS, way=Way.HOME)
    await _refuse_decided(ctx, duty, claim)
    return await _view(ctx, duty, claim)


async def _refuse_decided(ctx: Context, duty: Duty, claim: HardCopyClaim) -> None:
    if claim.decided_at is not None and claim.decided_by is not None:
        name = (await ctx.uow.officers.names({claim.decided_by}))[claim.decided_by]
        what = "xác nhận đã nhận" if claim.submission_id else "báo chưa nhận được"
        raise AlreadyDone(
            "claim-decided", f"{name} đã {what} bản giấy này lúc {ctx.local(claim.decided_at):%H:%M, %d/%m}."
        )
    view = (await view_duties(ctx, [duty]))[0]
    if not view.is_owed:
        raise AlreadyDone(
            "claim-needless", f"{view.unit_name} đã nộp {view.title} qua bot, không cần xác nhận bản giấy nữa."
        )


@query
async def read_claim(ctx: Context, claim_id: int) -> ClaimView:
    """Return the claim. Raises Refusal if it does not exist or the actor may not see the unit."""
    claim = await ctx.uow.hard_copy_claims.find(claim_id)
    if claim is None:
        raise Refusal("duty-gone", "Việc này không còn nữa.", way=Way.DUTIES)
    return await _view(ctx, await duty_for(ctx, claim.duty_id, right=Right.SEE_UNIT), claim)


async def _view(ctx: Context, duty: Duty, claim: HardCopyClaim) -> ClaimView:
    return ClaimView(
        id=claim.id,
        duty=(await view_duties(ctx, [duty]))[0],
        by=(await ctx.uow.officers.names({claim.by}))[claim.by],
        at=ctx.local(claim.at),
        is_waiting=claim.decided_at is None,
        has_lapsed=claim.lapsed_at is not None,
        denial=claim.denial,
        receipt=await _receipt(ctx, duty, claim.submission_id) if claim.submission_id else None,
    )


async def _receipt(ctx: Context, duty: Duty, submission_id: int) -> ReceiptView | None:
    submission = await ctx.uow.submissions.find(submission_id)
    receipt = await ctx.uow.submissions.last_receipt(submission_id)
    return await view_receipt(ctx, duty, submission, receipt, files=()) if submission and receipt else None
