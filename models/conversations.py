"""The state of each open dialog, so that a restart of the bot loses nothing."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import BigInteger, Index, String, Table, Text, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant
from models.statements.kept import KeptStatement
from models.statements.together import Written


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
_THIS = _TABLE.c.key == bindparam("of")
_NEWEST = KeptStatement(
    select(_TABLE.c.key, _TABLE.c.data)
    .where(_TABLE.c.chat == bindparam("chat"))
    .order_by(_TABLE.c.used_at.desc())
    .limit(READ_TOGETHER)
)
_BY_KEY = KeptStatement(select(_TABLE.c.data).where(_THIS))
_FORGET = KeptStatement(delete(_TABLE).where(_THIS))
_WRITE = KeptStatement.insert(
    _TABLE,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["key"], set_={"data": insert.excluded.data, "used_at": insert.excluded.used_at}
    ),
    columns=("key", "chat", "data", "used_at"),
)


class Conversations:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def newest(self, chat: int) -> dict[str, str]:
        """Return {key: data} of the `READ_TOGETHER` conversations of a chat that were used last."""
        return dict(await _NEWEST.rows(self._session, {"chat": chat}))

    async def read(self, key: str) -> str | None:
        """Return the data of one conversation, or None if there is none."""
        found = await _BY_KEY.rows(self._session, {"of": key})
        return found[0][0] if found else None

    def writing(self, chat: int, written: Mapping[str, str], *, at: datetime) -> list[Written]:
        """Return what inserts or replaces the data of a chat's conversations; `written` is {key: data}."""
        return [(_WRITE, {"key": key, "chat": chat, "data": data, "used_at": at}) for key, data in written.items()]

    async def forget(self, keys: Collection[str]) -> None:
        await _FORGET.execute_each(self._session, [{"of": key} for key in keys])
