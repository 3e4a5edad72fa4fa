"""The message of each working morning to standing bodies and first reviewers."""

from collections.abc import Mapping
from datetime import time

from domain.duties.reminders import may_send
from domain.roles import Right, Role, roles_with
from models.message_kinds import MessageKind, Refs
from usecases.context import Context, command, query
from usecases.outbox.queueing import Notice, OutboxAddress, accounts_of, put_message
from usecases.reviews.queue import WAITING_STATES
from usecases.submissions.first_reviewers import first_reviewers, names_first_reviewers


async def queue_mornings(ctx: Context) -> None:
    """Queue today's message to each reader, once a day and only in hours when the bot may write.

    A message that an outage delayed is replaced by today's; its content is read when it is sent.
    """
    # Finding the readers takes far longer than writing, and this way nobody who writes has to wait for it.
    if may_send(ctx.now, last_valid_day=None, calendar=ctx.calendar) and (readers := await _find_readers(ctx)):
        await _queue_to(ctx, readers)


@command
async def _queue_to(ctx: Context, readers: Mapping[int, OutboxAddress]) -> None:
    if await _is_queued(ctx):
        return
    for person_id, to in readers.items():
        refs: Refs = {"person": person_id}
        await put_message(ctx, Notice(MessageKind.MORNING, f"morning:{person_id}", refs), to, again=True)
    await ctx.uow.commit()


async def _is_queued(ctx: Context) -> bool:
    return await ctx.uow.outbox.is_queued_since(MessageKind.MORNING, ctx.calendar.at(ctx.today, time.min))


@query
async def _find_readers(ctx: Context) -> Mapping[int, OutboxAddress]:
    """Return {person_id: their chat} of all standing bodies, and of first reviewers for whom something waits.

    It is empty if today's message is queued already.
    """
    if await _is_queued(ctx):
        return {}
    clerks = await ctx.uow.officers.in_roles((Role.STANDING_BODY,), day=ctx.today)
    authorities = sorted({post.unit_id for post, _ in clerks})
    naming = [authority_id for authority_id in authorities if await names_first_reviewers(ctx, authority_id)]
    waiting = await ctx.uow.reviews.waiting(naming, WAITING_STATES, day=ctx.today) if naming else ()
    firsts = {first.unit_id for first in (await first_reviewers(ctx, waiting)).values()}
    found = await accounts_of(ctx, sorted(firsts), roles_with(Right.CHECK)) if firsts else {}
    found |= {post.person_id: account for post, account in reversed(clerks)}
    return {person_id: OutboxAddress(account.channel, account.chat_id) for person_id, account in found.items()}
