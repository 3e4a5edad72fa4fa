"""Drafts of plans read from their text, one for each authority, until they are loaded or discarded."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant
from models.locking import for_update


class PlanTextDraft(Base):
    __tablename__ = "plan_text_drafts"

    authority_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The draft (`domain.plan_texts.drafts.PlanDraft`): what was read, and what has been decided on it."""
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Person who changed it last."""
    at: Mapped[datetime] = mapped_column(Instant)


class PlanTextDrafts:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, draft: PlanTextDraft) -> None:
        self._session.add(draft)

    async def of(self, authority_id: int) -> PlanTextDraft | None:
        query = select(PlanTextDraft).where(PlanTextDraft.authority_id == authority_id)
        return await self._session.scalar(query)

    async def of_for_update(self, authority_id: int) -> PlanTextDraft | None:
        query = select(PlanTextDraft).where(PlanTextDraft.authority_id == authority_id)
        return await self._session.scalar(for_update(query))

    async def remove(self, draft: PlanTextDraft) -> None:
        await self._session.delete(draft)
