"""What each reader of the weekly list was told last, so that only what has changed is told again."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class WeeklyNote(Base):
    __tablename__ = "weekly_notes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    week: Mapped[str] = mapped_column(String(10))
    """The latest week for which the list was made: «2026-19»."""
    said: Mapped[dict[str, str]] = mapped_column(JSON)
    """{subject: fingerprint of how it stood} in that week."""
    before: Mapped[dict[str, str]] = mapped_column(JSON)
    """The same of the week before it, for a message of this week that is made a second time."""


class WeeklyNotes:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, note: WeeklyNote) -> None:
        self._session.add(note)

    async def of(self, person_id: int) -> WeeklyNote | None:
        return await self._session.get(WeeklyNote, person_id)
