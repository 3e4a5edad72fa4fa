"""Groups that get a new number: a call refused for it is repeated there, and the number is stored."""

import logging
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramMigrateToChat
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import TelegramObject

from usecases.groups.following import move_group

_learned: ContextVar[list[tuple[int, int]] | None] = ContextVar("learned", default=None)
"""(old number, new number) of each group whose move the calls of one update reported."""

logger = logging.getLogger(__name__)


class FollowMoves(BaseRequestMiddleware):
    """Request middleware that repeats a call in the chat that the messenger names, without its reply and topic."""

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        try:
            return await make_request(bot, method)
        except TelegramMigrateToChat as moved:
            chat_id = getattr(method, "chat_id", None)
            if not isinstance(chat_id, int):
                raise
            logger.info("group %s has become %s", chat_id, moved.migrate_to_chat_id)
            learned = _learned.get()
            if learned is not None:
                learned.append((chat_id, moved.migrate_to_chat_id))
            known = type(method).model_fields
            there = {"chat_id": moved.migrate_to_chat_id, "reply_parameters": None, "message_thread_id": None}
            changes = {name: value for name, value in there.items() if name in known}
            return await make_request(bot, method.model_copy(update=changes))


async def remember_moves(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    """Store the new number of each group whose move the calls of this update reported."""
    learned: list[tuple[int, int]] = []
    token = _learned.set(learned)
    try:
        return await handler(event, data)
    finally:
        _learned.reset(token)
        for chat_id, to in learned:
            await move_group(data["ctx"], channel=data["channel"], chat_id=chat_id, to=to)
