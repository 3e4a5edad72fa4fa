"""One update of a chat at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, Update

from bot.telegram.chat_order import ChatOrder

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

_PAUSE = 0.05


class SerializePerChat(BaseMiddleware):
    """Middleware that handles a chat's updates one by one, in the order they arrived, however fast they are typed."""

    def __init__(self, chat_turns: ChatOrder) -> None:
        self._chat_turns = chat_turns
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        chat = data.get("event_chat")
        if chat is None:
            return await handler(event, data)
        number = event.update_id if isinstance(event, Update) else 0
        begun = asyncio.get_running_loop().time()
        waited = 0.0
        while True:
            async with self.of(chat.id):
                if await self._chat_turns.take(chat.id, number, waited=waited):
                    try:
                        data["has_waited"] = waited > 0
                        return await handler(event, data)
                    finally:
                        await self._chat_turns.leave(chat.id)
            # Another process handles this chat, or an earlier update comes first.
            await asyncio.sleep(_PAUSE)
            waited = asyncio.get_running_loop().time() - begun

    def of(self, chat_id: int) -> asyncio.Lock:
        """Return the lock to hold while this chat has its turn; it is given in the order of asking."""
        return self._turns.setdefault(chat_id, asyncio.Lock())
