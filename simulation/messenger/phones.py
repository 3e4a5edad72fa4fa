"""Phones of officers whose bot is behind a network: what they send goes over HTTP, and so do the answers."""

import asyncio
from dataclasses import dataclass, field
from time import monotonic

from simulation.messenger.chats import ShownScreen
from simulation.messenger.server import LoopbackMessenger

PATIENCE = 300.0
"""Seconds after which an officer takes an answer for lost."""


class UnexpectedScreen(Exception):  # noqa: N818 (told in a result)
    """The bot did not show what the officer waited for; the text says what it showed instead."""


class NoAnswer(UnexpectedScreen):
    """The bot showed nothing at all."""


@dataclass(slots=True)
class WirePhone:
    chat_id: int
    messenger: LoopbackMessenger
    waits: list[float] = field(default_factory=list)
    """Seconds from each message or press to its answer."""
    patience: float = PATIENCE
    """Longest wait for any answer (seconds)."""
    reading: float = PATIENCE
    """Longest wait for the expected screen after another one has come (seconds)."""

    async def send(self, text: str, *, until: str = "") -> str:
        """Return the first screen with `until` in it. Raises UnexpectedScreen if there is none in time."""
        began, screens = monotonic(), self.messenger.chats.follow(self.chat_id)
        self.messenger.send(self.chat_id, text)
        return await self._answered(screens, began, until)

    async def attach(self, name: str, content: bytes, *, until: str = "") -> str:
        """As `send`, with a file."""
        began, screens = monotonic(), self.messenger.chats.follow(self.chat_id)
        self.messenger.attach(self.chat_id, name, content)
        return await self._answered(screens, began, until)

    async def press(self, label: str, *, until: str = "") -> str:
        """Press the button whose label begins so. Raises UnexpectedScreen if there is none, or no answer in time."""
        buttons = self.messenger.chats.buttons(self.chat_id)
        data = next((data for shown, data in buttons.items() if shown.startswith(label)), None)
        if data is None:
            shown = self.messenger.chats.screens.get(self.chat_id, {}).get("text", "")
            raise UnexpectedScreen(f"no «{label}» below «{shown}»: {[*buttons]}")
        began, screens = monotonic(), self.messenger.chats.follow(self.chat_id)
        self.messenger.press(self.chat_id, data)
        return await self._answered(screens, began, until)

    async def _answered(self, screens: "asyncio.Queue[ShownScreen]", began: float, until: str) -> str:
        shown = ShownScreen("", began)
        try:
            while until not in shown.text or shown.at == began:
                async with asyncio.timeout(self.patience if shown.at == began else self.reading):
                    shown = await screens.get()
        except TimeoutError:
            if shown.at == began:
                raise NoAnswer(f"«{until}» did not come, nor anything else") from None
            raise UnexpectedScreen(f"«{until}» did not come after «{shown.text}»") from None
        self.waits.append(shown.at - began)
        return shown.text
