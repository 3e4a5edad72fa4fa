"""The state of each open dialog, so that a restart of the bot loses nothing."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import BigInteger, Index, String, Table, Text, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant
from models.inserting import kept_insert


class Conversation(Base):
    __tablename__ = "conversations"
    __table_args__ = (Index("ix_conversations_chat", "chat", "used_at"),)

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    chat: Mapped[int | None] = mapped_column(BigInteger)
    """Id of the chat in the messenger."""
    state: Mapped[str | None] = mapped_column(String(200))
    data: Mapped[str] = mapped_column(Text, default="{}")
    used_at: Mapped[datetime | None] = mapped_column(Instant)


READ_TOGETHER = 6
"""Newest conversations of a chat that are read by one statement: an update needs one or two of them."""

_TABLE = cast(Table, Conversation.__table__)
_NEWEST = (
    select(_TABLE.c.key, _TABLE.c.data)
    .where(_TABLE.c.chat == bindparam("chat"))
    .order_by(_TABLE.c.used_at.desc())
    .limit(READ_TOGETHER)
)
_BY_KEY = select(_TABLE.c.data).where(_TABLE.c.key == bindparam("key"))
_WRITE = kept_insert(
    _TABLE,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["key"], set_={"data": insert.excluded.data, "used_at": insert.excluded.used_at}
    ),
)


class Conversations:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def newest(self, chat: int) -> dict[str, str]:
        """Return {key: data} of the `READ_TOGETHER` conversations of a chat that were used last."""
        found = await self._session.execute(_NEWEST, {"chat": chat})
        return {row.key: row.data for row in found}

    async def read(self, key: str) -> str | None:
        """Return the data of one conversation, or None if there is none."""
        found = await self._session.execute(_BY_KEY, {"key": key})
        return cast(str | None, found.scalar())

    async def write(self, chat: int, written: Mapping[str, str], *, at: datetime) -> None:
        """Insert or replace the data of a chat's conversations; `written` is {key: data}."""
        if written:
            rows = [{"key": key, "chat": chat, "data": data, "used_at": at} for key, data in written.items()]
            await self._session.execute(_WRITE[self._session.get_bind().dialect.name], rows)

    async def forget(self, keys: Collection[str]) -> None:
        if keys:
            await self._session.execute(delete(_TABLE).where(_TABLE.c.key.in_(keys)))
