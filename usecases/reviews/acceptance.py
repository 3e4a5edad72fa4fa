"""Accepting submissions: one at a time, or all at once that nobody has to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.submissions.submissions import Action, State
from usecases.context import Context, command
from usecases.duties.views import DutyView, view_duties
from usecases.reviews.access import ReviewCase, decide, refuse_unless_allowed, review_case_for_update
from usecases.reviews.sheet import lines_of


class Mark(StrEnum):
    """Why a submission is not accepted in a batch."""

    OUTLIER = "OUTLIER"
    """A figure is an outlier."""
    PAPER = "PAPER"
    """It has files, which somebody has to open."""
    NOTHING = "NOTHING"
    """The unit declares that it proposes nobody."""
    CORRECTION = "CORRECTION"
    """The unit asks to correct what was accepted."""


@dataclass(frozen=True, slots=True)
class ApprovedView:
    duty: DutyView
    is_accepted: bool
    """False if a first reviewer passed it on to the standing body."""


@command
async def approve(ctx: Context, submission_id: int, *, seen: int) -> ApprovedView:
    """Accept the submission, or pass it on to the standing body if the actor is its first reviewer.

    `seen` is the revision that the reviewer looked at. Raises Refusal if the actor may not decide, or the submission
    has changed since.
    """
    case = await review_case_for_update(ctx, submission_id)
    act = _approval(case)
    to = await refuse_unless_allowed(ctx, case, act, seen=seen)

    await decide(ctx, case, act, to=to)
    view = ApprovedView((await view_duties(ctx, [case.duty]))[0], is_accepted=act is Action.ACCEPT)
    await ctx.uow.commit()
    return view


def _approval(case: ReviewCase) -> Action:
    return Action.CHECK if case.may(Action.CHECK) else Action.ACCEPT


@command
async def approve_unmarked(ctx: Context, seen: Mapping[int, int]) -> int:
    """Approve every submission of `seen` ({submission_id: revision}) that is unchanged; return the number approved.

    Submissions that the actor may not decide, or that got a mark since, are left out.
    """
    approved, batch = 0, None
    # Locks are taken in the order of ids, so that two reviewers at once cannot deadlock.
    for submission_id, revision in sorted(seen.items()):
        case = await review_case_for_update(ctx, submission_id)
        act = _approval(case)
        if case.draft.revision == revision and case.may(act) and await mark_of(ctx, case) is None:
            to = await refuse_unless_allowed(ctx, case, act, seen=revision)
            review = await decide(ctx, case, act, to=to)
            await ctx.uow.flush()
            batch = review.batch = batch or review.id
            approved += 1
    await ctx.uow.commit()
    return approved


async def mark_of(ctx: Context, case: ReviewCase) -> Mark | None:
    """Return why somebody has to read the submission before it is accepted, or None if nobody has to."""
    if case.draft.state is State.CORRECTING:
        return Mark.CORRECTION
    lines = await lines_of(ctx, case.duty, case.draft)
    if not lines:
        return Mark.NOTHING
    if any(line.is_paper for line in lines):
        return Mark.PAPER
    return Mark.OUTLIER if any(line.outliers for line in lines) else None
