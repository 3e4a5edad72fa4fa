"""Telling units what was accepted: at most one message a day to each person, with all acceptances of the day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.roles import Actor, Right
from domain.submissions.returns import acceptance_notice_hour
from domain.submissions.submissions import TAKEN_IN
from models.duties.duties import Duty
from models.message_kinds import MessageKind, Refs
from models.submissions.submissions import Submission
from usecases.context import Context, query
from usecases.duties.views import DutyView, is_permitted, view_duties
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
async def read_acceptances(
    ctx: Context, asked: Sequence[tuple[Actor, Sequence[int]]]
) -> list[tuple[AcceptedView, ...]]:
    """Return, for each reader and these submissions, those that are still accepted and whose units the reader may see.

    Many are read with as few queries as one.
    """
    ids = {submission_id for _, submission_ids in asked for submission_id in submission_ids}
    drafts = [draft for draft in await ctx.uow.submissions.with_ids(ids) if draft.state in TAKEN_IN]
    duties = await ctx.uow.duties.with_ids([draft.duty_id for draft in drafts])
    views = {view.id: view for view in await view_duties(ctx, duties)}
    receipts = await ctx.uow.submissions.last_receipts([draft.id for draft in drafts])
    accepted = {
        draft.id: AcceptedView(views[draft.duty_id], receipts[draft.id].code if draft.id in receipts else None)
        for draft in drafts
    }
    return [
        await _seen_by(replace(ctx, actor=reader), [accepted[id_] for id_ in submission_ids if id_ in accepted])
        for reader, submission_ids in asked
    ]


async def _seen_by(ctx: Context, accepted: Sequence[AcceptedView]) -> tuple[AcceptedView, ...]:
    """Return those that the actor may see, who may have left the unit since the message was queued."""
    return tuple([one for one in accepted if await is_permitted(ctx, one.duty.unit_id, Right.SEE_UNIT)])
