"""A running sandbox, both libraries pointed at it, and a hand on its control API."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import ClientSession
from telegram.ext import ExtBot

from sandbox.server import Sandbox

TOKEN = "4242:sandbox-secret"
Json = Any


@dataclass(slots=True)
class Hand:
    """What a script does through the control API; a refusal is told as `error` with its status."""

    session: ClientSession
    url: str
    status: int = 0

    async def get(self, path: str) -> Json:
        async with self.session.get(f"{self.url}/sandbox/{path}") as response:
            self.status = response.status
            return await response.json()

    async def post(self, path: str, **body: object) -> Json:
        content = BytesIO(json.dumps(body).encode())
        async with self.session.post(f"{self.url}/sandbox/{path}", data=content) as response:
            self.status = response.status
            return await response.json()

    async def call(self, method: str, **fields: object) -> Json:
        """A call of the Bot API as a bare form, for what no library would send."""
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}
        async with self.session.post(f"{self.url}/bot{TOKEN}/{method}", data=form) as response:
            self.status = response.status
            return await response.json()

    async def say(self, chat: int, person: int, text: str) -> Json:
        return await self.post(f"chats/{chat}/send", **{"as": person, "text": text})

    async def press(self, chat: int, person: int, text: str, **more: object) -> Json:
        return await self.post(f"chats/{chat}/press", **{"as": person, "text": text, **more})

    async def read(self, chat: int, person: int) -> Json:
        return await self.get(f"chats/{chat}/messages?as={person}")

    async def person(self, name: str = "Cán bộ Phường 5", **more: object) -> int:
        return int((await self.post("users", name=name, **more))["id"])

    async def started(self, name: str = "Cán bộ Phường 5", **more: object) -> int:
        """A person who has pressed start; the update stays in the queue."""
        person = await self.person(name, **more)
        await self.say(person, person, "/start")
        return person

    async def group(self, *members: object, admins: list[object] | None = None, title: str = "Cụm 1") -> int:
        created = await self.post("chats", title=title, type="supergroup", members=members, admins=admins or [])
        return int(created["id"])


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(token=TOKEN)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def hand(sandbox: Sandbox) -> AsyncIterator[Hand]:
    async with ClientSession() as session:
        yield Hand(session, sandbox.url)


@pytest.fixture
async def aiogram_bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, session=session_at(sandbox.url)) as bot:
        yield bot


@pytest.fixture
async def ptb_bot(sandbox: Sandbox) -> AsyncIterator[ExtBot[None]]:
    bot: ExtBot[None] = ExtBot(TOKEN, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot")
    async with bot:
        yield bot


class PromptSession(AiohttpSession):
    """Without TLS there is nothing to wait a quarter of a second for at the end."""

    async def close(self) -> None:
        if self._session:
            await self._session.close()


def session_at(url: str) -> PromptSession:
    return PromptSession(api=TelegramAPIServer.from_base(url))
