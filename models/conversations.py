"""The state of each open dialog, so that a restart of the bot loses nothing."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import String, Text, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant
from models.inserting import insert_into


class Conversation(Base):
    __tablename__ = "conversations"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    state: Mapped[str | None] = mapped_column(String(200))
    data: Mapped[str] = mapped_column(Text, default="{}")
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class Conversations:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def read(self, key: str) -> str | None:
        """Return the data of one conversation, or None if there is none."""
        return await self._session.scalar(select(Conversation.data).where(Conversation.key == key))

    async def write(self, written: Mapping[str, str], *, at: datetime) -> None:
        """Insert or replace the data of conversations; `written` is {key: data}."""
        if written:
            insert = insert_into(self._session, Conversation).values(
                [{"key": key, "data": data, "used_at": at} for key, data in written.items()]
            )
            changed = {"data": insert.excluded.data, "used_at": insert.excluded.used_at}
            await self._session.execute(insert.on_conflict_do_update(index_elements=["key"], set_=changed))

    async def forget(self, keys: Collection[str]) -> None:
        if keys:
            await self._session.execute(delete(Conversation).where(Conversation.key.in_(keys)))
