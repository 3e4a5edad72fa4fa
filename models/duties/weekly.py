"""The content of each reader's last weekly list, so that only changes are listed again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant


class WeeklyNote(Base):
    __tablename__ = "weekly_notes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    week: Mapped[str] = mapped_column(String(10))
    """Latest week for which a list was made: «2026-19»."""
    said: Mapped[dict[str, str]] = mapped_column(JSON)
    """{subject: hash of its standing} in that week."""
    before: Mapped[dict[str, str]] = mapped_column(JSON)
    """{subject: hash of its standing} in the week before, needed if this week's message is made a second time."""


class WeeklyMute(Base):
    """A duty that a reader has seen and does not want in their weekly list any more."""

    __tablename__ = "weekly_mutes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    plan_code: Mapped[str] = mapped_column(String(60), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    turn: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)


class WeeklyNotes:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: WeeklyNote | WeeklyMute) -> None:
        self._session.add(row)

    async def of(self, person_id: int) -> WeeklyNote | None:
        return await self._session.get(WeeklyNote, person_id)

    async def mutes_of(self, person_id: int) -> Sequence[WeeklyMute]:
        query = select(WeeklyMute).where(WeeklyMute.person_id == person_id).order_by(WeeklyMute.at)
        return (await self._session.scalars(query)).all()

    async def unmute(self, mute: WeeklyMute) -> None:
        await self._session.delete(mute)
