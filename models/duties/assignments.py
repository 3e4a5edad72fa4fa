"""Hand-overs of a duty to one colleague, who is then reminded instead of all officers of the unit."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column

from models.base import Base, Instant
from models.duties.duties import Duty
from models.statements.objects import KeptObjects


class Handover(Base):
    """A hand-over of a duty; only the latest one of the duty counts."""

    __tablename__ = "handovers"
    __table_args__ = (UniqueConstraint("duty_id", "turn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    turn: Mapped[int]
    """Number of the hand-over within the duty; being unique, it makes one of two simultaneous ones fail."""
    to: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """Time at which it was taken back."""


_AT_UNITS = KeptObjects(
    Handover,
    select(Handover.__table__)
    .join(Duty, Handover.duty_id == Duty.id)
    .where(Duty.unit_id.in_(bindparam("unit_ids", expanding=True)))
    .order_by(Handover.turn),
    many="unit_ids",
)


class Handovers:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, handover: Handover) -> None:
        self._session.add(handover)

    async def get(self, handover_id: int) -> Handover:
        return await self._session.get_one(Handover, handover_id)

    async def assigned_to(self, person_id: int, *, unit_id: int) -> Sequence[Handover]:
        """Return the hand-overs in force by which this person is the assignee of the unit's duties."""
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
        """Return {duty_id: its latest hand-over}."""
        query = select(Handover).where(Handover.duty_id.in_(duty_ids)).order_by(Handover.turn)
        return {handover.duty_id: handover for handover in await self._session.scalars(query)}

    async def latest_at(self, unit_ids: Collection[int]) -> dict[int, Handover]:
        """Return {duty_id: its latest hand-over} of all duties of these units."""
        rows = await _AT_UNITS.all(self._session, {"unit_ids": [*unit_ids]})
        return {handover.duty_id: handover for handover in rows}
