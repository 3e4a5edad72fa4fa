"""The rights of reviewers on one submission: who may decide what now, and why not."""

from dataclasses import dataclass
from datetime import datetime

from domain.audit import AuditAction
from domain.errors import AlreadyDone, Refusal, Way
from domain.submissions.submissions import Action, ReviewPart, State, moved, undone
from models.duties.duties import Duty
from models.reviews.reviews import Review
from models.submissions.submissions import Submission
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context
from usecases.locks import submission_for_update
from usecases.reviews.acceptance_notices import put_acceptance
from usecases.submissions.first_reviewers import FirstReviewer, first_reviewer, parts_of


@dataclass(frozen=True, slots=True)
class ReviewCase:
    duty: Duty
    draft: Submission
    first: FirstReviewer | None
    """First reviewer, or None if the standing body reviews alone."""
    parts: frozenset[ReviewPart]
    """Parts that the actor plays in this review."""

    def may(self, action: Action) -> bool:
        return moved(self.draft.state, action, parts=self.parts) is not None

    def state_before(self, decision: Action, *, was: State | None = None) -> State | None:
        """Return the state to which the actor may undo the decision, or None if they may not.

        `was` is the state before the decision, if it was stored.
        """
        return undone(self.draft.state, decision, parts=self.parts, was=was)


_DEEDS = {
    Action.CHECK: AuditAction.CHECKED,
    Action.ACCEPT: AuditAction.ACCEPTED,
    Action.RETURN: AuditAction.RETURNED,
    Action.ALLOW_CORRECTION: AuditAction.CORRECTION_ALLOWED,
    Action.REFUSE_CORRECTION: AuditAction.CORRECTION_REFUSED,
}

_UNDOING = {
    Action.CHECK: AuditAction.CHECK_UNDONE,
    Action.ACCEPT: AuditAction.ACCEPTANCE_UNDONE,
    Action.RETURN: AuditAction.RETURN_TAKEN_BACK,
    Action.ALLOW_CORRECTION: AuditAction.CORRECTION_REOPENED,
    Action.REFUSE_CORRECTION: AuditAction.CORRECTION_REOPENED,
}


async def review_case(ctx: Context, submission_id: int) -> ReviewCase:
    """Return the submission for a reviewer. Raises Refusal if it does not exist or the actor does not review it."""
    return await _case(ctx, await ctx.uow.submissions.find(submission_id))


async def review_case_for_update(ctx: Context, submission_id: int) -> ReviewCase:
    """Do the same as `review_case`, with the duty and the submission locked."""
    return await _case(ctx, await submission_for_update(ctx, submission_id))


async def _case(ctx: Context, draft: Submission | None) -> ReviewCase:
    duty = await ctx.uow.duties.find(draft.duty_id) if draft else None
    if draft is None or duty is None:
        raise Refusal("review-gone", "Mục này không còn nữa.", way=Way.OPEN_REVIEWS)
    first = await first_reviewer(ctx, draft, duty)
    parts = parts_of(ctx, duty, first)
    if not parts - {ReviewPart.UNIT}:
        raise Refusal("review-of-another", "Mục này không do anh/chị duyệt.", way=Way.OWN_REVIEWS)
    return ReviewCase(duty, draft, first, parts)


async def refuse_unless_allowed(ctx: Context, case: ReviewCase, action: Action, *, seen: int) -> State:
    """Return the state to which the action leads; `seen` is the revision that the reviewer looked at.

    Raises AlreadyDone if the state does not allow the action, Refusal if the submission has changed since.
    """
    to = moved(case.draft.state, action, parts=case.parts)
    if to is None:
        raise await why_not(ctx, case)
    if case.draft.revision != seen:
        raise Refusal("submission-changed", "Đơn vị vừa nộp lại nội dung này. Anh/chị xem lại rồi bấm lần nữa.")
    return to


async def why_not(ctx: Context, case: ReviewCase) -> AlreadyDone:
    """Return the refusal that says who has dealt with the submission already, or what it waits for."""
    unit = (await ctx.uow.units.names({case.duty.unit_id}))[case.duty.unit_id]
    last = await ctx.uow.reviews.last(case.draft.id)
    names = await ctx.uow.officers.names({last.by} if last else set())
    by = f"{names[last.by]} đã {{}} nội dung này lúc {hour_of(ctx, last.at)}" if last else "Nội dung này đã được {}"
    return AlreadyDone("review-moved-on", _moved_on(case, unit, by), way=Way.OTHER_REVIEWS)


def _moved_on(case: ReviewCase, unit: str, by: str) -> str:
    match case.draft.state:
        case State.DRAFT:
            return f"{unit} đã rút lại nội dung này, hiện không có gì để duyệt."
        case State.DISCARDED:
            return f"{unit} đã bỏ hồ sơ này."
        case State.RETURNED:
            return f"{by.format('trả lại')}, đang chờ {unit} sửa."
        case State.CHECKED:
            return f"{by.format('xem')} và chuyển cơ quan thường trực."
        case State.SUBMITTED:
            return f"Mục này {case.first.name if case.first else 'cơ quan thường trực'} thẩm định trước."
        case _:
            return f"{by.format('tiếp nhận')}."


def hour_of(ctx: Context, instant: datetime) -> str:
    return f"{ctx.local(instant):%H:%M, %d/%m}"


async def decide(ctx: Context, case: ReviewCase, action: Action, *, to: State) -> Review:
    """Move the submission to `to`, store the review, and queue the notice of an acceptance. Does not commit."""
    if action is Action.ACCEPT:
        await put_acceptance(ctx, case.duty, case.draft)
    return await _move(ctx, case, action, _DEEDS[action], to=to)


async def take_back(ctx: Context, case: ReviewCase, decision: Action, *, to: State, reason: str | None) -> Review:
    """Move the submission to `to`, its state before the decision, and store the undoing. Does not commit."""
    review = await _move(ctx, case, Action.UNDO, _UNDOING[decision], to=to)
    review.reason = reason
    return review


async def _move(ctx: Context, case: ReviewCase, action: Action, deed: AuditAction, *, to: State) -> Review:
    case.draft.state = to
    review = Review(submission_id=case.draft.id, action=action, by=acting_person(ctx), at=ctx.now)
    ctx.uow.reviews.add(review)
    receipt = await ctx.uow.submissions.last_receipt(case.draft.id)
    about = receipt.code if receipt else ""
    audit(ctx, deed, about=about, unit_id=case.duty.unit_id, submission=case.draft.id)
    return review
