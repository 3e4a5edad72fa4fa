"""Idle check: a script waits with it until the product has nothing left to do."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from sandbox.world.updates import Updates

LOOK_AGAIN = 0.01
# Seconds between two checks, as a handler between two calls is not idle; longer if the product cannot be asked.
APART_WHEN_TOLD = 0.01
APART_WHEN_GUESSED = 0.15


class Activity:
    """Count of running calls; it asks the product as well, if it can."""

    def __init__(self, updates: Updates, is_quiet: Callable[[], Awaitable[bool]] | None) -> None:
        self._updates = updates
        self._is_quiet = is_quiet
        self._under_way = 0
        self._begun = 0

    @contextmanager
    def call(self) -> Iterator[None]:
        self._under_way += 1
        self._begun += 1
        try:
            yield
        finally:
            self._under_way -= 1

    async def wait(self, seconds: float) -> bool:
        """Whether the product became idle in time: no update pending and no call running, twice in a row."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not await self._rests():
            if loop.time() >= deadline:
                return False
            await asyncio.sleep(LOOK_AGAIN)
        return True

    async def _rests(self) -> bool:
        begun = self._begun
        if not await self._is_still():
            return False
        await asyncio.sleep(APART_WHEN_TOLD if self._is_quiet else APART_WHEN_GUESSED)
        return begun == self._begun and await self._is_still()

    async def _is_still(self) -> bool:
        if len(self._updates) or self._under_way:
            return False
        return self._is_quiet is None or await self._is_quiet()
