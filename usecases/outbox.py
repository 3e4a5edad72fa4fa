"""The outbox from the messenger's side: what to send next, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.audit import AuditAction
from models.outbox import MessageKind, OutboxMessage
from usecases.audit import audit
from usecases.context import Context, command, query

LEASE = timedelta(minutes=5)
"""Longer than any call to a messenger takes; whoever holds a message longer than this has died."""

SENT = "sent"
NEEDLESS = "needless"
LOST = "unreachable"
"""Begins what became of a message that the messenger refused for good."""

UNNOTED = frozenset({MessageKind.BOARD})
"""A board is written anew after every deed, which is noted itself."""


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

    def ref(self, name: str) -> int:
        """An id that this kind of message always carries."""
        value = self.refs[name]
        if not isinstance(value, int):
            raise TypeError(f"{self.kind} carries no number {name!r}")
        return value

    def refs_of(self, name: str) -> list[int]:
        value = self.refs[name]
        if not isinstance(value, list):
            raise TypeError(f"{self.kind} carries no numbers {name!r}")
        return value


@command
async def claim(ctx: Context, *, limit: int) -> tuple[QueuedMessage, ...]:
    """The next messages due; another worker sees them again only after the lease."""
    messages = await ctx.uow.outbox.claim(now=ctx.now, limit=limit, lease=LEASE)
    await ctx.uow.commit()
    return tuple(_parcel(message) for message in messages)


def is_being_sent(ctx: Context, message: OutboxMessage) -> bool:
    """Whether somebody may be sending the message at this moment; a minute later its outcome is known."""
    return message.done_at is None and ctx.now < message.due_at <= ctx.now + LEASE


@query
async def read_missed(ctx: Context, queued: QueuedMessage) -> tuple[QueuedMessage, ...]:
    """Messages that did not reach the person, and are to be told again with this one."""
    missed = queued.refs_of("missed") if "missed" in queued.refs else []
    return tuple(_parcel(message) for message in await ctx.uow.outbox.numbered(missed)) if missed else ()


def _parcel(message: OutboxMessage) -> QueuedMessage:
    return QueuedMessage(
        id=message.id,
        channel=message.channel,
        chat_id=message.chat_id,
        kind=message.kind,
        refs=message.refs,
        attempts=message.attempts,
        created_at=message.created_at,
        leased_until=message.due_at,
    )


@command
async def mark_delivered(ctx: Context, queued: QueuedMessage, *, outcome: str) -> None:
    """The message is done with; one that was queued anew meanwhile stays in the queue."""
    message = await ctx.uow.outbox.get_for_update(queued.id)
    if outcome == SENT and queued.kind not in UNNOTED:
        audit(ctx, AuditAction.MESSAGE_SENT, about=queued.kind, message=queued.id, refs=dict(queued.refs))
    if message.due_at == queued.leased_until:
        message.done_at, message.outcome = ctx.now, outcome[:200]
    await ctx.uow.commit()


@command
async def postpone(ctx: Context, queued: QueuedMessage, *, until: datetime, outcome: str) -> None:
    """Try again later."""
    message = await ctx.uow.outbox.get_for_update(queued.id)
    if message.due_at == queued.leased_until:
        message.due_at, message.outcome = until, outcome[:200]
        await ctx.uow.commit()


@query
async def count_waiting(ctx: Context) -> int:
    """How many messages are due and not delivered; those of other workers' leases included."""
    return await ctx.uow.outbox.waiting(now=ctx.now + LEASE)
