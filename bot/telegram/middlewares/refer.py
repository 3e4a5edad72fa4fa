"""Reference of each update: on every line that it leaves in the log, and told to the person if it fails."""

from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from bot.telegram.middlewares.serialize import Handler
from domain.references import under_reference


class ReferToUpdate(BaseMiddleware):
    """Outermost middleware: gives an update its reference."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        with under_reference():
            return await handler(event, data)
