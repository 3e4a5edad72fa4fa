"""What every update passes before a handler sees it: its turn, a measure against floods, and its context."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from bot.contexts import Contexts
from usecases.ports import FileStore

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class InTurn(BaseMiddleware):
    """One update of a chat after the other, in the order they came: fifteen figures typed fast stay in order."""

    def __init__(self) -> None:
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        chat = data.get("event_chat")
        if chat is None:
            return await handler(event, data)
        turn = self._turns.setdefault(chat.id, asyncio.Lock())
        async with turn:
            return await handler(event, data)


class InContext(BaseMiddleware):
    """Opens the database for the length of one update and says who acts."""

    def __init__(self, contexts: Contexts, *, files: FileStore, channel: str) -> None:
        self._contexts = contexts
        self._files = files
        self._channel = channel

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user = data.get("event_from_user")
        if user is None:
            return None
        async with self._contexts.open_for(channel=self._channel, chat_id=user.id) as ctx:
            data |= {"ctx": ctx, "files": self._files, "channel": self._channel}
            return await handler(event, data)


class InFlight(BaseMiddleware):
    """Counts the updates at work, so that others can wait until none is."""

    def __init__(self) -> None:
        self.count = 0

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        self.count += 1
        try:
            return await handler(event, data)
        finally:
            self.count -= 1
