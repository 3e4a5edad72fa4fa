"""Handing in, whatever it is: one draft per duty and slot, one truth for all officers of a unit, one receipt."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.audit import AuditAction
from domain.duties.duties import days_left
from domain.duties.extensions import Punctuality
from domain.errors import Refusal, Way
from domain.plans.deadlines import DutyKind
from domain.roles import Right, roles_with
from domain.submissions.submissions import EDITABLE, HANDED_IN, MOVES, ON_PAPER, TAKEN_IN, Action, State, may_withdraw
from domain.typed_input.codes import LETTERS, read_receipt_code
from models.duties.duties import Duty
from models.outbox import MessageKind
from models.submissions.reviews import Return
from models.submissions.submissions import Receipt, Submission
from usecases.actor import acting_person
from usecases.audit import audit, utc_timestamp
from usecases.context import Context, command, query
from usecases.duties.views import duty_for
from usecases.groups.scoreboards import refresh_scoreboards
from usecases.locks import submission_for_update
from usecases.outbox.queueing import accounts_of, notify
from usecases.seals.sealing import seal_submission
from usecases.submissions.first_reviewers import first_reviewer
from usecases.submissions.legal_basis import BasisView, basis_of, view_basis
from usecases.submissions.required_papers import paper_names
from usecases.submissions.returned_items import mark_corrected, refuse_locked, refuse_uncorrected

PREFIXES = {
    DutyKind.PLEDGE: "GU",
    DutyKind.PLAN: "KH",
    DutyKind.REPORT: "BC",
    DutyKind.DOSSIER: "HS",
    DutyKind.TASK: "NV",
}
REVIEWING = (*roles_with(Right.CHECK), *roles_with(Right.RECEIVE))


@dataclass(frozen=True, slots=True)
class ReceiptView:
    code: str
    submission_id: int
    title: str
    unit_name: str
    at: datetime
    on_time: bool
    sha256: str
    files: tuple[tuple[str, str], ...] = ()
    """Name and SHA-256 of each file."""
    papers: tuple[str, ...] = ()
    """Which paper each of the files is, in the same order: «Tờ trình»; empty where that is not known any more."""
    nothing: bool = False
    """The unit declared that it has nothing to hand in."""
    on_paper: bool = False
    """The standing body has it on paper."""
    extended_to: date | None = None
    """The granted day thanks to which it was in time, where it was late by the plan."""
    still_stands: bool = True
    """False once it was withdrawn or replaced."""
    is_returned: bool = False
    """Some of it has come back to be mended."""
    basis: BasisView | None = None
    """The law under which a dossier was received; None for anything else."""
    as_of: date | None = None
    """Of an estimate: the day through which its figures are actual."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a colleague has handed in while a question was open."""

    title: str
    """With its year: «Báo cáo 6 tháng 2026»."""
    code: str
    """Of the receipt."""


class AlreadyHandedIn(Refusal):
    """A change of what has been handed in is refused."""

    def __init__(self, handed_in: HandedIn, *, way: Way) -> None:
        super().__init__("duty-handed-in", f"{handed_in.title} đã nộp rồi.", way=way)
        self.handed_in = handed_in


@dataclass(frozen=True, slots=True)
class DraftView:
    """What every draft tells of itself."""

    submission_id: int | None
    """None while nobody has begun."""
    revision: int
    state: State
    changed_by: str | None
    """The colleague who changed it last; None where it was the reader."""
    changed_at: datetime | None
    receipt: str | None
    """The last receipt's code, once handed in."""

    @property
    def is_open(self) -> bool:
        return self.state in EDITABLE

    @property
    def may_ask_correction(self) -> bool:
        return (self.state, Action.ASK_CORRECTION) in MOVES


async def draft_for(ctx: Context, duty: Duty, *, item: str | None = None) -> Submission:
    """The draft to write on, begun if need be; refuses what has been handed in, and an item that is locked."""
    await ctx.uow.duties.find_for_update(duty.id)
    return (await drafts_for(ctx, duty, item=item))[0]


async def drafts_for(ctx: Context, duty: Duty, *, item: str | None = None) -> list[Submission]:
    """The same of a duty that is locked already: the draft to write on first, then whatever else there is of it.

    Raises AlreadyHandedIn, or Refusal for a locked item.
    """
    found = await ctx.uow.submissions.all_for_update(duty.id)
    draft = next((one for one in found if not one.slot), None)
    if draft is None:
        draft = begin(ctx, duty, slot=0)
        await ctx.uow.flush()
    if draft.state is State.DISCARDED:
        draft.state = MOVES[draft.state, Action.BEGIN_AGAIN].to
    if draft.state in HANDED_IN and (receipt := await ctx.uow.submissions.last_receipt(draft.id)):
        raise AlreadyHandedIn(HandedIn(f"{duty.title} {duty.year}", receipt.code), way=_way(ctx, duty, draft))
    refuse_unless_editable(ctx, duty, draft)
    if item is not None:
        await refuse_locked(ctx, draft, item)
    return [draft, *(one for one in found if one.slot)]


def begin(ctx: Context, duty: Duty, *, slot: int) -> Submission:
    draft = Submission(
        duty_id=duty.id, slot=slot, state=State.DRAFT, revision=0, changed_at=ctx.now, changed_by=acting_person(ctx)
    )
    ctx.uow.submissions.add(draft)
    return draft


def refuse_unless_editable(ctx: Context, duty: Duty, draft: Submission) -> None:
    """Raises Refusal for what has been handed in, with the way to correct it that there is."""
    if draft.state in HANDED_IN:
        raise Refusal("duty-handed-in", f"{duty.title} {duty.year} đã nộp rồi.", way=_way(ctx, duty, draft))


def _way(ctx: Context, duty: Duty, draft: Submission) -> Way:
    if may_withdraw(draft.state, days_left=days_left(duty.due_day, today=ctx.today)):
        return Way.WITHDRAW
    ways = {State.ACCEPTED: Way.CORRECT, State.CORRECTING: Way.WAIT_FOR_ANSWER}
    return ways.get(draft.state, Way.CALL_OFFICE_TO_CORRECT)


def touch(ctx: Context, draft: Submission) -> None:
    """Mark that the draft has changed, and by whom."""
    draft.revision += 1
    draft.changed_at, draft.changed_by = ctx.now, acting_person(ctx)


async def touch_item(ctx: Context, draft: Submission, item: str) -> None:
    """The same of one item, which is mended by it where it had come back."""
    await mark_corrected(ctx, draft, item)
    touch(ctx, draft)


async def hand_in(
    ctx: Context,
    duty: Duty,
    draft: Submission,
    *,
    seen: int,
    files: tuple[tuple[str, str], ...] = (),
) -> ReceiptView:
    """Close the draft and write its receipt; refuses what has changed since revision `seen`. Does not commit."""
    refuse_unless_editable(ctx, duty, draft)
    if draft.revision != seen:
        raise Refusal(
            "submission-changed", "Vừa có người trong đơn vị sửa nội dung này. Anh/chị xem lại rồi bấm nộp lần nữa."
        )
    await refuse_uncorrected(ctx, draft)
    back = await ctx.uow.reviews.last_return(draft.id) if draft.state is State.RETURNED else None

    is_past_first = back is not None and back.was is not State.SUBMITTED
    draft.state = MOVES[draft.state, Action.HAND_BACK if is_past_first else Action.HAND_IN].to
    draft.submitted_at, draft.submitted_by = ctx.now, acting_person(ctx)
    # Who corrects of their own accord what was accepted loses nothing by it.
    is_too_late = back is not None and back.was is not State.CORRECTING and ctx.today > back.correct_by
    if back is None or draft.counts_from is None or is_too_late:
        draft.counts_from = ctx.now
    receipt = await _acknowledge(ctx, duty, draft, at=ctx.now, files=files)
    if back is not None:
        await _tell_reviewer(ctx, duty, draft, back)
    return receipt


async def _tell_reviewer(ctx: Context, duty: Duty, draft: Submission, back: Return) -> None:
    """Who sent it back, if they still serve where they did."""
    first = await first_reviewer(ctx, draft, duty)
    bodies = [duty.authority_id, *([first.unit_id] if first else [])]
    to = await accounts_of(ctx, bodies, REVIEWING, only=[back.by])
    await notify(ctx, MessageKind.RESUBMITTED, to, key=f"resubmitted:{back.id}:{draft.revision}", submission=draft.id)


async def hand_in_on_paper(ctx: Context, duty: Duty, *, said_at: datetime, by: int) -> Submission:
    """What the standing body holds on paper counts from the hour at which the officer said so. Does not commit.

    Drafts in chat stay as they are: figures may still follow.
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
    # More time may be granted at this very instant: one of the two waits for the other.
    await ctx.uow.duties.find_for_update(duty.id)
    punctuality = duty.days.punctuality(ctx.calendar.day_of(draft.counts_from or at))
    receipt = Receipt(
        code=_receipt_code(duty),
        submission_id=draft.id,
        at=at,
        on_time=punctuality is Punctuality.ON_TIME,
        extended_to=duty.days.extended if punctuality is Punctuality.EXTENDED else None,
        sha256="",
        legal_basis=await basis_of(ctx, duty, day=ctx.calendar.day_of(at)),
    )
    ctx.uow.submissions.add(receipt)
    receipt.sha256 = await seal_submission(ctx, draft.id)
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
    await refresh_scoreboards(ctx, duty)
    return await view_receipt(ctx, duty, draft, receipt, files=files)


def _receipt_code(duty: Duty) -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(4))
    return f"{PREFIXES[duty.kind]}{duty.year % 100:02}-{letters}"


async def view_receipt(
    ctx: Context, duty: Duty, draft: Submission, receipt: Receipt, *, files: tuple[tuple[str, str], ...]
) -> ReceiptView:
    names = await ctx.uow.successions.names({duty.unit_id}, day=ctx.calendar.day_of(receipt.at))
    return ReceiptView(
        code=receipt.code,
        submission_id=draft.id,
        title=f"{duty.title} {duty.year}",
        unit_name=names[duty.unit_id],
        at=ctx.local(receipt.at),
        on_time=receipt.on_time,
        sha256=receipt.sha256,
        files=files,
        nothing=draft.declares_nothing,
        on_paper=draft.slot == ON_PAPER,
        extended_to=receipt.extended_to,
        still_stands=draft.submitted_at == receipt.at,
        is_returned=draft.submitted_at == receipt.at and draft.state is State.RETURNED,
        basis=view_basis(receipt.legal_basis),
        as_of=draft.as_of if draft.submitted_at == receipt.at else None,
    )


@command
async def withdraw(ctx: Context, submission_id: int) -> None:
    """Take back what was handed in, to correct it; possible through the last valid day, and until it is accepted."""
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
    if not may_withdraw(draft.state, days_left=days_left(duty.due_day, today=ctx.today)):
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


@query
async def find_receipt(ctx: Context, code: str) -> ReceiptView:
    """The receipt that the typed code stands for, for those who may see its unit."""
    found = None
    for reading in read_receipt_code(code):
        found = found or await ctx.uow.submissions.receipt(reading)
    if found is None:
        raise Refusal("receipt-unknown", "Không có biên nhận nào mang mã này. Mã đúng có dạng BC26-7K3Q.")
    receipt, submission = found
    duty = await duty_for(ctx, submission.duty_id, right=Right.SEE_UNIT)
    papers = await ctx.uow.dossiers.papers(submission.id) if submission.submitted_at == receipt.at else ()
    files = tuple((paper.file_name, paper.sha256) for paper in papers)
    names = await paper_names(ctx, duty, submission.id) if papers else {}
    view = await view_receipt(ctx, duty, submission, receipt, files=files)
    return replace(view, papers=tuple(names.get(paper.requirement, "") for paper in papers))


@query
async def read_handed_in(ctx: Context, duty_id: int) -> HandedIn | None:
    """What stands handed in for a duty that has one submission; None while it may be changed.

    Raises Refusal unless the actor hands in for the unit.
    """
    duty = await duty_for(ctx, duty_id, right=Right.SUBMIT)
    draft = await ctx.uow.submissions.of_duty(duty.id)
    receipt = await ctx.uow.submissions.last_receipt(draft.id) if draft and draft.state in HANDED_IN else None
    return HandedIn(f"{duty.title} {duty.year}", receipt.code) if receipt else None


async def view_draft(ctx: Context, draft: Submission | None, *, known: Mapping[int, str] | None = None) -> DraftView:
    """`known` are names of people that have been read already, by person."""
    if draft is None:
        return DraftView(None, revision=0, state=State.DRAFT, changed_by=None, changed_at=None, receipt=None)
    names = known or {}
    if draft.changed_by != ctx.actor.person_id and draft.changed_by not in names:
        names = await ctx.uow.officers.names({draft.changed_by})
    receipt = await ctx.uow.submissions.last_receipt(draft.id) if draft.state in HANDED_IN else None
    return DraftView(
        submission_id=draft.id,
        revision=draft.revision,
        state=draft.state,
        changed_by=names.get(draft.changed_by) if draft.changed_by != ctx.actor.person_id else None,
        changed_at=ctx.local(draft.changed_at),
        receipt=receipt.code if receipt else None,
    )
