"""Rosters: officers entered by name before they have joined, each at one unit in one role."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.roles import Role
from models.base import Base, Instant
from models.locking import get_for_update


class ExpectedOfficer(Base):
    __tablename__ = "expected"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    role: Mapped[Role]
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(20))
    """Phone number with which alone they may join; NULL if it is not known."""
    entered_at: Mapped[datetime] = mapped_column(Instant)
    joined_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Person that they became by joining."""


class Rosters:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, expected: ExpectedOfficer) -> None:
        self._session.add(expected)

    async def get(self, expected_id: int) -> ExpectedOfficer:
        return await self._session.get_one(ExpectedOfficer, expected_id)

    async def find_for_update(self, expected_id: int) -> ExpectedOfficer | None:
        return await get_for_update(self._session, ExpectedOfficer, expected_id)

    async def at(self, unit_ids: Sequence[int]) -> Sequence[ExpectedOfficer]:
        """Return everybody entered for these units, including those who have joined."""
        query = select(ExpectedOfficer).where(ExpectedOfficer.unit_id.in_(unit_ids)).order_by(ExpectedOfficer.id)
        return (await self._session.scalars(query)).all()
