"""Taking in what was handed in: one submission, or at once all in which nothing is far off."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.submissions.submissions import Action, State
from usecases.context import Context, command
from usecases.duties.views import DutyView, view_duties
from usecases.reviews.access import ReviewCase, decide, refuse_unless_allowed, review_case_for_update
from usecases.reviews.sheet import lines_of


class Mark(StrEnum):
    """Why something is not taken in together with others."""

    OUTLIER = "OUTLIER"
    """A figure is far off."""
    PAPER = "PAPER"
    """Files cannot be compared; somebody has to open them."""
    NOTHING = "NOTHING"
    """The unit declares that it has nothing to hand in."""
    CORRECTION = "CORRECTION"
    """The unit asks to change what was accepted."""


@dataclass(frozen=True, slots=True)
class ApprovedView:
    duty: DutyView
    is_accepted: bool
    """False where it was passed on to the standing body."""


@command
async def approve(ctx: Context, submission_id: int, *, seen: int) -> ApprovedView:
    """Accept it; a first reviewer passes it on. `seen` is the revision that was looked at."""
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
    """Approve each of these, by submission and revision, that is still as it was seen; says how many."""
    approved, batch = 0, None
    # Two reviewers with lists in different orders would wait for each other.
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
    """Why somebody has to read it before it is taken in; None where its figures are on the trend."""
    if case.draft.state is State.CORRECTING:
        return Mark.CORRECTION
    lines = await lines_of(ctx, case.duty, case.draft)
    if not lines:
        return Mark.NOTHING
    if any(line.is_paper for line in lines):
        return Mark.PAPER
    return Mark.OUTLIER if any(line.outliers for line in lines) else None
