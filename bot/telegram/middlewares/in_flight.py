"""Counts the updates at work, so that others can wait until none is."""

import asyncio
from collections import Counter
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from bot.telegram.middlewares.serialize import Handler


class TrackInFlight(BaseMiddleware):
    """Knows the updates at work, so that others can wait until none is."""

    def __init__(self) -> None:
        self._tasks: Counter[asyncio.Task[Any] | None] = Counter()

    @property
    def count(self) -> int:
        return self._tasks.total()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        # An update may raise another one in its own task.
        task = asyncio.current_task()
        self._tasks[task] += 1
        try:
            return await handler(event, data)
        finally:
            self._tasks[task] -= 1
            if not self._tasks[task]:
                del self._tasks[task]

    async def finish(self, *, within: float) -> None:
        """Returns once no update is at work; those that take longer than so many seconds are cut off."""
        tasks = [task for task in self._tasks if task is not None]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
