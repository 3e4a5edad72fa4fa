"""Steps of tests about people."""

from datetime import date
from typing import Any

from tests.support.stage import Phone, Stage
from tests.support.steps.filling import acting
from usecases.people.leaves import take_leave

WEEK = (date(2026, 5, 11), date(2026, 5, 13))


async def person_of(stage: Stage, chat_id: int) -> int:
    async with acting(stage, chat_id) as ctx:
        return ctx.actor.person_id or 0


async def go(stage: Stage, chat_id: int = 500, *, deputy: int | None = None, days: tuple[date, date] = WEEK) -> int:
    named = await person_of(stage, deputy) if deputy else None
    async with acting(stage, chat_id) as ctx:
        return (await take_leave(ctx, first=days[0], last=days[1], deputy=named)).id


async def card_of(body: Phone) -> dict[str, Any]:
    return next(message for message in reversed(await body.messages()) if message.get("photo"))


def code_on(card: dict[str, Any]) -> str:
    return next(word for word in str(card["caption"]).split() if "?start=" in word).partition("?start=")[2]
