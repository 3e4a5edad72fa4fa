"""Pace of live answers in groups: the half of Telegram's limit that pushed messages leave to them."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from channels.sliding_window import LIVE_PER_MINUTE, ON_THE_ROAD, SlidingWindow

_MINUTE = 60.0
_LOOK_AGAIN = 1.0


class PaceGroups(BaseRequestMiddleware):
    """Request middleware that lets each group have so many calls in any minute; others wait for their turn."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._groups: dict[int, SlidingWindow] = {}

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        chat_id = getattr(method, "chat_id", None)
        if isinstance(chat_id, int) and chat_id < 0:
            await self._turn(chat_id)
        return await make_request(bot, method)

    async def _turn(self, chat_id: int) -> None:
        self._forget_the_idle()
        window = self._groups.setdefault(chat_id, SlidingWindow(LIVE_PER_MINUTE, _MINUTE + ON_THE_ROAD))
        # A clock that was set back must not keep a group silent for longer than its minute.
        for _ in range(int(_MINUTE / _LOOK_AGAIN)):
            wait = window.free_at() - self._seconds()
            if wait <= 0:
                break
            # The clock may be set meanwhile, so the wait is looked at again every second.
            await asyncio.sleep(min(wait, _LOOK_AGAIN))
        window.take(self._seconds())

    def _forget_the_idle(self) -> None:
        now = self._seconds()
        self._groups = {chat_id: window for chat_id, window in self._groups.items() if not window.is_idle(now)}

    def _seconds(self) -> float:
        return self._now().timestamp()
