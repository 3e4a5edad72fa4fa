"""The outbox as its sender uses it: the next messages to send, and the outcome of each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.audit import AuditAction
from models.message_kinds import MessageKind
from models.outbox import OTHERS, OutboxMessage
from usecases.audit import audit
from usecases.context import Context, command, query

LEASE = timedelta(minutes=5)
"""Time for which a worker holds a message: longer than any call to a messenger takes."""

_LONGEST_CONTEXT = timedelta(minutes=1)
"""A message may have been claimed so long after the hour of the context in which it is found."""

SENT = "sent"
NEEDLESS = "needless"
LOST = "unreachable"
"""Prefix of `outcome` for messages that the messenger refused for good."""

UNNOTED = frozenset({MessageKind.BOARD})
"""Kinds whose sending has no audit entry: a scoreboard is sent after every action, and that action has its entry."""


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    id: int
    channel: str
    chat_id: int
    kind: MessageKind
    refs: Mapping[str, int | str | list[int]]
    attempts: int
    created_at: datetime
    leased_until: datetime
    authority_id: int = OTHERS
    parts_sent: int = 0
    """Parts of it that have arrived, the text first; 0 if nothing was sent, or if it is all one part."""

    def ref(self, name: str) -> int:
        """Return an id that this kind of message always carries."""
        value = self.refs[name]
        if not isinstance(value, int):
            raise TypeError(f"{self.kind} carries no number {name!r}")
        return value

    def refs_of(self, name: str) -> list[int]:
        value = self.refs[name]
        if not isinstance(value, list):
            raise TypeError(f"{self.kind} carries no numbers {name!r}")
        return value


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that needs no more tries, and why: «sent», «needless», or what the messenger said."""

    queued: QueuedMessage
    outcome: str


@command
async def claim(
    ctx: Context,
    *,
    limit: int,
    delivered: Sequence[Delivered] = (),
    besides: Collection[int] = (),
    after: int = OTHERS,
) -> tuple[QueuedMessage, ...]:
    """Return the next due messages, `limit` at most, hidden from other workers until the lease ends.

    Chats of `besides` get none; `after` is the authority whose turn it was last. What was `delivered` meanwhile is
    settled in the same transaction.
    """
    await _settle(ctx, delivered)
    messages = await ctx.uow.outbox.claim(now=ctx.now, limit=limit, lease=LEASE, besides=besides, after=after)
    await ctx.uow.commit()
    return tuple(_queued(message) for message in messages)


def is_being_sent(ctx: Context, message: OutboxMessage) -> bool:
    """Whether a worker may be sending the message now: it is not done, and its lease has not ended."""
    return message.done_at is None and ctx.now < message.due_at <= ctx.now + LEASE + _LONGEST_CONTEXT


@query
async def read_missed(ctx: Context, queued: QueuedMessage) -> tuple[QueuedMessage, ...]:
    """Return the earlier messages that did not reach the person and are repeated with this one."""
    return tuple(_queued(message) for message in await ctx.uow.outbox.with_ids(queued.refs_of("missed")))


def _queued(message: OutboxMessage) -> QueuedMessage:
    return QueuedMessage(
        id=message.id,
        channel=message.channel,
        chat_id=message.chat_id,
        kind=message.kind,
        refs=message.refs,
        attempts=message.attempts,
        created_at=message.created_at,
        leased_until=message.due_at,
        authority_id=message.authority_id,
        parts_sent=message.parts_sent,
    )


@command
async def settle(ctx: Context, delivered: Sequence[Delivered]) -> None:
    """Note the outcomes and take the messages out of the queue, without those that were queued anew meanwhile."""
    await _settle(ctx, delivered)
    await ctx.uow.commit()


async def _settle(ctx: Context, delivered: Sequence[Delivered]) -> None:
    for one in delivered:
        queued = one.queued
        if one.outcome == SENT and queued.kind not in UNNOTED:
            audit(ctx, AuditAction.MESSAGE_SENT, about=queued.kind, message=queued.id, refs=dict(queued.refs))
    alike: dict[tuple[datetime, str], list[int]] = {}
    for one in delivered:
        alike.setdefault((one.queued.leased_until, one.outcome[:200]), []).append(one.queued.id)
    for (leased_until, outcome), message_ids in sorted(alike.items()):
        await ctx.uow.outbox.settle(message_ids, leased_until=leased_until, at=ctx.now, outcome=outcome)


async def mark_delivered(ctx: Context, queued: QueuedMessage, *, outcome: str) -> None:
    """Note the outcome and take the message out of the queue, unless it was queued anew meanwhile."""
    await settle(ctx, [Delivered(queued, outcome)])


@command
async def release(ctx: Context, claimed: Iterable[QueuedMessage]) -> None:
    """Give back messages that were not tried, so that they are due at once and not when their lease ends."""
    alike: dict[datetime, list[int]] = {}
    for queued in claimed:
        alike.setdefault(queued.leased_until, []).append(queued.id)
    for leased_until, message_ids in alike.items():
        await ctx.uow.outbox.release(message_ids, leased_until=leased_until, at=ctx.now)
    await ctx.uow.commit()


@command
async def note_parts_sent(ctx: Context, queued: QueuedMessage, *, parts: int) -> None:
    """Note that so many parts of the message have arrived, unless it was queued anew meanwhile."""
    message = await ctx.uow.outbox.get_for_update(queued.id)
    if message.due_at == queued.leased_until:
        message.parts_sent = parts
        await ctx.uow.commit()


@command
async def postpone(ctx: Context, queued: QueuedMessage, *, until: datetime, outcome: str) -> None:
    """Have the message tried again at `until`, unless it was queued anew meanwhile."""
    message = await ctx.uow.outbox.get_for_update(queued.id)
    if message.due_at == queued.leased_until:
        message.due_at, message.outcome = until, outcome[:200]
        await ctx.uow.commit()


@query
async def count_waiting(ctx: Context) -> int:
    """Return how many messages are due and not delivered, including those that a worker holds."""
    return await ctx.uow.outbox.waiting(now=ctx.now + LEASE)
