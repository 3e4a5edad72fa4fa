"""One person's flood, and the others meanwhile: measured in turns, which a slow machine does not change."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import GetUpdates, Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import TelegramObject, Update

from tests.support.stage import Phone, Stage

FLOOD = 500
OTHERS = ("phuong-1", "phuong-2", "phuong-3", "phuong-4", "phuong-6")
TEXTS = ("/menu", "/viec", "/han")
MOST = 20
"""Most turns of the flooder while another's update waits: a line holds no more (docs/decisions/0052)."""
USUAL = 4
"""Turns that it usually is at most: one for each turn of the waiting chat itself, and one that is under way."""
NOTICE = "Tin đến quá nhanh"


@dataclass
class Turns(BaseMiddleware):
    """Updates in the order in which their handling ended, and how many had ended when each came to the bot."""

    ended: list[tuple[int, int]] = field(default_factory=list)
    """[(chat, number of the update)]"""
    at_arrival: dict[int, int] = field(default_factory=dict)
    """{number of an update: updates that had ended by then}"""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        assert isinstance(event, Update)
        try:
            return await handler(event, data)
        finally:
            self.ended.append((data["event_chat"].id, event.update_id))

    def of_others_before(self, chat: int, *, by: int) -> list[int]:
        """Return, for each update of this chat, how many of the chat `by` were handled while it waited."""
        places = [place for place, (one, _) in enumerate(self.ended) if one == chat]
        return [
            sum(one == by for one, _ in self.ended[self.at_arrival[self.ended[place][1]] : place]) for place in places
        ]


@dataclass
class Arrivals(BaseRequestMiddleware):
    turns: Turns

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        answer: Any = await make_request(bot, method)
        if isinstance(method, GetUpdates):
            for update in answer:
                self.turns.at_arrival.setdefault(update.update_id, len(self.turns.ended))
        return answer  # type: ignore[no-any-return] # aiogram passes on the result itself


async def test_a_flood_from_one_person_costs_the_others_a_few_turns(stage: Stage) -> None:
    flooder = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    others = [await stage.phone(f"Cán bộ {unit}", unit=unit) for unit in OTHERS]
    turns = Turns()
    stage.telegram_bot.dispatcher.update.outer_middleware(turns)
    stage.telegram_bot.bot.session.middleware(Arrivals(turns))

    await asyncio.gather(
        *(type_in(flooder, f"số {number}") for number in range(FLOOD)),
        *(type_in(one, text) for one in others for text in TEXTS),
    )
    await stage.settle()

    waited = [turns.of_others_before(one.id, by=flooder.id) for one in others]
    assert [len(found) for found in waited] == [len(TEXTS)] * len(OTHERS)
    assert max(found[-1] for found in waited) <= MOST
    assert median(turns for found in waited for turns in found) <= USUAL
    assert sum(one == flooder.id for one, _ in turns.ended) < 2 * MOST
    assert len([message for message in await flooder.messages() if NOTICE in str(message["text"])]) == 1


async def type_in(phone: Phone, text: str) -> None:
    await phone.stage.post(f"/sandbox/chats/{phone.id}/send", **{"as": phone.id, "text": text})
