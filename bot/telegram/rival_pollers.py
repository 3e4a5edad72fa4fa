"""Another process that fetches the same bot's updates: one of the two has to end."""

import asyncio
import time

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramConflictError
from aiogram.methods import GetUpdates, Response, TelegramMethod
from aiogram.methods.base import TelegramType

from domain.errors import Refusal

_WITHIN = 60.0
"""Seconds within which a second conflict proves another process; a single one may come from a process just ended."""
_PAUSE = 3.0


class RivalPollers(BaseRequestMiddleware):
    """Raises Refusal through `met` when fetching updates conflicts twice within a minute."""

    def __init__(self) -> None:
        self._met: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._last = -_WITHIN

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        try:
            return await make_request(bot, method)
        except TelegramConflictError as error:
            if isinstance(method, GetUpdates):
                self._note(error.message)
                # Fetching again at once would only displace the other process once more.
                await asyncio.sleep(_PAUSE)
            raise

    def _note(self, reason: str) -> None:
        now = time.monotonic()
        if now - self._last < _WITHIN and not self._met.done():
            self._met.set_exception(
                Refusal(
                    "token-used-by-another-bot",
                    f"Token này đang được một bot khác dùng ({reason}). Mỗi token chỉ chạy một bot: "
                    "anh/chị dừng bot kia rồi chạy lại.",
                )
            )
        self._last = now

    async def met(self) -> None:
        """Wait for ever. Raises Refusal once this process has to end."""
        await self._met
