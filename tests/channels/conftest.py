"""Fixtures: a sandbox without a bot, and a client of its control API."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientSession

from sandbox.server import Sandbox

TOKEN = "4242:sandbox"
Control = Callable[..., Awaitable[Any]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(token=TOKEN)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def control(sandbox: Sandbox) -> AsyncIterator[Control]:
    async with ClientSession() as http:

        async def post(path: str, **body: object) -> Any:
            async with http.post(f"{sandbox.url}/sandbox/{path}", json=body) as answer:
                answer.raise_for_status()
                return await answer.json()

        yield post


@pytest.fixture
async def person(control: Control) -> int:
    """A person who has started the bot."""
    person_id = int((await control("users", name="Cán bộ Phường 5"))["id"])
    await control(f"chats/{person_id}/send", **{"as": person_id, "text": "/start"})
    return person_id
