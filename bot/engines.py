"""PostgreSQL and Redis as servers that may not answer: reported within seconds, then waited for."""

import asyncio
import logging
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

logger = logging.getLogger(__name__)

ANSWERS_WITHIN = 3.0
"""Seconds to wait for an answer; with the pause between two checks, silence is reported within five seconds."""
_PAUSE = 1.5

_LOST = (ConnectionError, TimeoutError, InterfaceError, OperationalError, PoolTimeoutError)
_PASSING = re.compile(r"08|40|53|55P03|57P")
"""Classes of PostgreSQL error codes that pass by themselves: connection lost, deadlock, no resources, lock not
available, server starting or stopping.
"""

Ask = Callable[[], Awaitable[object]]


def is_unreachable(error: BaseException) -> bool:
    """Whether the error means that a server cannot be reached or used now, but may be later."""
    if isinstance(error, _LOST) or _is_lost_redis(error):
        return True
    state = getattr(getattr(error, "orig", error), "sqlstate", None)
    return (isinstance(error, DBAPIError) and error.connection_invalidated) or bool(state and _PASSING.match(state))


def _is_lost_redis(error: BaseException) -> bool:
    # Only a process that uses Redis loads its library; without it, no error can be one of its errors.
    redis: Any = sys.modules.get("redis.exceptions")
    return redis is not None and isinstance(error, (redis.ConnectionError, redis.TimeoutError))


class Engine:
    """One server, and whether its silence has been reported already."""

    def __init__(self, name: str, ask: Ask, *, within: float = ANSWERS_WITHIN) -> None:
        self.name = name
        self._ask = ask
        self._within = within
        self._is_lost = False

    async def answers(self) -> bool:
        """Ask once and return whether it answers; log when the answer differs from the last one."""
        question = asyncio.ensure_future(self._ask())
        try:
            # A driver may take seconds of its own to give up; the report does not wait for that.
            done, _ = await asyncio.wait([question], timeout=self._within)
            if done:
                question.result()
        except Exception as error:
            if not isinstance(error, OSError) and not is_unreachable(error):
                raise
            return self._note(lost=str(error).partition("\n")[0] or type(error).__name__)
        finally:
            await _dropped(question)
        return self._note(lost=None if done else f"no answer within {self._within:.0f} s")

    def _note(self, *, lost: str | None) -> bool:
        if lost is not None and not self._is_lost:
            logger.warning("%s cannot be reached, trying on: %s", self.name, lost)
        if lost is None and self._is_lost:
            logger.warning("%s answers again", self.name)
        self._is_lost = lost is not None
        return not self._is_lost

    async def wait(self) -> None:
        """Return once the server answers. Raises the server's error if waiting does not help."""
        while True:
            if await self.answers():
                return
            await asyncio.sleep(_PAUSE)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Check the server repeatedly in the background until left."""
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            await _dropped(watch)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_PAUSE)
            try:
                await self.answers()
            except Exception:
                logger.exception("%s answers with an error", self.name)


async def _dropped(task: asyncio.Future[object] | asyncio.Task[None]) -> None:
    if not task.done():
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task
