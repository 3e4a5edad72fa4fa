"""Limit on the number of waiting updates per chat."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Chat, Message, ReplyParameters, TelegramObject, Update

from bot.telegram.middlewares.serialize import Handler, SerializePerChat
from bot.telegram.update_attempts import say
from dialogs.shared.replies import is_for_bot, pop_up
from templates import render

logger = logging.getLogger(__name__)

_MOST_WAITING = 20


@dataclass(slots=True)
class ChatQueue:
    """Updates of one chat that wait for their turn."""

    waiting: int = 0
    last: Message | None = None
    """Newest message that was accepted."""
    told: asyncio.Event | None = None
    """Set once those that the line did not take any more have been told so; None while it takes updates."""


class LimitQueuePerChat(BaseMiddleware):
    """Queue at most `most` updates per chat; drop the rest and send one notice that quotes the last accepted message.

    The limit counts waiting updates, not updates per second: fast input that the bot keeps up with is no flood.
    """

    def __init__(self, in_turn: SerializePerChat, *, most: int = _MOST_WAITING) -> None:
        self._in_turn = in_turn
        self._most = most
        self._lines: dict[int, ChatQueue] = {}

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        chat = data.get("event_chat")
        if chat is None or not isinstance(event, Update) or not _is_measured(event, chat):
            return await handler(event, data)
        line = self._lines.setdefault(chat.id, ChatQueue())
        if line.told is not None:
            await _stop_the_wheel(event.callback_query)
            # Until the notice is out, it is not answered.
            return await line.told.wait()
        if line.waiting >= self._most:
            line.told = asyncio.Event()
            await _stop_the_wheel(event.callback_query)
            return await self._tell(line, line.told, chat, data["bot"])
        line.last = event.message or line.last
        line.waiting += 1
        try:
            return await handler(event, data)
        finally:
            line.waiting -= 1
            if not line.waiting and line.told is None:
                self._lines.pop(chat.id, None)

    async def _tell(self, line: ChatQueue, told: asyncio.Event, chat: Chat, bot: Bot) -> None:
        try:
            async with self._in_turn.of(chat.id):
                text, reply = render("menu/flood", last=line.last), _reply_to(line.last)
                await say(lambda: bot.send_message(chat.id, text, reply_parameters=reply))
        except TelegramAPIError as error:
            logger.warning("a flood could not be told of: %s", error)
        finally:
            self._lines.pop(chat.id, None)
            told.set()


def _is_measured(event: Update, chat: Chat) -> bool:
    """Whether the update counts: in groups only what is meant for the bot does."""
    if chat.type == "private":
        return bool(event.message or event.edited_message or event.callback_query)
    return bool(event.callback_query or (event.message and is_for_bot(event.message)))


async def _stop_the_wheel(press: CallbackQuery | None) -> None:
    if press is not None:
        await pop_up(press, "Anh/chị bấm chậm lại giúp.")


def _reply_to(message: Message | None) -> ReplyParameters | None:
    return ReplyParameters(message_id=message.message_id, allow_sending_without_reply=True) if message else None
