"""Leaves with their days and deputies."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant
from models.locking import get_for_update
from models.statements.objects import KeptObjects


class Leave(Base):
    __tablename__ = "leaves"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date] = mapped_column(index=True)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Deputy who is reminded meanwhile; NULL means the head of each unit."""
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Person who entered it; NULL if it was entered at the command line."""
    at: Mapped[datetime] = mapped_column(Instant)
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)


_DAY = bindparam("day", type_=Date)
_ON = KeptObjects(
    Leave,
    select(Leave.__table__)
    .where(Leave.first_day <= _DAY, Leave.last_day >= _DAY, Leave.cancelled_at.is_(None))
    .order_by(Leave.id),
)


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
        """Return the leaves of everybody who is on leave on this day."""
        return await _ON.all(self._session, {"day": day})

    async def ahead(self, person_id: int, *, day: date) -> Sequence[Leave]:
        """Return the person's own leaves that are not over on this day."""
        query = select(Leave).where(Leave.person_id == person_id, Leave.last_day >= day, Leave.cancelled_at.is_(None))
        return (await self._session.scalars(query.order_by(Leave.first_day))).all()

    async def deputised(self, deputy_id: int, *, day: date) -> Sequence[Leave]:
        """Return the leaves, not over on this day, that name this person as deputy."""
        query = select(Leave).where(Leave.deputy_id == deputy_id, Leave.last_day >= day, Leave.cancelled_at.is_(None))
        return (await self._session.scalars(query.order_by(Leave.first_day))).all()
