"""The days of a dossier's public posting, stated by the unit."""

from domain.dossiers.postings import read_posting
from domain.errors import Refusal
from domain.roles import Right
from usecases.context import Context, command
from usecases.dossiers.checklist import found_dossier_for_update
from usecases.plans.loading import plan_in_force
from usecases.submissions.drafts import refuse_unless_editable, touch
from usecases.submissions.required_papers import award_of


@command
async def state_posting(ctx: Context, submission_id: int, text: str) -> None:
    """State the days of the posting as typed: «1/11-10/11».

    Raises Refusal if the award asks for none, if the text is no two days, if the posting is not over or too short, and
    if the dossier cannot be edited.
    """
    duty, draft = await found_dossier_for_update(ctx, submission_id, right=Right.SUBMIT)
    refuse_unless_editable(ctx, duty, draft)
    nomination = await ctx.uow.dossiers.nomination(draft.id)
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    posting = award_of(plan, nomination.award).posting if nomination else None
    if nomination is None or posting is None:
        raise Refusal("posting-not-asked", "Hồ sơ này không cần niêm yết công khai.")

    days = read_posting(text, posting, today=ctx.today, calendar=ctx.calendar)
    nomination.posted_from, nomination.posted_through = days
    touch(ctx, draft)
    await ctx.uow.commit()
