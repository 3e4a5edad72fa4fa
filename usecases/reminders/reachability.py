"""Who can be written to, as the messengers answer; people who come back are told in one message what they missed."""

from collections.abc import Iterable
from datetime import datetime

from domain.audit import AuditAction
from domain.duties.reachability import Loss
from models.message_kinds import MessageKind
from models.people.officers import Account
from usecases.audit import audit
from usecases.context import Context, command
from usecases.outbox.queueing import put_digest
from usecases.outbox.sending import LOST, QueuedMessage
from usecases.reminders.queueing import queue_reminder_for

_REMINDING = frozenset({MessageKind.REMINDER, MessageKind.NUDGE})
_SENT_WHOLE = frozenset({MessageKind.ANNOUNCEMENT})
"""Kinds that are sent again as they are: they are long and have files, so they do not fit into one message."""


@command
async def lose_touch(ctx: Context, *, channel: str, chat_id: int, loss: Loss) -> None:
    """Remember that no message reaches this chat any more, and since when."""
    account = await ctx.uow.officers.account(channel, chat_id)
    if account is not None and account.loss is not loss:
        _lose(ctx, account, loss)
        await ctx.uow.commit()


@command
async def miss(ctx: Context, queued: QueuedMessage, *, loss: Loss) -> None:
    """Remember that the messenger refused this message for good: what it reminded of counts as not said."""
    account = await ctx.uow.officers.account(queued.channel, queued.chat_id)
    if account is None:
        return
    _lose(ctx, account, loss)
    if queued.kind is MessageKind.REMINDER:
        day = ctx.calendar.day_of(queued.created_at)
        await ctx.uow.reminders.forget_undelivered(account.person_id, queued.refs_of("duties"), since=day)
    await ctx.uow.commit()


def _lose(ctx: Context, account: Account, loss: Loss) -> None:
    if account.loss is not loss:
        audit(ctx, AuditAction.TOUCH_LOST, about=account.person_id, channel=account.channel, loss=loss)
    account.blocked_at, account.loss = account.blocked_at or ctx.now, loss


@command
async def come_back(ctx: Context, *, channel: str, chat_id: int) -> None:
    """Tell a person who unblocked the bot, or wrote to it, what did not reach them."""
    account = await ctx.uow.officers.account(channel, chat_id)
    if account is None or account.blocked_at is None:
        return
    lost_at, account.blocked_at, account.loss = account.blocked_at, None, None
    audit(ctx, AuditAction.TOUCH_REGAINED, about=account.person_id, channel=account.channel)
    await ctx.uow.flush()
    await _say_again(ctx, account, since=lost_at)
    await ctx.uow.commit()


async def move_account(ctx: Context, account: Account, *, to: int) -> None:
    """Send to the person's new chat all that was queued or lost for the old one. Does not commit."""
    await ctx.uow.outbox.readdress(account.channel, account.chat_id, to=to)
    lost_at, account.blocked_at, account.loss = account.blocked_at, None, None
    account.chat_id = to
    await ctx.uow.flush()
    if lost_at is not None:
        audit(ctx, AuditAction.TOUCH_REGAINED, about=account.person_id, channel=account.channel)
        await _say_again(ctx, account, since=lost_at)


async def _say_again(ctx: Context, account: Account, *, since: datetime) -> None:
    ended = await ctx.uow.outbox.ended(account.channel, account.chat_id, outcome=LOST, since=since)
    for message in ended:
        if message.kind in _SENT_WHOLE:
            message.done_at = message.outcome = None
            message.attempts, message.due_at = 0, ctx.now
    if lost := [message for message in ended if message.kind not in _SENT_WHOLE]:
        duties = _ids(message.refs.get("duties") for message in lost if message.kind in _REMINDING)
        missed = {message.id for message in lost if message.kind not in _REMINDING}
        missed |= _ids(message.refs.get("missed") for message in lost)
        await put_digest(ctx, account, duties=duties, missed=missed)
    # What has come meanwhile goes into the same message.
    await queue_reminder_for(ctx, account.person_id)


def _ids(found: Iterable[object]) -> set[int]:
    return {id_ for ids in found if isinstance(ids, list) for id_ in ids}
