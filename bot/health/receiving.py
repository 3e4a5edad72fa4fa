"""Updates and calls of the bot, counted."""

import time
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramNetworkError, TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import TelegramObject

from bot.health.messenger import MessengerStanding
from bot.health.metrics import UPDATE_SECONDS, UPDATES
from bot.telegram.middlewares.serialize import Handler
from domain.references import under_reference


class CountUpdates(BaseMiddleware):
    """Outermost middleware: gives an update its reference in the log, times it and counts its outcome."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        begun = time.monotonic()
        with under_reference() as handling:
            try:
                return await handler(event, data)
            finally:
                UPDATE_SECONDS.observe(time.monotonic() - begun)
                UPDATES.labels("failed" if handling.has_failed else "answered").inc()


class NoteMessenger(BaseRequestMiddleware):
    """Innermost request middleware: notes whether the messenger answered."""

    def __init__(self, messenger: MessengerStanding) -> None:
        self._messenger = messenger

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        try:
            answer = await make_request(bot, method)
        except (TelegramNetworkError, TelegramServerError):
            self._messenger.note(answered=False)
            raise
        self._messenger.note(answered=True)
        return answer
