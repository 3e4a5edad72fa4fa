"""Duties: what one unit owes of one plan for one period."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.deadlines import DutyKind
from models.base import Base, Instant
from models.units import Unit


class Duty(Base):
    __tablename__ = "duties"
    __table_args__ = (UniqueConstraint("plan_code", "code", "year", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_code: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    kind: Mapped[DutyKind]
    title: Mapped[str] = mapped_column(String(200))
    opened_at: Mapped[datetime] = mapped_column(Instant)
    last_valid_day: Mapped[date | None]


class Duties:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, duty: Duty) -> None:
        self._session.add(duty)

    async def find(self, duty_id: int) -> Duty | None:
        return await self._session.get(Duty, duty_id)

    async def opened(self, plan_code: str) -> set[tuple[str, int, int]]:
        """Code, year and unit of every duty of the plan that is open already."""
        query = select(Duty.code, Duty.year, Duty.unit_id).where(Duty.plan_code == plan_code)
        return set(await self._session.execute(query))

    async def of_units(self, unit_ids: Sequence[int]) -> Sequence[Duty]:
        query = select(Duty).where(Duty.unit_id.in_(unit_ids)).order_by(Duty.last_valid_day, Duty.id)
        return (await self._session.scalars(query)).all()

    async def of_authorities(self, authority_ids: Sequence[int]) -> Sequence[Duty]:
        query = select(Duty).where(Duty.authority_id.in_(authority_ids)).order_by(Duty.last_valid_day, Duty.id)
        return (await self._session.scalars(query)).all()

    async def like(self, duty: Duty) -> Sequence[tuple[Duty, Unit]]:
        """The same duty of every unit of the authority."""
        query = (
            select(Duty, Unit)
            .join(Unit, Duty.unit_id == Unit.id)
            .where(Duty.plan_code == duty.plan_code, Duty.code == duty.code, Duty.year == duty.year)
            .order_by(Unit.id)
        )
        return (await self._session.execute(query)).all()

    async def same(self, duty: Duty, *, year: int) -> Duty | None:
        """The same duty of the same unit in another year, under whichever plan."""
        query = select(Duty).where(Duty.unit_id == duty.unit_id, Duty.code == duty.code, Duty.year == year)
        return (await self._session.scalars(query)).first()

    async def pledge_of(self, unit_id: int, *, year: int) -> Duty | None:
        query = select(Duty).where(Duty.unit_id == unit_id, Duty.kind == DutyKind.PLEDGE, Duty.year == year)
        return (await self._session.scalars(query)).first()
