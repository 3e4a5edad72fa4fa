"""Updates received from the messenger, kept until they are answered."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import cast

from sqlalchemy import BigInteger, String, Table, Text, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant
from models.statements.kept import KeptStatement
from models.statements.together import Writing, write_together


class Arrival(Base):
    __tablename__ = "arrivals"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Number of the update, given by the messenger."""
    body: Mapped[str] = mapped_column(Text)
    """The update as JSON; emptied once it is answered, because people's data are kept elsewhere."""
    arrived_at: Mapped[datetime] = mapped_column(Instant)
    digest: Mapped[str] = mapped_column(String(16), default="")
    """Hash of the body, kept when that is emptied: another bot's updates may have the same numbers."""
    chat: Mapped[int | None] = mapped_column(BigInteger, index=True)
    """Id of the chat; updates of one chat are answered one after the other."""
    attempts: Mapped[int] = mapped_column(default=0)
    """Number of times that a later start of the bot began it again."""
    acted: Mapped[bool] = mapped_column(default=False)
    """True once its effects are committed: then it is not processed again, only the screen is shown."""


_TABLE = cast(Table, Arrival.__table__)
_COLUMNS = tuple(column.key for column in _TABLE.columns)
_THIS = _TABLE.c.number == bindparam("of")
_ADD = KeptStatement.insert(
    _TABLE, lambda insert: insert.on_conflict_do_nothing().returning(_TABLE.c.number), columns=_COLUMNS
)
_PROCESSED = KeptStatement(update(_TABLE).where(_THIS).values(acted=True))
_COUNT_ATTEMPT = update(_TABLE).where(_THIS).values(attempts=_TABLE.c.attempts + 1)
_ANSWERED = KeptStatement(update(_TABLE).where(_THIS).values(body=""))


class Inbox:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add_new(self, arrivals: Collection[Arrival]) -> set[int]:
        """Insert the updates whose numbers are new, and return these numbers."""
        new: set[int] = set()
        for arrival in arrivals:
            row = {column: getattr(arrival, column) for column in _COLUMNS}
            new.update(number for (number,) in await _ADD.rows(self._session, row))
        return new

    async def known(self, numbers: Iterable[int]) -> dict[int, Arrival]:
        """Return {number: Arrival} of the stored updates with these numbers."""
        found = await self._session.scalars(select(Arrival).where(Arrival.number.in_(numbers)))
        return {arrival.number: arrival for arrival in found}

    async def replace(self, arrival: Arrival) -> None:
        """Store the update instead of another bot's update with the same number."""
        await self._session.merge(arrival)

    async def unanswered(self) -> list[Arrival]:
        """Return the unanswered updates in the order of their numbers."""
        query = select(Arrival).where(Arrival.body != "").order_by(Arrival.number)
        return list(await self._session.scalars(query))

    async def find(self, number: int) -> Arrival | None:
        return await self._session.get(Arrival, number, populate_existing=True)

    async def count_attempt(self, number: int) -> None:
        await self._session.execute(_COUNT_ATTEMPT, {"of": number})

    async def mark_processed(self, number: int, *, beside: Writing = ()) -> None:
        """Mark the update as processed, in the transaction of its effects, and write `beside`. Does not commit."""
        await write_together(self._session, [*beside, (_PROCESSED, {"of": number})])

    async def mark_answered(self, numbers: Collection[int], *, beside: Writing = ()) -> None:
        """Mark the updates as answered and write `beside`. Does not commit."""
        await write_together(self._session, [*beside, *((_ANSWERED, {"of": number}) for number in sorted(numbers))])

    async def forget(self, *, before: datetime) -> None:
        await self._session.execute(delete(Arrival).where(Arrival.arrived_at < before))
