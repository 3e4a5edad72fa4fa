"""Who is on leave from when to when, and who is reminded in their place."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant
from models.locking import get_for_update


class Leave(Base):
    __tablename__ = "leaves"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date] = mapped_column(index=True)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None: the head of each unit."""
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who entered it; None at the command line."""
    at: Mapped[datetime] = mapped_column(Instant)
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)


class Leaves:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, leave: Leave) -> None:
        self._session.add(leave)

    async def get(self, leave_id: int) -> Leave:
        return await self._session.get_one(Leave, leave_id)

    async def find_for_update(self, leave_id: int) -> Leave | None:
        return await get_for_update(self._session, Leave, leave_id)

    async def on(self, day: date) -> Sequence[Leave]:
        """Of everybody who is on leave this day."""
        query = select(Leave).where(Leave.first_day <= day, Leave.last_day >= day, Leave.cancelled_at.is_(None))
        return (await self._session.scalars(query.order_by(Leave.id))).all()

    async def ahead(self, person_id: int, *, day: date) -> Sequence[Leave]:
        """The person's own, those that are over left out."""
        query = select(Leave).where(Leave.person_id == person_id, Leave.last_day >= day, Leave.cancelled_at.is_(None))
        return (await self._session.scalars(query.order_by(Leave.first_day))).all()

    async def deputised(self, deputy_id: int, *, day: date) -> Sequence[Leave]:
        """Those, not over yet, in which this person stands in for others."""
        query = select(Leave).where(Leave.deputy_id == deputy_id, Leave.last_day >= day, Leave.cancelled_at.is_(None))
        return (await self._session.scalars(query.order_by(Leave.first_day))).all()
