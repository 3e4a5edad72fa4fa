"""Handing in and withdrawing submissions of every kind."""

import secrets
from dataclasses import replace
from datetime import datetime

from domain.audit import AuditAction
from domain.duties.due_hours import is_over
from domain.duties.extensions import Punctuality
from domain.errors import Refusal, Way
from domain.plans.deadlines import WITH_FIGURES, DutyKind
from domain.roles import Right, roles_with
from domain.submissions.seals import SealPart, kind_of
from domain.submissions.submissions import HANDED_IN, MOVES, ON_PAPER, TAKEN_IN, Action, State, may_withdraw
from domain.typed_input.codes import LETTERS
from models.duties.duties import Duty
from models.message_kinds import MessageKind
from models.reviews.returns import Return
from models.submissions.submissions import Receipt, Submission
from usecases.actor import acting_person
from usecases.audit import audit, utc_timestamp
from usecases.context import Context, command
from usecases.duties.completion import queue_completion
from usecases.duties.views import duty_for
from usecases.groups.scoreboards import refresh_scoreboards
from usecases.locks import submission_for_update
from usecases.outbox.queueing import accounts_of, notify
from usecases.seals.sealing import seal_submission
from usecases.submissions.drafts import begin, refuse_unless_editable, touch
from usecases.submissions.first_reviewers import first_reviewer
from usecases.submissions.late_reasons import refuse_unexplained
from usecases.submissions.legal_basis import basis_of
from usecases.submissions.receipts import ReceiptView, view_receipt
from usecases.submissions.returned_items import refuse_uncorrected

PREFIXES = {
    DutyKind.PLEDGE: "GU",
    DutyKind.PLAN: "KH",
    DutyKind.REPORT: "BC",
    DutyKind.DOSSIER: "HS",
    DutyKind.TASK: "NV",
}
REVIEWING = (*roles_with(Right.CHECK), *roles_with(Right.RECEIVE))


async def hand_in(
    ctx: Context,
    duty: Duty,
    draft: Submission,
    *,
    seen: int,
    files: tuple[tuple[str, str], ...] = (),
) -> ReceiptView:
    """Hand in the draft of a duty that is locked, seal it and write its receipt. Does not commit.

    `seen` is the revision that the officer looked at; `files` are (name, SHA-256) for the receipt. Raises Refusal if
    it has been handed in, has changed since `seen`, a returned item is not corrected, or it is late without the
    explanation that the plan asks for.
    """
    refuse_unless_editable(ctx, duty, draft)
    if draft.revision != seen:
        raise Refusal(
            "submission-changed", "Vừa có người trong đơn vị sửa nội dung này. Anh/chị xem lại rồi bấm nộp lần nữa."
        )
    await refuse_uncorrected(ctx, draft)
    if duty.kind in WITH_FIGURES and not files and is_over(duty.due_day, at=ctx.local(draft.counts_from or ctx.now)):
        await refuse_unexplained(ctx, duty, draft)
    back = await ctx.uow.returns.last(draft.id) if draft.state is State.RETURNED else None

    is_past_first = back is not None and back.was is not State.SUBMITTED
    draft.state = MOVES[draft.state, Action.HAND_BACK if is_past_first else Action.HAND_IN].to
    draft.submitted_at, draft.submitted_by = ctx.now, acting_person(ctx)
    # A correction that the unit asked for itself keeps the hour of the first hand-in, however late it comes.
    is_too_late = back is not None and back.was is not State.CORRECTING and ctx.today > back.correct_by
    if back is None or draft.counts_from is None or is_too_late:
        draft.counts_from = ctx.now
    receipt = await _acknowledge(ctx, duty, draft, at=ctx.now, files=files)
    if back is not None:
        await _tell_reviewer(ctx, duty, draft, back)
    return receipt


async def _tell_reviewer(ctx: Context, duty: Duty, draft: Submission, back: Return) -> None:
    """Tell the person who returned it, if they still serve as a reviewer of it."""
    first = await first_reviewer(ctx, draft, duty)
    bodies = [duty.authority_id, *([first.unit_id] if first else [])]
    to = await accounts_of(ctx, bodies, REVIEWING, only=[back.by])
    await notify(ctx, MessageKind.RESUBMITTED, to, key=f"resubmitted:{back.id}:{draft.revision}", submission=draft.id)


async def hand_in_on_paper(ctx: Context, duty: Duty, *, said_at: datetime, by: int) -> Submission:
    """Hand in a hard copy for a duty that is locked, as accepted; it counts from when the officer claimed it.

    Does not commit. Drafts in chat stay as they are, as figures may still follow.
    """
    submission = begin(ctx, duty, slot=ON_PAPER)
    submission.state, submission.submitted_at, submission.submitted_by = State.ACCEPTED, said_at, by
    submission.counts_from = said_at
    await ctx.uow.flush()
    await _acknowledge(ctx, duty, submission, at=said_at, files=())
    return submission


async def _acknowledge(
    ctx: Context,
    duty: Duty,
    draft: Submission,
    *,
    at: datetime,
    files: tuple[tuple[str, str], ...],
) -> ReceiptView:
    punctuality = duty.days.punctuality(ctx.local(draft.counts_from or at))
    receipt = Receipt(
        code=_receipt_code(duty),
        submission_id=draft.id,
        at=at,
        on_time=punctuality is Punctuality.ON_TIME,
        extended_to=duty.days.extended if punctuality is Punctuality.EXTENDED else None,
        sha256="",
        legal_basis=await basis_of(ctx, duty, day=ctx.calendar.day_of(at)),
    )
    sealed = await seal_submission(ctx, duty, draft, receipt)
    receipt.sha256 = sealed.root
    await ctx.uow.submissions.add_receipt(receipt)
    audit(
        ctx,
        AuditAction.HANDED_IN,
        about=receipt.code,
        unit_id=duty.unit_id,
        duty=duty.id,
        submission=draft.id,
        at=utc_timestamp(at),
        on_time=receipt.on_time,
        extended_to=receipt.extended_to,
        sha256=receipt.sha256,
        on_paper=draft.slot == ON_PAPER,
        sealed=True,
    )
    await queue_completion(ctx, duty)
    await refresh_scoreboards(ctx, duty)
    view = await view_receipt(ctx, duty, draft, receipt, files=files)
    return replace(view, lists_files=not any(kind_of(name)[0] is SealPart.FILE for name in sealed.digests))


def _receipt_code(duty: Duty) -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(4))
    return f"{PREFIXES[duty.kind]}{duty.year % 100:02}-{letters}"


@command
async def withdraw(ctx: Context, submission_id: int) -> None:
    """Withdraw a submission to correct it.

    Raises Refusal if it is not handed in, is accepted already, or its due day has passed.
    """
    draft = await submission_for_update(ctx, submission_id)
    if draft is None:
        raise Refusal("duty-gone", "Nội dung này không còn nữa.", way=Way.DUTIES)
    duty = await duty_for(ctx, draft.duty_id, right=Right.SUBMIT)

    if draft.state in TAKEN_IN:
        raise Refusal(
            "submission-accepted", "Cơ quan thường trực đã tiếp nhận, nên không rút lại được.", way=Way.ASK_CORRECTION
        )
    if draft.state not in HANDED_IN:
        raise Refusal("not-handed-in", "Nội dung này chưa nộp, anh/chị cứ sửa tiếp.")
    if not may_withdraw(draft.state, is_over=is_over(duty.due_day, at=ctx.local(ctx.now))):
        raise Refusal("deadline-passed", "Đã qua hạn nên không rút lại được nữa.", way=Way.CALL_TO_CORRECT)

    draft.state, draft.declares_nothing = MOVES[draft.state, Action.WITHDRAW].to, False
    draft.submitted_at = draft.submitted_by = draft.counts_from = None
    touch(ctx, draft)
    withdrawn = await ctx.uow.submissions.last_receipt(draft.id)
    audit(
        ctx, AuditAction.WITHDRAWN, about=withdrawn.code if withdrawn else "", unit_id=duty.unit_id, submission=draft.id
    )
    await refresh_scoreboards(ctx, duty)
    await ctx.uow.commit()
