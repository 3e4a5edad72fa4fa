"""Bots as processes of their own, ready to receive what a messenger on loopback gives them."""

import asyncio
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.settings import LOOPBACK, Settings
from simulation.half_province import NOON
from simulation.measuring.processes import ChildProcess, child
from simulation.messenger.server import TOKEN, LoopbackMessenger

STARTS_WITHIN = 600.0
_LOOK_EVERY = 0.05
_WATCH_EVERY = 1.0


@dataclass(frozen=True, slots=True)
class BotProcesses:
    children: tuple[ChildProcess, ...]

    @property
    def cpu(self) -> float:
        """CPU time of all of them so far (seconds)."""
        return sum(one.cpu for one in self.children)

    @property
    def peaks(self) -> tuple[float, ...]:
        return tuple(one.peak for one in self.children)

    async def watched(self, work: Coroutine[Any, Any, None]) -> None:
        """Do the work. Raises Refusal as soon as one of the processes has ended."""
        task = asyncio.create_task(work)
        try:
            while not (await asyncio.wait([task], timeout=_WATCH_EVERY))[0]:
                self.check()
            await task
        finally:
            task.cancel()

    def check(self) -> None:
        for one in self.children:
            one.check()


@asynccontextmanager
async def receiving(messenger: LoopbackMessenger, settings: Settings, *, bots: int = 1) -> AsyncIterator[BotProcesses]:
    """Run bots at noon of the sample day: one that polls, or several with a webhook each."""
    async with AsyncExitStack() as stack:
        children = [
            await stack.enter_async_context(
                child(
                    *("-m", "simulation.measuring.played", "bot", NOON.isoformat()),
                    log=settings.data / f"bot-{number}.log",
                    settings=settings_for(messenger, settings, has_webhook=bots > 1),
                )
            )
            for number in range(bots)
        ]
        yield await _ready(messenger, BotProcesses(tuple(children)))


@asynccontextmanager
async def echoing(messenger: LoopbackMessenger, folder: Path) -> AsyncIterator[BotProcesses]:
    """Run a bare aiogram echo."""
    arguments = ("-m", "simulation.messenger.echo", messenger.address)
    async with child(*arguments, log=folder / "echo.log", settings={}) as one:
        yield await _ready(messenger, BotProcesses((one,)))
    messenger.road.forget_receivers()


async def _ready(messenger: LoopbackMessenger, bots: BotProcesses) -> BotProcesses:
    async with asyncio.timeout(STARTS_WITHIN):
        while messenger.road.receivers < len(bots.children):
            bots.check()
            await asyncio.sleep(_LOOK_EVERY)
    return bots


def settings_for(messenger: LoopbackMessenger, settings: Settings, *, has_webhook: bool = False) -> dict[str, str]:
    """Return these settings as a process reads them, with this messenger for its own."""
    found = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API": messenger.address, "DATA": str(settings.data)}
    if settings.database_url:
        found["DATABASE_URL"] = settings.database_url
    if settings.redis_url:
        found["REDIS_URL"] = settings.redis_url
    if has_webhook:
        found["WEBHOOK_URL"] = f"http://{LOOPBACK}:{_free_port()}/updates"
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
