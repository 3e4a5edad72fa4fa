"""Messages that the bot sends on its own: queued in the transaction of the action, delivered by the scheduler."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Index,
    Integer,
    SQLColumnExpression,
    String,
    Table,
    and_,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.attributes import set_committed_value

from models.base import Base, Instant
from models.locking import for_update
from models.message_kinds import BULK, MessageKind, Refs
from models.statements.inserts import insert_into
from models.statements.kept import KeptStatement
from models.statements.objects import KeptObjects

OF_ONE_CHAT = 2
"""Messages to one chat that are claimed at once; more would keep other chats waiting."""
OTHERS = 0
"""Stands for the authority of messages that are not sorted by one."""
_LOOKED_AT = 8
"""Due messages that are looked at for each that is claimed."""


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class OutboxMessage(Base):
    """A queued message without its text: that is written when it is sent, so that it is never outdated."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "kind", "due_at", **_where("done_at IS NULL")),
        Index("ix_outbox_turns", "authority_id", "due_at", "id", **_where("done_at IS NULL")),
        # Without those that wait: SQLite would look for them in here, and sort all of them.
        Index("ix_outbox_done_at", "done_at", **_where("done_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    channel: Mapped[str] = mapped_column(String(20))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[MessageKind]
    authority_id: Mapped[int] = mapped_column(default=OTHERS, server_default=str(OTHERS))
    """Authority to whose units it goes, if it is one of many alike; these take turns."""
    refs: Mapped[Refs] = mapped_column(JSON)
    """Ids and values from which the text is written."""
    created_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    parts_sent: Mapped[int] = mapped_column(default=0, server_default="0")
    """Parts of a message with files that have arrived, the text first: a retry does not send them again."""
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str | None] = mapped_column(String(200))
    """«sent», «needless», or the messenger's error."""


_IS_LIVE = OutboxMessage.kind.in_([kind for kind in MessageKind if kind not in BULK])
# SQLite would find them by their kinds otherwise, and sort all of them.
_IS_BULK = func.coalesce(OutboxMessage.kind, OutboxMessage.kind).in_(BULK)
_MESSAGES = cast(Table, OutboxMessage.__table__)
_NOW = bindparam("now", type_=Instant)


def _due(of_kinds: ColumnElement[bool], *first: SQLColumnExpression[int]) -> KeptStatement:
    """Return what finds the oldest due messages with their chats; those with the lowest `first` come before."""
    due = OutboxMessage.done_at.is_(None), OutboxMessage.due_at <= _NOW, of_kinds
    free = OutboxMessage.chat_id.not_in(bindparam("besides", expanding=True))
    query = select(OutboxMessage.id, OutboxMessage.chat_id).where(*due, free)
    query = query.order_by(*first, OutboxMessage.due_at, OutboxMessage.id)
    return KeptStatement(query.limit(bindparam("limit", type_=Integer)), many="besides")


def _oldest(found: Iterable[tuple[int, int]]) -> list[int]:
    """Return the ids of the first messages, some of each chat."""
    of_chat: Counter[int] = Counter()
    ids: list[int] = []
    for message_id, chat_id in found:
        of_chat[chat_id] += 1
        if of_chat[chat_id] <= OF_ONE_CHAT:
            ids.append(message_id)
    return ids


_AFTER = bindparam("after", type_=Integer)
_DUE = (
    _due(_IS_LIVE),
    _due(and_(_IS_BULK, OutboxMessage.authority_id > _AFTER), OutboxMessage.authority_id),
    _due(and_(_IS_BULK, OutboxMessage.authority_id <= _AFTER), OutboxMessage.authority_id),
)
_STILL_DUE_FOR_UPDATE = KeptObjects(
    OutboxMessage,
    for_update(
        select(_MESSAGES)
        .where(_MESSAGES.c.id.in_(bindparam("ids", expanding=True)))
        .where(_MESSAGES.c.done_at.is_(None), _MESSAGES.c.due_at <= _NOW),
        skip_locked=True,
    ),
    many="ids",
)
_CLAIM = KeptStatement(
    update(_MESSAGES)
    .where(_MESSAGES.c.id.in_(bindparam("ids", expanding=True)))
    .values(due_at=bindparam("until"), attempts=_MESSAGES.c.attempts + 1),
    many="ids",
)
_QUEUED_SINCE = KeptStatement(
    select(OutboxMessage.id)
    .where(OutboxMessage.kind == bindparam("kind"), OutboxMessage.created_at >= bindparam("hour"))
    .limit(1)
)
_KEYED_FOR_UPDATE = KeptObjects(OutboxMessage, for_update(select(_MESSAGES).where(_MESSAGES.c.key == bindparam("key"))))
_SETTLE = KeptStatement(
    update(_MESSAGES)
    .where(_MESSAGES.c.id.in_(bindparam("message_ids", expanding=True)))
    .where(_MESSAGES.c.due_at == bindparam("leased_until"))
    .values(done_at=bindparam("at"), outcome=bindparam("said")),
    many="message_ids",
)


class Outbox:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def put(self, message: OutboxMessage, *, again: bool = False, joins: bool = False) -> bool:
        """Queue once per key; `again` re-arms one that was queued before. Says whether anything was queued.

        With `joins`, one that waits already and comes no later keeps its place in the queue.
        """
        standing = await self.keyed_for_update(message.key)
        if standing is None:
            self._session.add(message)
            return True
        if not again:
            return False
        if joins and standing.done_at is None and standing.due_at <= message.due_at:
            # It waits already, and is written when it is sent. A worker that sends it now holds it for much longer.
            standing.channel, standing.chat_id, standing.refs = message.channel, message.chat_id, message.refs
            return True
        self.queue_again(standing, message)
        return True

    def queue_again(self, standing: OutboxMessage, message: OutboxMessage) -> None:
        """Re-arm a message, which must be locked, with the content of a new one."""
        # A new due_at also tells a worker that is sending right now that its text is outdated.
        standing.done_at = standing.outcome = None
        standing.attempts, standing.created_at, standing.due_at = 0, message.created_at, message.due_at
        # A message that was never stored may lack what the table fills in.
        standing.parts_sent, standing.authority_id = 0, message.authority_id or OTHERS
        standing.channel, standing.chat_id, standing.refs = message.channel, message.chat_id, message.refs

    async def add_all(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """Queue many messages in one statement; a key that was queued before is an error."""
        if messages:
            connection = await self._session.connection()
            await connection.execute(insert(Base.metadata.tables[OutboxMessage.__tablename__]), messages)

    async def put_all(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """Queue many messages in one statement; a key that was queued before is left as it is."""
        if messages:
            insert = insert_into(self._session, OutboxMessage).on_conflict_do_nothing(index_elements=["key"])
            await self._session.execute(insert, messages)

    async def keyed_for_update(self, key: str) -> OutboxMessage | None:
        return await _KEYED_FOR_UPDATE.first(self._session, {"key": key})

    async def all_keyed_for_update(self, keys: Sequence[str]) -> dict[str, OutboxMessage]:
        """Return {key: message} of those that were ever queued."""
        query = select(OutboxMessage).where(OutboxMessage.key.in_(keys)).order_by(OutboxMessage.id)
        return {message.key: message for message in await self._session.scalars(for_update(query))} if keys else {}

    async def was_attempted(self, prefix: str) -> bool:
        """Whether any message whose key begins with `prefix` has been attempted."""
        query = select(func.count()).where(OutboxMessage.key.startswith(prefix), OutboxMessage.attempts > 0)
        return bool(await self._session.scalar(query))

    async def claim(
        self, *, now: datetime, limit: int, lease: timedelta, besides: Collection[int] = (), after: int = OTHERS
    ) -> Sequence[OutboxMessage]:
        """Return at most `limit` due messages and hide them from other workers for the lease.

        The oldest come first, and before what goes to everybody at once what does not. Of that, an authority's follow
        another's, from the next one `after` that whose turn it was last. A chat gets `OF_ONE_CHAT` of them at most,
        and those of `besides` none: a messenger takes its messages slowly, one after another.
        """
        values = {"now": now, "besides": [*besides], "after": after}
        ids: list[int] = []
        for due in _DUE:
            if missing := limit - len(ids):
                ids += _oldest(await due.read(self._session, values | {"limit": missing * _LOOKED_AT}))[:missing]
        if not ids:
            return ()
        still_due = await _STILL_DUE_FOR_UPDATE.all(self._session, {"ids": ids, "now": now})
        messages = sorted(still_due, key=lambda message: ids.index(message.id))
        await _CLAIM.execute(self._session, {"ids": [message.id for message in messages], "until": now + lease})
        for message in messages:
            set_committed_value(message, "due_at", now + lease)
            set_committed_value(message, "attempts", message.attempts + 1)
        return messages

    async def settle(self, message_ids: Sequence[int], *, leased_until: datetime, at: datetime, outcome: str) -> None:
        """Take the messages out of the queue, without those that were queued anew or claimed by others meanwhile."""
        if message_ids:
            held = {"message_ids": message_ids, "leased_until": leased_until}
            await _SETTLE.read(self._session, held | {"at": at, "said": outcome})

    async def release(self, message_ids: Sequence[int], *, leased_until: datetime, at: datetime) -> None:
        """Give back messages that were claimed and not tried; they are due at once."""
        held = OutboxMessage.id.in_(message_ids), OutboxMessage.due_at == leased_until
        given_back = update(OutboxMessage).where(*held).values(due_at=at, attempts=OutboxMessage.attempts - 1)
        await self._session.execute(given_back)

    async def get_for_update(self, message_id: int) -> OutboxMessage:
        query = for_update(select(OutboxMessage).where(OutboxMessage.id == message_id))
        return (await self._session.scalars(query)).one()

    async def backlog(self, *, now: datetime) -> tuple[int, datetime | None]:
        """Return how many messages are due and not delivered, and since when the oldest is due."""
        query = select(func.count(), func.min(OutboxMessage.due_at)).where(
            OutboxMessage.done_at.is_(None), OutboxMessage.due_at <= now
        )
        due, oldest = (await self._session.execute(query)).one()
        return due, oldest

    async def with_ids(self, message_ids: Sequence[int]) -> Sequence[OutboxMessage]:
        query = select(OutboxMessage).where(OutboxMessage.id.in_(message_ids)).order_by(OutboxMessage.id)
        return (await self._session.scalars(query)).all()

    async def ended(self, channel: str, chat_id: int, *, outcome: str, since: datetime) -> Sequence[OutboxMessage]:
        """Return the chat's messages that ended since then with an outcome that begins with `outcome`."""
        query = (
            select(OutboxMessage)
            .where(OutboxMessage.channel == channel, OutboxMessage.chat_id == chat_id)
            .where(OutboxMessage.done_at >= since, OutboxMessage.outcome.startswith(outcome))
            .order_by(OutboxMessage.id)
        )
        return (await self._session.scalars(query)).all()

    async def readdress(self, channel: str, chat_id: int, *, to: int) -> None:
        query = update(OutboxMessage).where(OutboxMessage.channel == channel, OutboxMessage.chat_id == chat_id)
        await self._session.execute(query.values(chat_id=to))

    async def is_queued_since(self, kind: MessageKind, hour: datetime) -> bool:
        """Whether a message of this kind was queued at this hour or later."""
        return bool(await _QUEUED_SINCE.read(self._session, {"kind": kind, "hour": hour}))

    async def waiting(self, *, now: datetime) -> int:
        query = select(func.count()).where(OutboxMessage.done_at.is_(None), OutboxMessage.due_at <= now)
        return await self._session.scalar(query) or 0
