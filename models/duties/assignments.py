"""Hand-overs: which colleague a duty was passed on to, so that they are reminded instead of everybody."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column

from models.base import Base, Instant
from models.duties.duties import Duty


class Handover(Base):
    """The latest of a duty counts."""

    __tablename__ = "handovers"
    __table_args__ = (UniqueConstraint("duty_id", "turn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    turn: Mapped[int]
    """Counts the duty's hand-overs, so that of two at once one is refused."""
    to: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was taken back."""


class Handovers:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, handover: Handover) -> None:
        self._session.add(handover)

    async def get(self, handover_id: int) -> Handover:
        return await self._session.get_one(Handover, handover_id)

    async def charged(self, person_id: int, *, unit_id: int) -> Sequence[Handover]:
        """The hand-overs by which this person has duties of the unit in charge."""
        later = aliased(Handover)
        is_last = ~exists().where(later.duty_id == Handover.duty_id, later.turn > Handover.turn)
        query = (
            select(Handover)
            .join(Duty, Handover.duty_id == Duty.id)
            .where(Handover.to == person_id, Handover.ended_at.is_(None), Duty.unit_id == unit_id, is_last)
            .order_by(Handover.id)
        )
        return (await self._session.scalars(query)).all()

    async def latest(self, duty_ids: Sequence[int]) -> dict[int, Handover]:
        """By duty."""
        query = select(Handover).where(Handover.duty_id.in_(duty_ids)).order_by(Handover.turn)
        return {handover.duty_id: handover for handover in await self._session.scalars(query)}
