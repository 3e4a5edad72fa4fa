"""What the messenger has handed over, until it is answered."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, String, Text, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant
from models.inserting import insert_into


class Arrival(Base):
    __tablename__ = "arrivals"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """As the messenger counts."""
    body: Mapped[str] = mapped_column(Text)
    """Empty once it is answered: what people write is kept where it belongs."""
    arrived_at: Mapped[datetime] = mapped_column(Instant)
    digest: Mapped[str] = mapped_column(String(16), default="")
    """Of the body, also when that is gone: another bot may count with the same numbers."""
    chat: Mapped[int | None] = mapped_column(BigInteger, index=True)
    """Where it comes from; updates of one chat are answered one after the other."""
    attempts: Mapped[int] = mapped_column(default=0)
    """How often it was begun again by a later start."""
    acted: Mapped[bool] = mapped_column(default=False)
    """Committed with what it did: it is not done again, only shown."""


class Inbox:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add_new(self, arrivals: Collection[Arrival]) -> set[int]:
        """Add those whose numbers are not there yet; give their numbers."""
        columns = [column.key for column in Arrival.__table__.columns]
        rows = [{column: getattr(arrival, column) for column in columns} for arrival in arrivals]
        insert = insert_into(self._session, Arrival).values(rows).on_conflict_do_nothing()
        return set(await self._session.scalars(insert.returning(Arrival.number)))

    async def known(self, numbers: Iterable[int]) -> dict[int, Arrival]:
        """{number: the update that came before with this number}"""
        found = await self._session.scalars(select(Arrival).where(Arrival.number.in_(numbers)))
        return {arrival.number: arrival for arrival in found}

    async def replace(self, arrival: Arrival) -> None:
        """In the place of another bot's update of the same number."""
        await self._session.merge(arrival)

    async def unanswered(self) -> list[Arrival]:
        """In the order in which they came."""
        query = select(Arrival).where(Arrival.body != "").order_by(Arrival.number)
        return list(await self._session.scalars(query))

    async def find(self, number: int) -> Arrival | None:
        return await self._session.get(Arrival, number, populate_existing=True)

    async def begin_again(self, number: int) -> None:
        await self._change(number, attempts=Arrival.attempts + 1)

    async def act(self, number: int) -> None:
        """To be committed with what the update did."""
        await self._change(number, acted=True)

    async def answer(self, number: int) -> None:
        await self._change(number, body="")

    async def _change(self, number: int, **values: Any) -> None:
        await self._session.execute(update(Arrival).where(Arrival.number == number).values(**values))

    async def forget(self, *, before: datetime) -> None:
        await self._session.execute(delete(Arrival).where(Arrival.arrived_at < before))
