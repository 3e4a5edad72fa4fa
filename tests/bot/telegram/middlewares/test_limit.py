"""A chat that floods: how much is handled before another chat's turn does not depend on how much it sends."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.types import Message, TelegramObject

from tests.bot.telegram.updates import FIRST, typed
from tests.support.stage import Stage
from tests.support.statements import statements_sent

MOST_WAITING = 20


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
