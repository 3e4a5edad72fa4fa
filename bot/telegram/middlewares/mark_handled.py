"""Marking of each update as answered, once it has been."""

import logging
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, Update

from bot.telegram.middlewares.serialize import Handler
from bot.telegram.update_inbox import UpdateInbox

logger = logging.getLogger(__name__)


class MarkUpdateHandled(BaseMiddleware):
    """Middleware that marks an update as answered whatever the result; one cut off with the process stays unmarked."""

    def __init__(self, inbox: UpdateInbox) -> None:
        self._inbox = inbox

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, Update):
            return None
        if not self._inbox.holds(event.update_id):
            # A webhook delivers the update directly; polling has stored it when it was fetched.
            await self._inbox.keep([event])
        if not self._inbox.begin(event.update_id):
            return None
        answer = None
        try:
            answer = await handler(event, data)
        except Exception:
            logger.exception("update %s could not be answered", event.update_id)
        await self._inbox.answered(event.update_id)
        return answer
