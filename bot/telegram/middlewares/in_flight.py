"""Count of the updates being handled, so that others can wait until there are none."""

import asyncio
from collections import Counter
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from bot.telegram.middlewares.serialize import Handler


class TrackInFlight(BaseMiddleware):
    """Middleware that tracks the updates being handled."""

    def __init__(self) -> None:
        self._tasks: Counter[asyncio.Task[Any] | None] = Counter()

    @property
    def count(self) -> int:
        return self._tasks.total()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        # An update may feed another one within its own task.
        task = asyncio.current_task()
        self._tasks[task] += 1
        try:
            return await handler(event, data)
        finally:
            self._tasks[task] -= 1
            if not self._tasks[task]:
                del self._tasks[task]

    async def finish(self, *, within: float) -> None:
        """Return once no update is being handled; cancel those that take longer than `within` seconds."""
        tasks = [task for task in self._tasks if task is not None]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
