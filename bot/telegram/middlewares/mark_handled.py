"""Marking of each update as answered, once it has been."""

from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, Update

from bot.telegram.middlewares.serialize import Handler
from bot.telegram.update_attempts import give_up
from bot.telegram.update_inbox import UpdateInbox


class MarkUpdateHandled(BaseMiddleware):
    """Middleware that marks an update as answered whatever the result; one cut off with the process stays unmarked.

    An error that comes as far as here was told to nobody: it is told before the update is marked.
    """

    def __init__(self, inbox: UpdateInbox) -> None:
        self._inbox = inbox

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, Update) or not self._inbox.begin(event.update_id):
            return None
        answer = None
        try:
            answer = await handler(event, data)
        except Exception as error:
            await give_up(event, data, attempts=1, error=error, has_acted=False)
        await self._inbox.answered(event.update_id)
        return answer
