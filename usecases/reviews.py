"""Taking in what was handed in: one submission, or at once all in which nothing is far off."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.submissions import Action
from usecases.context import Context, action
from usecases.duties import DutyView, view_duties
from usecases.review_cases import Case, case_for_update, decide, refuse_unless_allowed
from usecases.review_sheets import lines_of


@dataclass(frozen=True, slots=True)
class ApprovedView:
    duty: DutyView
    is_accepted: bool
    """False where it was passed on to the standing body."""


@action
async def approve(ctx: Context, submission_id: int, *, seen: int) -> ApprovedView:
    """Accept it; a first reviewer passes it on. `seen` is the revision that was looked at."""
    case = await case_for_update(ctx, submission_id)
    act = _approval(case)
    to = await refuse_unless_allowed(ctx, case, act, seen=seen)

    await decide(ctx, case, act, to=to)
    view = ApprovedView((await view_duties(ctx, [case.duty]))[0], is_accepted=act is Action.ACCEPT)
    await ctx.uow.commit()
    return view


def _approval(case: Case) -> Action:
    return Action.CHECK if case.may(Action.CHECK) else Action.ACCEPT


@action
async def approve_unmarked(ctx: Context, seen: Mapping[int, int]) -> int:
    """Approve each of these, by submission and revision, that is still as it was seen; says how many."""
    approved, batch = 0, None
    # Two reviewers with lists in different orders would wait for each other.
    for submission_id, revision in sorted(seen.items()):
        case = await case_for_update(ctx, submission_id)
        act = _approval(case)
        if case.draft.revision == revision and case.may(act) and await is_unmarked(ctx, case):
            to = await refuse_unless_allowed(ctx, case, act, seen=revision)
            review = await decide(ctx, case, act, to=to)
            await ctx.uow.flush()
            batch = review.batch = batch or review.id
            approved += 1
    await ctx.uow.commit()
    return approved


async def is_unmarked(ctx: Context, case: Case) -> bool:
    """Whether nothing in it is far off. Figures can be compared; papers have to be read by somebody."""
    lines = await lines_of(ctx, case.duty, case.draft)
    return bool(lines) and not any(line.outliers or line.is_paper for line in lines)
