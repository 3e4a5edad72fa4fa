"""The demo as a process of its own, and people who play it through the sandbox's HTTP only."""

import asyncio
import base64
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.e2e.processes import address, stopped
from tests.support.servers.forking import ForkedCommand, fork_command

SETTLES_WITHIN = 30
A_MOMENT = 4
OUTLIER = "❗ "


@dataclass
class Playground:
    """One demo; it can be killed and started again on the same folder."""

    folder: Path
    http: aiohttp.ClientSession
    url: str = ""
    process: ForkedCommand | None = None

    async def start(self, *, at: str | None = None) -> None:
        begins = ("--at", at) if at else ()
        self.process = await fork_command("demo", "--port", "0", "--data", str(self.folder), *begins)
        self.url = await address(self.process)
        await self.settle()

    async def kill(self) -> None:
        """Kill the process without warning."""
        assert self.process is not None
        self.process.kill()
        await self.process.communicate()

    async def stop(self) -> None:
        if self.process is not None and self.process.returncode is None:
            await stopped(self.process)

    async def post(self, path: str, **body: Any) -> Any:
        async with self.http.post(f"{self.url}{path}", json=body) as answer:
            found = await answer.json()
            assert answer.status == 200, (path, body, found)
            return found

    async def get(self, path: str) -> Any:
        async with self.http.get(f"{self.url}{path}") as answer:
            assert answer.status == 200, (path, await answer.text())
            return await answer.json()

    async def settle(self) -> None:
        assert (await self.post("/sandbox/idle", timeout=SETTLES_WITHIN))["idle"]

    async def wind(self, to: str) -> None:
        await self.post("/sandbox/clock", now=to)
        await self.settle()

    async def pause(self) -> None:
        """Let a few seconds pass, so that nobody writes faster than people do."""
        await self.post("/sandbox/clock", advance=A_MOMENT)

    @asynccontextmanager
    async def a_moment(self) -> AsyncIterator[None]:
        """Let a few seconds pass before the body, and wait for the bot's answers after it."""
        await self.pause()
        yield
        await self.settle()

    async def player(self, user_id: int) -> "Player":
        return Player(self, user_id)

    async def newcomer(self, name: str, *, number: int) -> "Player":
        user = await self.post("/sandbox/users", name=name, phone=f"+8491{number:07}")
        return Player(self, user["id"])


@dataclass
class Player:
    """Person with a phone who counts what each action costs."""

    playground: Playground
    id: int
    spent: Counter[str] = field(default_factory=Counter)

    async def send(self, text: str, *, chat: int | None = None) -> str:
        async with self.playground.a_moment():
            await self.type(text, chat=chat)
        return await self.screen(chat)

    async def send_all(self, texts: Iterable[str]) -> str:
        """Send one message after the other without waiting for each answer; return the last screen."""
        for text in texts:
            await self.playground.pause()
            await self.type(text)
        await self.playground.settle()
        return await self.screen()

    async def press(self, label: str, *, chat: int | None = None) -> str:
        async with self.playground.a_moment():
            alert = await self.tap(label, chat=chat)
        return alert or await self.screen(chat)

    async def press_starting(self, start: str) -> str:
        return await self.press(await self.label(start))

    async def upload(self, file_name: str, content: bytes) -> str:
        async with self.playground.a_moment():
            await self.attach(file_name, content)
        return await self.screen()

    async def type(self, text: str, *, chat: int | None = None) -> None:
        await self._act("messages", f"/sandbox/chats/{chat or self.id}/send", text=text)

    async def tap(self, label: str, *, chat: int | None = None) -> str:
        """Tap a button and return the alert, empty if none appears."""
        answer = await self._act("taps", f"/sandbox/chats/{chat or self.id}/press", text=label)
        return str(answer.get("alert") or "")

    async def attach(self, file_name: str, content: bytes) -> None:
        queued = base64.b64encode(content).decode()
        path = f"/sandbox/chats/{self.id}/upload"
        await self._act("uploads", path, file_name=file_name, content_base64=queued, kind="document")

    async def _act(self, cost: str, path: str, /, **body: Any) -> Any:
        self.spent[cost] += 1
        return await self.playground.post(path, **{"as": self.id, **body})

    async def messages(self, chat: int | None = None) -> list[dict[str, Any]]:
        path = f"/sandbox/chats/{chat or self.id}/messages?as={self.id}"
        found: list[dict[str, Any]] = await self.playground.get(path)
        return found

    async def from_bot(self, chat: int | None = None) -> list[dict[str, Any]]:
        return [message for message in await self.messages(chat) if message["from"]["is_bot"]]

    async def screen(self, chat: int | None = None) -> str:
        message = (await self.from_bot(chat))[-1]
        return str(message["text"] or message["caption"] or "")

    async def buttons(self) -> list[str]:
        """Return the labels of the newest message that has buttons."""
        with_buttons = [message["buttons"] for message in await self.from_bot() if message["buttons"]]
        return [button["text"] for row in with_buttons[-1] for button in row]

    async def label(self, start: str) -> str:
        """Return the label of the newest button that starts with this text, ignoring the mark before it."""
        labels = [
            button["text"]
            for message in reversed(await self.from_bot())
            for row in message["buttons"]
            for button in row
            if button["text"].removeprefix(OUTLIER).startswith(start)
        ]
        assert labels, (start, await self.screen())
        return str(labels[0])


@dataclass(frozen=True)
class Crowd:
    """People who do the same at the same time, each on their own phone."""

    playground: Playground
    players: tuple[Player, ...]

    async def send(self, *texts: str) -> list[str]:
        """Send one text after the other from every phone; return each phone's screen."""
        for text in texts:
            async with self.playground.a_moment():
                await asyncio.gather(*(player.type(text) for player in self.players))
        return await self.screens()

    async def press(self, *labels: str) -> list[str]:
        for label in labels:
            async with self.playground.a_moment():
                await asyncio.gather(*(player.tap(label) for player in self.players))
        return await self.screens()

    async def upload(self, file_name: str, content: bytes) -> list[str]:
        async with self.playground.a_moment():
            await asyncio.gather(*(player.attach(file_name, content) for player in self.players))
        return await self.screens()

    async def screens(self) -> list[str]:
        return [await player.screen() for player in self.players]


@asynccontextmanager
async def playground(folder: Path, *, at: str) -> AsyncIterator[Playground]:
    async with aiohttp.ClientSession() as http:
        ground = Playground(folder, http)
        try:
            await ground.start(at=at)
            yield ground
        finally:
            await ground.stop()
