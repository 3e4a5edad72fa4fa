"""Who was reminded of what, so that each step reaches each person once; and when leaders last had units reminded."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant


class Reminded(Base):
    __tablename__ = "reminded"
    __table_args__ = (UniqueConstraint("person_id", "duty_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    step: Mapped[int]
    """Days before the last valid day; negative after it."""
    day: Mapped[date] = mapped_column(index=True)


class Nudge(Base):
    """A leader had the units that still owe a duty reminded."""

    __tablename__ = "nudges"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_code: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class Reminders:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: Reminded | Nudge) -> None:
        self._session.add(row)

    async def sent(self, duty_ids: Sequence[int]) -> set[tuple[int, int, int]]:
        """Person, duty and step of every reminder given for these duties."""
        query = select(Reminded.person_id, Reminded.duty_id, Reminded.step).where(Reminded.duty_id.in_(duty_ids))
        return set(await self._session.execute(query))

    async def people_reminded_on(self, day: date) -> set[int]:
        return set((await self._session.scalars(select(Reminded.person_id).where(Reminded.day == day))).all())

    async def last_nudges(self, *, plan_code: str, code: str, year: int) -> dict[int, datetime]:
        """When each unit was last nudged about this duty."""
        query = (
            select(Nudge.unit_id, Nudge.at)
            .where(Nudge.plan_code == plan_code, Nudge.code == code, Nudge.year == year)
            .order_by(Nudge.at)
        )
        return dict((await self._session.execute(query)).all())
