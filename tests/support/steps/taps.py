"""Double taps, and phones that show an outdated screen."""

import asyncio
from dataclasses import dataclass

from aiogram.types import Message

from tests.support.stage import Phone

DOUBLE_TAP = 0.12
"""Seconds between the two taps of one finger."""


@dataclass(frozen=True)
class Drawing:
    """Screen as a phone shows it, however long ago it was drawn."""

    phone: Phone
    message: Message

    def data(self, label: str) -> str:
        markup = self.message.reply_markup
        rows = markup.inline_keyboard if markup else []
        return next(button.callback_data or "" for row in rows for button in row if button.text == label)

    async def press(self, label: str) -> str | None:
        """Press the button as it was drawn; return the alert, or None if none appeared."""
        control = self.phone.stage.sandbox._control
        world = control._world
        sender = world.user(world.person(self.phone.id))
        answer = await control._callbacks.ask(world, sender, self.message, self.data(label))
        await self.phone.stage.settle()
        return answer.text if answer else None


async def drawn(phone: Phone) -> Drawing:
    """Return the phone's newest message of the bot as it looks now."""
    last = await phone.last()
    world = phone.stage.sandbox._control._world
    posts = world.posts.newest_first(phone.id)
    return Drawing(phone, next(post.message for post in posts if post.message.message_id == last["message_id"]))


async def tap_twice(phone: Phone, label: str) -> list[str]:
    """Tap twice at one place: the second tap hits whatever is there by then, if it has the same label.

    Return the two alerts, each empty if none appeared.
    """
    alerts = []
    for _ in range(2):
        alerts.append(await _tap(phone, label))
        await asyncio.sleep(DOUBLE_TAP)
    await phone.stage.settle()
    return alerts


async def tap_at_once(phone: Phone, label: str) -> list[str]:
    """Tap twice before the screen can change; return the two alerts."""
    alerts = await asyncio.gather(_tap(phone, label), _tap(phone, label))
    await phone.stage.settle()
    return list(alerts)


async def _tap(phone: Phone, label: str) -> str:
    url = f"{phone.stage.sandbox.url}/sandbox/chats/{phone.id}/press"
    async with phone.stage.http.post(url, json={"as": phone.id, "text": label}) as answer:
        return str((await answer.json()).get("alert") or "")
