"""The message of each working morning to standing bodies and first reviewers."""

from datetime import time

from domain.duties.reminders import may_send
from domain.roles import Right, Role, roles_with
from models.outbox import MessageKind, Refs
from models.people.officers import Account
from usecases.context import Context, command
from usecases.outbox.queueing import Notice, accounts_of, put_message
from usecases.reviews.queue import WAITING_STATES
from usecases.submissions.first_reviewers import first_reviewers


@command
async def queue_mornings(ctx: Context) -> None:
    """Queue today's message to each reader, once a day and only in hours when the bot may write.

    A message that an outage delayed is replaced by today's; its content is read when it is sent.
    """
    if not may_send(ctx.now, last_valid_day=None, calendar=ctx.calendar):
        return
    if await ctx.uow.outbox.is_queued_since(MessageKind.MORNING, ctx.calendar.at(ctx.today, time.min)):
        return
    for person_id, account in (await _readers(ctx)).items():
        refs: Refs = {"person": person_id}
        await put_message(ctx, Notice(MessageKind.MORNING, f"morning:{person_id}", refs), account, again=True)
    await ctx.uow.commit()


async def _readers(ctx: Context) -> dict[int, Account]:
    """Return {person_id: account} of all standing bodies, and of first reviewers for whom something waits."""
    clerks = await ctx.uow.officers.in_roles((Role.STANDING_BODY,), day=ctx.today)
    authorities = sorted({post.unit_id for post, _ in clerks})
    waiting = await ctx.uow.reviews.waiting(authorities, WAITING_STATES, day=ctx.today)
    firsts = {first.unit_id for first in (await first_reviewers(ctx, waiting)).values()}
    found = await accounts_of(ctx, sorted(firsts), roles_with(Right.CHECK)) if firsts else {}
    return found | {post.person_id: account for post, account in reversed(clerks)}
