"""Whose turn it is in a chat, where several processes see it: one update of a chat after the other, by number."""

import asyncio
from contextlib import suppress

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_KIND = 20_260_502
"""Of these locks; any number that nobody else locks."""
_WAITS = 60.0
"""Seconds for an earlier update of the chat that nobody answers; after that a later one goes first."""

# The lock ends with the connection of its process, however that ends.
_TAKE = text(
    """SELECT NOT EXISTS (SELECT FROM arrivals WHERE chat = :chat AND number < :number AND body <> '' AND NOT :late)
       AND pg_try_advisory_lock(:kind, hashint8(:chat))"""
)
_LEAVE = text("SELECT pg_advisory_unlock(:kind, hashint8(:chat))")


class ChatOrder:
    """On SQLite there is one process, which keeps the order in its memory: nothing is asked."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._is_shared = engine.dialect.name == "postgresql"
        self._connection: AsyncConnection | None = None
        self._at_work = asyncio.Lock()

    async def take(self, chat_id: int, number: int, *, waited: float) -> bool:
        """Whether this update may begin, after so many seconds; to be asked by one update of the chat at a time."""
        if not self._is_shared:
            return True
        return await self._ask(_TAKE, kind=_KIND, chat=chat_id, number=number, late=waited > _WAITS)

    async def leave(self, chat_id: int) -> None:
        if self._is_shared:
            with suppress(SQLAlchemyError, OSError):
                await self._ask(_LEAVE, kind=_KIND, chat=chat_id)

    async def _ask(self, statement: object, **values: object) -> bool:
        async with self._at_work:
            try:
                if self._connection is None:
                    self._connection = await self._engine.connect()
                    await self._connection.execution_options(isolation_level="AUTOCOMMIT")
                return bool(await self._connection.scalar(statement, values))  # type: ignore[call-overload]
            except BaseException:
                # An answer that was not waited for would be taken for that to the next question.
                await self.close()
                raise

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError, OSError):
                await connection.invalidate()
                await connection.close()
