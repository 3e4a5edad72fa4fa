"""The content of each reader's last weekly list, so that only changes are listed again."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class WeeklyNote(Base):
    __tablename__ = "weekly_notes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    week: Mapped[str] = mapped_column(String(10))
    """Latest week for which a list was made: «2026-19»."""
    said: Mapped[dict[str, str]] = mapped_column(JSON)
    """{subject: hash of its standing} in that week."""
    before: Mapped[dict[str, str]] = mapped_column(JSON)
    """{subject: hash of its standing} in the week before, needed if this week's message is made a second time."""


class WeeklyNotes:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, note: WeeklyNote) -> None:
        self._session.add(note)

    async def of(self, person_id: int) -> WeeklyNote | None:
        return await self._session.get(WeeklyNote, person_id)
