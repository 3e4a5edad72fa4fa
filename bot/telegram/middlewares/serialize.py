"""What every update passes before a handler sees it: its turn, a measure against floods, and its context."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from aiogram import BaseMiddleware, Bot
from aiogram.types import CallbackQuery, Chat, Message, ReplyParameters, TelegramObject, Update

from bot.telegram.chat_order import ChatTurns
from bot.telegram.update_inbox import Inbox
from dialogs.replies import pop_up
from templates import render

logger = logging.getLogger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

_MOST_WAITING = 20
_PAUSE = 0.05


class InTurn(BaseMiddleware):
    """One update of a chat after the other, in the order they came: fifteen figures typed fast stay in order."""

    def __init__(self, chat_turns: ChatTurns) -> None:
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
            # Another process is at work on this chat, or an earlier update comes first.
            await asyncio.sleep(_PAUSE)
            waited = asyncio.get_running_loop().time() - begun

    def of(self, chat_id: int) -> asyncio.Lock:
        """To be held while this chat has its turn; who asks first is first."""
        return self._turns.setdefault(chat_id, asyncio.Lock())


@dataclass(slots=True)
class Line:
    """The updates of one chat that wait for their turn."""

    waiting: int = 0
    last: Message | None = None
    """The newest message that was let in."""
    closed: bool = False


class Measured(BaseMiddleware):
    """Lets so many updates of a chat wait; whoever sends more is told, in turn and once, how far the bot has read.

    It counts what waits, not what comes in a second: fast fingers that the bot keeps up with are no flood.
    """

    def __init__(self, in_turn: InTurn, *, most: int = _MOST_WAITING) -> None:
        self._in_turn = in_turn
        self._most = most
        self._lines: dict[int, Line] = {}

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        chat = data.get("event_chat")
        if chat is None or not isinstance(event, Update) or not _is_measured(event, chat):
            return await handler(event, data)
        line = self._lines.setdefault(chat.id, Line())
        if line.closed:
            return await _stop_the_wheel(event.callback_query)
        if line.waiting >= self._most:
            line.closed = True
            return await self._tell(line, chat, data["bot"], event.callback_query)
        line.last = event.message or line.last
        line.waiting += 1
        try:
            return await handler(event, data)
        finally:
            line.waiting -= 1
            if not line.waiting and not line.closed:
                self._lines.pop(chat.id, None)

    async def _tell(self, line: Line, chat: Chat, bot: Bot, press: CallbackQuery | None) -> None:
        await _stop_the_wheel(press)
        try:
            async with self._in_turn.of(chat.id):
                text = render("menu/flood", last=line.last)
                await bot.send_message(chat.id, text, reply_parameters=_reply_to(line.last))
        finally:
            self._lines.pop(chat.id, None)


def _is_measured(event: Update, chat: Chat) -> bool:
    """In groups people talk among themselves; only what is meant for the bot counts."""
    message = event.message
    if chat.type == "private":
        return bool(message or event.edited_message or event.callback_query)
    return bool(event.callback_query or (message and (message.text or "").startswith("/")))


async def _stop_the_wheel(press: CallbackQuery | None) -> None:
    if press is not None:
        await pop_up(press, "Anh/chị bấm chậm lại giúp.")


def _reply_to(message: Message | None) -> ReplyParameters | None:
    return ReplyParameters(message_id=message.message_id, allow_sending_without_reply=True) if message else None


class Answered(BaseMiddleware):
    """Whatever came of it, an update has had its answer; one that was cut off with the process has not."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, Update):
            return None
        if not self._inbox.holds(event.update_id):
            # A webhook hands it over directly; polling has kept it when it was fetched.
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


class InFlight(BaseMiddleware):
    """Knows the updates at work, so that others can wait until none is."""

    def __init__(self) -> None:
        self._tasks: Counter[asyncio.Task[Any] | None] = Counter()

    @property
    def count(self) -> int:
        return self._tasks.total()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        # An update may raise another one in its own task.
        task = asyncio.current_task()
        self._tasks[task] += 1
        try:
            return await handler(event, data)
        finally:
            self._tasks[task] -= 1
            if not self._tasks[task]:
                del self._tasks[task]

    async def finish(self, *, within: float) -> None:
        """Returns once no update is at work; those that take longer than so many seconds are cut off."""
        tasks = [task for task in self._tasks if task is not None]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
