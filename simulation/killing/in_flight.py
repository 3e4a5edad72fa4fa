"""What a killed process has left behind: its updates and messages in flight, which may be answered or sent twice."""

from datetime import datetime

from sqlalchemy import ColumnElement, Integer, Select, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from models.inbox import Arrival
from models.outbox import OutboxMessage
from models.unit_of_work import make_engine

_UNANSWERED: ColumnElement[int] = func.count(Arrival.number).filter(Arrival.body != "")
_CLAIMS: ColumnElement[int] = func.coalesce(
    func.sum(OutboxMessage.attempts - func.cast(OutboxMessage.done_at.is_not(None), Integer)), 0
)


async def count_unanswered(database: str) -> int:
    """Return how many updates are received and not answered."""
    return await _find(database, select(_UNANSWERED))


async def count_claims(database: str) -> int:
    """Return how many times messages were claimed for sending and not settled, by all processes so far."""
    return await _find(database, select(_CLAIMS))


async def count_waiting(database: str, *, by: datetime) -> int:
    """Return how many messages are due by then and not sent."""
    waits = OutboxMessage.done_at.is_(None) & (OutboxMessage.due_at <= by)
    return await _find(database, select(func.count(OutboxMessage.id)).where(waits))


async def _find(database: str, query: Select[int]) -> int:
    # A new connection each time: what a killed process has left must be found by one that knows nothing of it.
    engine: AsyncEngine = make_engine(database)
    try:
        async with engine.connect() as connection:
            return int(await connection.scalar(query) or 0)
    finally:
        await engine.dispose()
