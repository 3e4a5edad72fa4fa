"""Undoing a reviewer's decision: a return before its correction, an acceptance with a reason, a batch at once."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import Refusal, Way
from domain.roles import Right
from domain.submissions.returns import UNDO_BATCH_WITHIN
from domain.submissions.submissions import NEEDS_REASON, Action, State
from domain.typed_input.words import read_sentence
from models.message_kinds import MessageKind
from models.reviews.correction_requests import CorrectionRequest
from models.reviews.returns import Return
from models.reviews.reviews import Review
from usecases.actor import acting_person
from usecases.context import Context, command, query
from usecases.duties.views import DutyView, duty_for, view_duties
from usecases.groups.scoreboards import refresh_scoreboards
from usecases.reachability.unit_notices import UnitNotice, notify_unit
from usecases.reviews.access import ReviewCase, hour_of, review_case, review_case_for_update, take_back, why_not

REASON_EXAMPLE = "Tiếp nhận nhầm, cần xem lại dòng thu ngân sách"


@dataclass(frozen=True, slots=True)
class DecisionView:
    """The last decision on a submission."""

    id: int
    action: Action
    by: str
    at: datetime
    needs_reason: bool
    """Whether undoing it needs a reason."""
    corrected_at: datetime | None
    """When the unit began to correct the returned items, so that the return cannot be undone any more."""
    may_undo: bool


@dataclass(frozen=True, slots=True)
class UndoneView:
    duty: DutyView
    decision: Action
    told: UnitNotice | None
    """People who were told of the undoing, or None if the unit had not been told of the decision."""


@dataclass(frozen=True, slots=True)
class UndoNews:
    """A decision that was undone, as the unit is told of it."""

    duty: DutyView
    decision: Action
    reason: str | None


@dataclass(frozen=True, slots=True)
class BatchView:
    """Submissions that the actor accepted at once and may still undo."""

    id: int
    count: int
    minutes_left: int


@query
async def read_decision(ctx: Context, submission_id: int) -> DecisionView | None:
    """Return the last decision on the submission, or None if there is none or it was undone.

    Raises Refusal if the actor does not review the submission.
    """
    case = await review_case(ctx, submission_id)
    last = await ctx.uow.reviews.last(submission_id)
    if last is None or last.action is Action.UNDO:
        return None
    corrected_at = await _corrected_at(ctx, case)
    return DecisionView(
        id=last.id,
        action=last.action,
        by=(await ctx.uow.officers.names({last.by}))[last.by],
        at=ctx.local(last.at),
        needs_reason=last.action in NEEDS_REASON,
        corrected_at=corrected_at,
        may_undo=case.state_before(last.action) is not None and corrected_at is None,
    )


async def _corrected_at(ctx: Context, case: ReviewCase) -> datetime | None:
    back = await ctx.uow.returns.last(case.draft.id) if case.draft.state is State.RETURNED else None
    began = back is not None and case.draft.changed_at > back.at
    return ctx.local(case.draft.changed_at) if began else None


@command
async def undo_decision(ctx: Context, submission_id: int, *, decision: int, reason: str | None = None) -> UndoneView:
    """Move the submission to its state before this decision, and tell the unit if it was told of the decision.

    A person may undo every decision that they may make. Raises Refusal if something else has happened since, the unit
    has begun to correct the returned items, or a reason is missing.
    """
    case = await review_case_for_update(ctx, submission_id)
    last = await ctx.uow.reviews.last(submission_id)
    if last is None or last.id != decision:
        raise await _why_outdated(ctx, case, last)
    said = read_sentence(reason or "", example=REASON_EXAMPLE) if last.action in NEEDS_REASON else None
    to = await _refuse_unless_undoable(ctx, case, last)

    review = await take_back(ctx, case, last.action, to=to, reason=said)
    await ctx.uow.flush()
    told = await _revoke(ctx, case, last, review)
    await refresh_scoreboards(ctx, case.duty)
    view = UndoneView((await view_duties(ctx, [case.duty]))[0], last.action, told)
    await ctx.uow.commit()
    return view


async def _why_outdated(ctx: Context, case: ReviewCase, last: Review | None) -> Refusal:
    if last is not None and last.action is Action.UNDO:
        name = (await ctx.uow.officers.names({last.by}))[last.by]
        return Refusal(
            "decision-undone",
            f"{name} đã hoàn tác quyết định này lúc {hour_of(ctx, last.at)}.",
            way=Way.REVIEWS_WAITING,
        )
    return await why_not(ctx, case)


async def _refuse_unless_undoable(ctx: Context, case: ReviewCase, last: Review) -> State:
    unit = (await ctx.uow.units.names({case.duty.unit_id}))[case.duty.unit_id]
    if corrected_at := await _corrected_at(ctx, case):
        raise Refusal(
            "correction-begun",
            f"{unit} đã bắt đầu sửa lúc {hour_of(ctx, corrected_at)} nên không thu hồi được nữa. "
            "Đơn vị nộp lại thì bot báo anh/chị.",
        )
    back = await ctx.uow.returns.last(case.draft.id) if case.draft.state is State.RETURNED else None
    to = case.state_before(last.action, was=back.was if back else None)
    if to is None and case.draft.state in (State.SUBMITTED, State.CHECKED):
        raise Refusal(
            "corrected-and-handed-in", f"{unit} đã sửa và nộp lại, không hoàn tác được nữa.", way=Way.NEW_SUBMISSION
        )
    if to is None and case.draft.state is State.CORRECTING:
        raise Refusal("correction-asked", f"{unit} đang xin sửa nội dung này.", way=Way.ANSWER_CORRECTION)
    if to is None and case.draft.state in (State.DRAFT, State.DISCARDED):
        raise await why_not(ctx, case)
    if to is None:
        raise Refusal("decision-of-another", "Chỉ nơi đã quyết định mới hoàn tác được.", way=Way.OWN_REVIEWS)
    return to


async def _revoke(ctx: Context, case: ReviewCase, last: Review, review: Review) -> UnitNotice | None:
    """Void the return or the answer that the decision made, and tell the unit if it was told of the decision."""
    back = await ctx.uow.returns.last(case.draft.id)
    asked = await ctx.uow.correction_requests.last(case.draft.id)
    match last.action:
        case Action.RETURN if back:
            return await _take_back_return(ctx, case, back, review)
        case Action.ALLOW_CORRECTION if back and asked:
            _reopen(asked)
            return await _take_back_return(ctx, case, back, review)
        case Action.REFUSE_CORRECTION if asked:
            _reopen(asked)
            return await _tell(ctx, case, review, unless_unsent=f"correction-refused:{asked.id}:", first=asked.by)
        case Action.ACCEPT:
            return await _tell(ctx, case, review, first=case.draft.submitted_by)
    return None


async def _take_back_return(ctx: Context, case: ReviewCase, back: Return, review: Review) -> UnitNotice | None:
    back.taken_back_at = ctx.now
    return await _tell(ctx, case, review, unless_unsent=f"returned:{back.id}:", first=case.draft.submitted_by)


def _reopen(asked: CorrectionRequest) -> None:
    asked.answer = asked.decided_by = asked.decided_at = None


async def _tell(
    ctx: Context, case: ReviewCase, review: Review, *, first: int | None, unless_unsent: str | None = None
) -> UnitNotice | None:
    if unless_unsent is not None and not await ctx.uow.outbox.was_attempted(unless_unsent):
        return None
    key = f"undone:{review.id}"
    return await notify_unit(ctx, MessageKind.DECISION_UNDONE, case.duty, key=key, first=first, review=review.id)


@query
async def read_undo(ctx: Context, review_id: int) -> UndoNews:
    """Return the undone decision. Raises Refusal if it does not exist or the actor may not see the unit."""
    found = await ctx.uow.reviews.undoing(review_id)
    draft = await ctx.uow.submissions.find(found[0].submission_id) if found else None
    if found is None or draft is None:
        raise Refusal("duty-gone", "Việc này không còn nữa.", way=Way.DUTIES)
    duty = await duty_for(ctx, draft.duty_id, right=Right.SEE_UNIT)
    review, decision = found
    return UndoNews((await view_duties(ctx, [duty]))[0], decision.action, review.reason)


@query
async def read_batch(ctx: Context) -> BatchView | None:
    """Return the actor's last batch of the last ten minutes, or None if nothing of it is left to undo."""
    reviews = await ctx.uow.reviews.last_batch(acting_person(ctx), since=ctx.now - UNDO_BATCH_WITHIN)
    last = [await ctx.uow.reviews.last(review.submission_id) for review in reviews]
    left = [review for review, newest in zip(reviews, last, strict=True) if newest and newest.id == review.id]
    if not left:
        return None
    seconds = (left[0].at + UNDO_BATCH_WITHIN - ctx.now).total_seconds()
    return BatchView(left[0].batch or 0, len(left), minutes_left=max(1, int(seconds // 60)))


@command
async def undo_batch(ctx: Context, batch: int) -> int:
    """Undo every acceptance of the batch that is still the last decision; return the number undone.

    Raises Refusal if the batch is not the actor's, is older than ten minutes, or nothing is left to undo.
    """
    reviews = await ctx.uow.reviews.of_batch(batch)
    if not reviews or reviews[0].by != acting_person(ctx):
        raise Refusal(
            "batch-of-another", "Chỉ người đã tiếp nhận cả loạt mới hoàn tác được cả loạt.", way=Way.REVIEWS_WAITING
        )
    at = reviews[0].at
    if ctx.now - at > UNDO_BATCH_WITHIN:
        raise Refusal(
            "batch-too-old",
            f"Đã quá 10 phút từ lúc tiếp nhận ({hour_of(ctx, at)}), không hoàn tác cả loạt được nữa. ",
            way=Way.REOPEN_DECIDED,
        )

    undone = sum([await _undo_one(ctx, review) for review in reviews])
    if not undone:
        raise Refusal(
            "batch-moved-on", "Không còn mục nào để hoàn tác: các mục này đã được xử lý tiếp.", way=Way.REVIEWS_WAITING
        )
    await ctx.uow.commit()
    return undone


async def _undo_one(ctx: Context, review: Review) -> bool:
    case = await review_case_for_update(ctx, review.submission_id)
    last = await ctx.uow.reviews.last(review.submission_id)
    to = case.state_before(review.action)
    if last is None or last.id != review.id or to is None:
        return False
    await take_back(ctx, case, review.action, to=to, reason=None)
    await refresh_scoreboards(ctx, case.duty)
    return True
