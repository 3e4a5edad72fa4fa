"""A chat that floods: how much is handled before another chat's turn does not depend on how much it sends."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import SendMessage
from aiogram.types import Message, TelegramObject

from bot.telegram import update_attempts as attempts
from tests.bot.telegram.updates import FIRST, typed
from tests.support.stage import Phone, Stage
from tests.support.statements import statements_sent

MOST_WAITING = 20
NOTICE = "Tin đến quá nhanh"


class NoticeHeldUp(BaseRequestMiddleware):
    """The messenger is away `times` times when it is to show the notice of a flood, and never answers without."""

    def __init__(self, times: int | None) -> None:
        self._left = times
        self.is_tried = asyncio.Event()

    async def __call__(self, make_request: Any, bot: Bot, method: Any) -> Any:
        if isinstance(method, SendMessage) and method.text.startswith(NOTICE):
            self.is_tried.set()
            if self._left is None:
                await asyncio.Event().wait()
            if self._left:
                self._left -= 1
                raise TelegramNetworkError(method, "away")
        return await make_request(bot, method)


async def test_a_burst_of_500_updates_leaves_another_chat_its_turn(stage: Stage) -> None:
    flooding = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    other = await stage.phone("Cán bộ Phường 6", unit="phuong-6")
    handled: list[int] = []

    async def note(
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
    ) -> Any:
        assert isinstance(event, Message)
        handled.append(event.chat.id)
        return await handler(event, data)

    bot, dispatcher = stage.telegram_bot.bot, stage.telegram_bot.dispatcher
    dispatcher.message.outer_middleware(note)
    burst = [typed(flooding, "alo", number=FIRST + number) for number in range(500)]
    updates = [*burst, typed(other, "/menu", number=FIRST + 500)]
    await stage.telegram_bot.inbox.keep(updates)
    with statements_sent() as sent:
        await asyncio.gather(*(dispatcher.feed_update(bot, update) for update in updates))

    assert handled.count(flooding.id) <= MOST_WAITING
    assert handled.index(other.id) <= MOST_WAITING
    # What is dropped is marked as answered in common, not one by one.
    assert sum(statement.startswith("UPDATE arrivals") for statement in sent) <= 3 * MOST_WAITING
    assert (await other.screen()).startswith("Phường 6")


async def flooded(stage: Stage, flooding: Phone) -> list[asyncio.Task[Any]]:
    burst = [typed(flooding, "alo", number=FIRST + number) for number in range(2 * MOST_WAITING)]
    await stage.telegram_bot.inbox.keep(burst)
    feed, bot = stage.telegram_bot.dispatcher.feed_update, stage.telegram_bot.bot
    return [asyncio.create_task(feed(bot, update)) for update in burst]


async def test_who_floods_hears_of_it_once_the_messenger_is_back(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "PAUSES", (0.0, 0.0, 0.0))
    flooding = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    stage.telegram_bot.bot.session.middleware(NoticeHeldUp(2))

    await asyncio.gather(*await flooded(stage, flooding))

    said = [str(message["text"]) for message in await flooding.messages() if message["from"]["is_bot"]]
    assert sum(text.startswith(NOTICE) for text in said) == 1


async def test_what_a_flood_leaves_unread_is_not_answered_before_the_notice(stage: Stage) -> None:
    flooding = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    held_up = NoticeHeldUp(None)
    stage.telegram_bot.bot.session.middleware(held_up)

    tasks = await flooded(stage, flooding)
    await held_up.is_tried.wait()
    await stage.telegram_bot.in_flight.finish(within=0)
    await asyncio.gather(*tasks, return_exceptions=True)
    await stage.telegram_bot.inbox.store_conclusions()

    answered = [(await stage.telegram_bot.inbox.read(FIRST + number)).is_answered for number in range(len(tasks))]
    assert answered == [True] * MOST_WAITING + [False] * MOST_WAITING
