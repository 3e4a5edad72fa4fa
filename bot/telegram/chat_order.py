"""Order of a chat's updates when several processes receive them: one at a time, by number."""

import asyncio
import logging
from contextlib import suppress

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.engines import is_unreachable

logger = logging.getLogger(__name__)

_KIND = 20_260_502
"""First key of these advisory locks; any number that no other lock uses."""
_WAITS = 60.0
"""Seconds to wait for an earlier update of the chat that nobody answers; then a later one goes first."""

# The lock ends with its process's connection, however the process ends.
_TAKE = text(
    """SELECT NOT EXISTS (SELECT FROM arrivals WHERE chat = :chat AND number < :number AND body <> '' AND NOT :late)
       AND pg_try_advisory_lock(:kind, hashint8(:chat))"""
)
_LEAVE = text("SELECT pg_advisory_unlock(:kind, hashint8(:chat))")


class ChatOrder:
    """Turns of chats across processes; with SQLite there is only one process, which keeps the order in memory."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._is_shared = engine.dialect.name == "postgresql"
        self._connection: AsyncConnection | None = None
        self._at_work = asyncio.Lock()

    async def take(self, chat_id: int, number: int, *, waited: float) -> bool:
        """Take the chat's turn for this update and return whether it may begin, after `waited` seconds of waiting.

        It may not while the database is away. Only one update of a chat may ask at a time.
        """
        if not self._is_shared:
            return True
        try:
            return await self._ask(_TAKE, kind=_KIND, chat=chat_id, number=number, late=waited > _WAITS)
        except (SQLAlchemyError, OSError) as error:
            # An error here would end the update, which nobody has begun.
            if not is_unreachable(error):
                raise
            return False

    async def leave(self, chat_id: int) -> None:
        if self._is_shared:
            try:
                await self._ask(_LEAVE, kind=_KIND, chat=chat_id)
            except Exception as error:
                # The update is answered, and its turn has ended with the connection.
                logger.warning("a chat's turn has ended with its connection: %r", error)

    async def _ask(self, statement: object, **values: object) -> bool:
        async with self._at_work:
            try:
                if self._connection is None:
                    self._connection = await self._engine.connect()
                    await self._connection.execution_options(isolation_level="AUTOCOMMIT")
                return bool(await self._connection.scalar(statement, values))  # type: ignore[call-overload]
            except BaseException:
                # An answer that arrives after a cancelled wait would be taken for the answer to the next question.
                await self.close()
                raise

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError, OSError):
                await connection.invalidate()
                await connection.close()
