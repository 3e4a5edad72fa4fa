"""Where each dialog stands, so that stopping the bot loses nothing."""

from datetime import datetime

from sqlalchemy import String, Text, delete, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant


class Conversation(Base):
    __tablename__ = "conversations"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    state: Mapped[str | None] = mapped_column(String(200))
    data: Mapped[str] = mapped_column(Text, default="{}")
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class Conversations:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, key: str) -> Conversation | None:
        return await self._session.get(Conversation, key)

    async def open(self, key: str) -> Conversation:
        conversation = await self.find(key)
        if conversation is None:
            conversation = Conversation(key=key, state=None, data="{}")
            self._session.add(conversation)
        return conversation

    async def write(self, key: str, data: str, *, at: datetime) -> None:
        written = update(Conversation).where(Conversation.key == key).values(data=data, used_at=at)
        found = await self._session.execute(written.returning(Conversation.key))
        if found.first() is None:
            self._session.add(Conversation(key=key, state=None, data=data, used_at=at))

    async def forget(self, key: str) -> None:
        await self._session.execute(delete(Conversation).where(Conversation.key == key))
