"""The commands as processes of their own, and a person who plays over HTTP and waits for messages."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.support.environment import fresh
from tests.support.servers.forking import ForkedCommand, fork_command

Program = asyncio.subprocess.Process | ForkedCommand

COMES_WITHIN = 30
STOPS_WITHIN = 15
FINISHES_WITHIN = 60


@dataclass(frozen=True)
class Finished:
    code: int
    said: str
    complained: str


@asynccontextmanager
async def running(*command: str, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `thidua COMMAND`; kill it at the end if it is still running."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli", *command),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=fresh(**settings),
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@asynccontextmanager
async def forked(*command: str, **settings: str) -> AsyncIterator[ForkedCommand]:
    """Run `thidua COMMAND` in a forked process: where it is not the point that Python starts."""
    process = await fork_command(*command, **settings)
    try:
        yield process
    finally:
        process.kill()
        await process.communicate()


async def stopped(process: Program) -> Finished:
    """Send SIGTERM and wait for the end, which must come within seconds."""
    process.terminate()
    return await finished(process, within=STOPS_WITHIN)


async def finished(process: Program, *, within: float = FINISHES_WITHIN) -> Finished:
    said, complained = await asyncio.wait_for(process.communicate(), within)
    assert process.returncode is not None
    return Finished(process.returncode, said.decode(), complained.decode())


async def run(*command: str, **settings: str) -> Finished:
    async with running(*command, **settings) as process:
        return await finished(process)


async def address(sandbox: Program) -> str:
    """Return the URL that `thidua sandbox` prints when it is ready."""
    assert sandbox.stdout is not None
    line = await asyncio.wait_for(sandbox.stdout.readline(), FINISHES_WITHIN)
    return line.decode().split()[-1].rstrip("/")


@dataclass(frozen=True)
class RunningPerson:
    """Person with a phone in a sandbox that runs in another process."""

    http: aiohttp.ClientSession
    url: str
    id: int

    async def _act(self, act: str, **body: Any) -> None:
        path = f"{self.url}/sandbox/chats/{self.id}/{act}"
        async with self.http.post(path, json={"as": self.id, **body}) as answer:
            assert answer.status == 200, await answer.text()

    async def send(self, text: str) -> None:
        await self._act("send", text=text)

    async def press(self, label: str) -> None:
        await self._act("press", text=label)

    async def share_contact(self) -> None:
        await self._act("contact")

    async def sees(self, text: str) -> str:
        """Wait until the bot's newest message contains this text, and return the message."""
        async with asyncio.timeout(COMES_WITHIN):
            while text not in (screen := await self._screen()):  # noqa: ASYNC110 (another process has no event)
                await asyncio.sleep(0.1)
        return screen

    async def _screen(self) -> str:
        async with self.http.get(f"{self.url}/sandbox/chats/{self.id}/messages?as={self.id}") as answer:
            texts = [message["text"] or "" for message in await answer.json() if message["from"]["is_bot"]]
        return texts[-1] if texts else ""


@asynccontextmanager
async def person(url: str, name: str) -> AsyncIterator[RunningPerson]:
    async with aiohttp.ClientSession() as http:
        async with http.post(f"{url}/sandbox/users", json={"name": name, "phone": "+84900000777"}) as answer:
            user = await answer.json()
        yield RunningPerson(http, url, user["id"])
