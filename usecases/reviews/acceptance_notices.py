"""Telling units what was accepted: at most one message a day to each person, with all acceptances of the day."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import Refusal
from domain.roles import Right
from domain.submissions.returns import acceptance_notice_hour
from domain.submissions.submissions import TAKEN_IN
from models.duties.duties import Duty
from models.outbox import MessageKind, Refs
from models.submissions.submissions import Submission
from usecases.context import Context, query
from usecases.duties.views import DutyView, duty_for, view_duties
from usecases.outbox.queueing import Notice, ids_waiting, put_message
from usecases.reachability.unit_notices import people_of


@dataclass(frozen=True, slots=True)
class AcceptedView:
    duty: DutyView
    receipt: str | None
    """Code of the receipt, or None if there is none."""


async def put_acceptance(ctx: Context, duty: Duty, draft: Submission) -> None:
    """Add the submission to today's message to the person who handed it in, or their deputy. Does not commit."""
    after = acceptance_notice_hour(ctx.now, calendar=ctx.calendar) - ctx.now
    for person_id, (_, account) in (await people_of(ctx, duty.unit_id, first=draft.submitted_by)).items():
        key = f"accepted:{person_id}"
        standing = await ctx.uow.outbox.keyed_for_update(key)
        refs: Refs = {"person": person_id, "submissions": sorted({draft.id, *ids_waiting(standing, "submissions")})}
        await put_message(ctx, Notice(MessageKind.ACCEPTED, key, refs, after=after), account, again=True)


@query
async def read_acceptances(ctx: Context, submission_ids: Sequence[int]) -> tuple[AcceptedView, ...]:
    """Return the submissions that are still accepted and whose units the actor may see; others are left out."""
    found = []
    for submission_id in submission_ids:
        draft = await ctx.uow.submissions.find(submission_id)
        if draft is None or draft.state not in TAKEN_IN:
            continue
        try:
            duty = await duty_for(ctx, draft.duty_id, right=Right.SEE_UNIT)
        except Refusal:
            # The reader may have left that unit since the message was queued.
            continue
        receipt = await ctx.uow.submissions.last_receipt(draft.id)
        found.append(AcceptedView((await view_duties(ctx, [duty]))[0], receipt.code if receipt else None))
    return tuple(found)
