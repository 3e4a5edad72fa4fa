"""One active process among several on one PostgreSQL: the others stand by, and one takes over when it ends.

The active one holds an advisory lock, which ends with its connection. A process that loses the connection stops at
once, since another one may be active already.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.engines import ANSWERS_WITHIN

TRIES_EVERY = 2.0
"""Seconds between two tries of a process that stands by; with the limits below it takes over within 15 seconds."""
_ASKS_EVERY = 1.0
_KEY = 20_260_503
"""Key of the advisory lock; any number that no other lock uses."""
_TAKE = text("SELECT pg_try_advisory_lock(:key)")
# The server notices within nine seconds that the machine of an active process is gone, and frees its lock.
_NOTICE_SILENCE = ("tcp_keepalives_idle = 3", "tcp_keepalives_interval = 3", "tcp_keepalives_count = 2")


class LockLost(Exception):  # noqa: N818 (no fault of anybody's)
    """Raised into what runs: another process may be active already, so it must not go on."""


Runs = Callable[[], AbstractAsyncContextManager[object]]

logger = logging.getLogger(__name__)


@asynccontextmanager
async def only_active(engine: AsyncEngine, runs: Runs, *, tries_every: float = TRIES_EVERY) -> AsyncIterator[None]:
    """Until left, be inside `runs` whenever no other process is; SQLite has one process anyway."""
    if engine.dialect.name != "postgresql":
        async with runs():
            yield
        return
    turns = asyncio.create_task(_take_turns(engine, runs, tries_every))
    try:
        yield
    finally:
        turns.cancel()
        with suppress(asyncio.CancelledError):
            await turns


async def _take_turns(engine: AsyncEngine, runs: Runs, tries_every: float) -> None:
    is_reported = False
    while True:
        try:
            async with _own_connection(engine) as connection:
                is_reported = False
                await _until_taken(connection, tries_every)
                async with runs():
                    await _until_lost(connection)
        except LockLost:
            logger.warning("the lock of the active scheduler is lost, standing by")
        except (OSError, SQLAlchemyError) as error:
            if not is_reported:
                logger.warning("the lock of the active scheduler cannot be asked for, trying on: %r", error)
            is_reported = True
        except Exception:
            logger.exception("the scheduler ended with an error, beginning again")
        await asyncio.sleep(tries_every)


@asynccontextmanager
async def _own_connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Yield a connection that is closed afterwards: returned to the pool, it would keep the lock."""
    connection = await engine.connect()
    try:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        for setting in _NOTICE_SILENCE:
            await connection.execute(text(f"SET {setting}"))
        yield connection
    finally:
        with suppress(SQLAlchemyError, OSError):
            await connection.invalidate()
            await connection.close()


async def _until_taken(connection: AsyncConnection, tries_every: float) -> None:
    has_waited = False
    while not await _ask(connection):
        if not has_waited:
            logger.warning("another scheduler is active, standing by")
        has_waited = True
        await asyncio.sleep(tries_every)
    if has_waited:
        logger.warning("this scheduler is active now")


async def _ask(connection: AsyncConnection) -> bool:
    async with asyncio.timeout(ANSWERS_WITHIN):
        return bool(await connection.scalar(_TAKE, {"key": _KEY}))


async def _until_lost(connection: AsyncConnection) -> None:
    """Wait while the connection answers. Raises LockLost once it has ended or does not answer."""
    lost = asyncio.Event()
    driver: Any = (await connection.get_raw_connection()).driver_connection
    driver.add_termination_listener(lambda _: lost.set())
    while not lost.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(lost.wait(), _ASKS_EVERY)
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                await connection.scalar(text("SELECT 1"))
        except (OSError, SQLAlchemyError) as error:
            raise LockLost from error
    raise LockLost
