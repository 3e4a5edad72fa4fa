"""What the messenger has handed over, until it is answered."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import BigInteger, Text, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant


class Arrival(Base):
    __tablename__ = "arrivals"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """As the messenger counts."""
    body: Mapped[str] = mapped_column(Text)
    """Empty once it is answered: what people write is kept where it belongs."""
    arrived_at: Mapped[datetime] = mapped_column(Instant)
    begun_again: Mapped[bool] = mapped_column(default=False)
    """A start has tried it once more; one that stops the process twice is not tried a third time."""


class Inbox:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, arrival: Arrival) -> None:
        self._session.add(arrival)

    async def known(self, numbers: Iterable[int]) -> set[int]:
        return set(await self._session.scalars(select(Arrival.number).where(Arrival.number.in_(numbers))))

    async def unanswered(self) -> list[Arrival]:
        """In the order in which they came."""
        query = select(Arrival).where(Arrival.body != "", ~Arrival.begun_again).order_by(Arrival.number)
        return list(await self._session.scalars(query))

    async def answer(self, number: int) -> None:
        await self._session.execute(update(Arrival).where(Arrival.number == number).values(body=""))

    async def forget(self, *, before: datetime) -> None:
        await self._session.execute(delete(Arrival).where(Arrival.arrived_at < before))
