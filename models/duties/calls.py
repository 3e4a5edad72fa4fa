"""The last telephone call to each unit, by its standing body or by the head of its cluster."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant
from models.locking import get_for_update
from models.people.officers import Person
from models.statements.kept import KeptStatement


class UnitCall(Base):
    __tablename__ = "unit_calls"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))


_LAST = KeptStatement(
    select(UnitCall.unit_id, UnitCall.at).where(UnitCall.unit_id.in_(bindparam("unit_ids", expanding=True))),
    many="unit_ids",
)


class UnitCalls:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, call: UnitCall) -> None:
        self._session.add(call)

    async def find_for_update(self, unit_id: int) -> UnitCall | None:
        return await get_for_update(self._session, UnitCall, unit_id)

    async def last(self, unit_ids: Collection[int]) -> dict[int, datetime]:
        """Return {unit_id: time of the last call}; units that were never called are left out."""
        return dict(await _LAST.read(self._session, {"unit_ids": unit_ids}))

    async def with_callers(self, unit_ids: Collection[int]) -> dict[int, tuple[datetime, str]]:
        """Return {unit_id: (time of the last call, name of who called)}; units never called are left out."""
        query = select(UnitCall.unit_id, UnitCall.at, Person.name).join(Person, UnitCall.by == Person.id)
        found = await self._session.execute(query.where(UnitCall.unit_id.in_(unit_ids)))
        return {unit_id: (at, name) for unit_id, at, name in found}
