"""Queueing messages in the outbox: once for each key, and a person's reminders merged into one."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.roles import Role
from models.duties.reminders import Addressee
from models.duties.scoreboards import GroupChat
from models.message_kinds import MessageKind, Refs
from models.outbox import OTHERS, OutboxMessage
from models.people.officers import Account
from usecases.context import Context


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to be queued; its words are found when it is sent."""

    kind: MessageKind
    key: str
    """Unique to the message: the outbox has one message by it."""
    refs: Refs
    after: timedelta = timedelta()
    """Time from now until it is due."""
    authority_id: int = OTHERS
    """Authority to whose units it goes, if it is one of many alike."""


@dataclass(frozen=True, slots=True)
class OutboxAddress:
    """The chat to which a message goes."""

    channel: str
    chat_id: int


async def accounts_of(
    ctx: Context, unit_ids: Sequence[int], roles: Sequence[Role], *, only: Iterable[int] | None = None
) -> dict[int, Account]:
    """Return {person_id: account} of those in these roles at these units who can be written to today.

    `only` leaves just these people. A person with several accounts has the first one in it.
    """
    serving = await ctx.uow.officers.serving(unit_ids, roles, day=ctx.today)
    wanted = None if only is None else set(only)
    # The last row of a person wins, so the rows are read from the end.
    return {post.person_id: acc for post, acc in reversed(serving) if wanted is None or post.person_id in wanted}


async def clerks_of(ctx: Context, authority_id: int) -> dict[int, Account]:
    """Return {person_id: account} of those of the authority's standing body who can be written to today."""
    return await accounts_of(ctx, [authority_id], [Role.STANDING_BODY])


async def overseers_of(ctx: Context, authority_id: int) -> dict[int, Account]:
    """Return {person_id: account} of the nearest standing body, from the authority upwards, that can be written to."""
    for unit_id in (authority_id, *await ctx.uow.units.above(authority_id)):
        if clerks := await clerks_of(ctx, unit_id):
            return clerks
    return {}


async def notify(
    ctx: Context, kind: MessageKind, to: Mapping[int, Account], *, key: str, authority_id: int = OTHERS, **refs: int
) -> None:
    """Queue one message to each person; `key` is unique to this news. Does not commit."""
    for person_id, account in to.items():
        told: Refs = {"person": person_id, **refs}
        await put_message(ctx, Notice(kind, f"{key}:{person_id}", told, authority_id=authority_id), account)


def ids_waiting(message: OutboxMessage | None, name: str) -> set[int]:
    """Return the ids by this name in a message that is still to be sent; none of one that was sent."""
    ids = message.refs.get(name) if message and message.done_at is None else None
    return set(ids) if isinstance(ids, list) else set()


async def put_message(
    ctx: Context, notice: Notice, to: Account | GroupChat | OutboxAddress, *, again: bool = False, joins: bool = False
) -> None:
    """Queue one message, once per key. Does not commit.

    `again` queues it anew if a message with this key was queued before; with `joins`, one that waits keeps its place.
    """
    message = OutboxMessage(
        key=notice.key,
        channel=to.channel,
        chat_id=to.chat_id,
        kind=notice.kind,
        authority_id=notice.authority_id,
        refs=notice.refs,
        created_at=ctx.now,
        due_at=ctx.now + notice.after,
    )
    await ctx.uow.outbox.put(message, again=again, joins=joins)


async def put_messages(
    ctx: Context, queued: Iterable[tuple[Notice, OutboxAddress | Account]], *, due_at: datetime
) -> None:
    """Queue many messages in one statement, once per key. Does not commit."""
    await ctx.uow.outbox.put_all([_row(ctx, notice, to, due_at=due_at) for notice, to in queued])


def _row(ctx: Context, notice: Notice, to: OutboxAddress | Account | Addressee, *, due_at: datetime) -> dict[str, Any]:
    return {
        "key": notice.key,
        "channel": to.channel,
        "chat_id": to.chat_id,
        "kind": notice.kind,
        "authority_id": notice.authority_id,
        "refs": notice.refs,
        "created_at": ctx.now,
        "due_at": due_at,
        "attempts": 0,
        "parts_sent": 0,
    }


@dataclass(frozen=True, slots=True)
class Digest:
    """A reminder of duties to one person; `missed` are ids of earlier messages that are repeated in it."""

    to: Account | Addressee
    duties: Set[int]
    missed: Set[int] = frozenset()
    authority_id: int = OTHERS

    @property
    def key(self) -> str:
        return digest_key(self.to.person_id)


async def put_digest(
    ctx: Context, to: Account | Addressee, *, duties: set[int], missed: Set[int] = frozenset()
) -> None:
    """Queue a reminder of the duties, merged with one that waits for the person. Does not commit.

    `missed` are ids of earlier messages that did not reach them and are repeated in it.
    """
    digest = Digest(to, duties, missed)
    await put_digests(ctx, [digest], queued=await ctx.uow.outbox.all_keyed_for_update([digest.key]))


async def put_digests(ctx: Context, digests: Iterable[Digest], *, queued: Mapping[str, OutboxMessage]) -> None:
    """Queue reminders, each merged with the one in `queued` ({key: message, locked}). Does not commit."""
    new = []
    for digest in digests:
        standing = queued.get(digest.key)
        refs: Refs = {"person": digest.to.person_id, "duties": sorted(digest.duties | ids_waiting(standing, "duties"))}
        if repeated := digest.missed | ids_waiting(standing, "missed"):
            refs["missed"] = sorted(repeated)
        notice = Notice(MessageKind.REMINDER, digest.key, refs, authority_id=digest.authority_id)
        row = _row(ctx, notice, digest.to, due_at=ctx.now)
        if standing is None:
            new.append(row)
        else:
            ctx.uow.outbox.queue_again(standing, OutboxMessage(**row))
    await ctx.uow.outbox.add_all(new)


def digest_key(person_id: int) -> str:
    """Return the key under which the outbox has at most one digest to the person."""
    return f"remind:{person_id}"
