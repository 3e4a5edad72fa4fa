"""Clock that stands still until a story winds it, shared by the processes of an installation through a folder.

An hour is written with a number. The active scheduler does what is due at that hour and writes the number down; nothing
is sent at any other time, so that a story has the same hours and the same order in each run.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import App
from bot.scheduler_service import open_scheduler_service
from channels.pacing import Pacer
from sandbox.world.limits import Meter
from scheduler.jobs import LOOK_EVERY, SchedulerService

TAKEN_OVER_WITHIN = 15
"""Seconds in which a standby takes over, as the product promises (docs/decisions/0046)."""
DONE_WITHIN = 60
_LOOK_AGAIN = 0.01

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WrittenHour:
    number: int
    hour: datetime
    looks: bool
    """Whether the scheduler looks for what is due, or only delivers what is queued."""


class SharedClock:
    """Clock of a process; `write` is left to the story."""

    def __init__(self, folder: Path) -> None:
        self._hour, self._done = folder / "hour", folder / "done"

    def now(self) -> datetime:
        return self.read().hour

    def read(self) -> WrittenHour:
        number, hour, looks = json.loads(self._hour.read_text())
        return WrittenHour(number, datetime.fromisoformat(hour), looks)

    def write(self, written: WrittenHour) -> None:
        _replace(self._hour, json.dumps([written.number, written.hour.isoformat(), written.looks]))

    @property
    def done(self) -> int:
        """Number of the last hour at which everything was done; 0 before the first."""
        return int(self._done.read_text()) if self._done.exists() else 0

    def note_done(self, number: int) -> None:
        _replace(self._done, str(number))


def _replace(file: Path, text: str) -> None:
    """Write the file so that nobody reads a part of it."""
    fresh = file.with_suffix(".new")
    fresh.write_text(text)
    fresh.replace(file)


class StoryClock(SharedClock):
    """The sandbox's clock: winding it stops at every moment at which the product has something to send."""

    def __init__(self, folder: Path, *, begins: datetime) -> None:
        super().__init__(folder)
        self._written = WrittenHour(0, begins, looks=False)
        self.write(self._written)
        self._next_moment: Callable[[], Awaitable[datetime]] | None = None

    def asks(self, next_moment: Callable[[], Awaitable[datetime]]) -> None:
        """Ask there for the next moment from now on."""
        self._next_moment = next_moment

    async def wind(self, to: datetime) -> None:
        if to - self.now() < timedelta(seconds=LOOK_EVERY):
            await self._stop_at(to, looks=False)
            return
        while (moment := await self._moment()) <= to:
            await self._stop_at(moment)
        await self._stop_at(to)

    async def wind_to_next(self) -> None:
        await self._stop_at(await self._moment())

    async def _moment(self) -> datetime:
        assert self._next_moment is not None
        return await self._next_moment()

    async def _stop_at(self, hour: datetime, *, looks: bool = True) -> None:
        self._written = WrittenHour(self._written.number + 1, hour, looks)
        self.write(self._written)
        async with asyncio.timeout(DONE_WITHIN):
            while self.done < self._written.number:  # noqa: ASYNC110 (another process has no event)
                await asyncio.sleep(_LOOK_AGAIN)


@asynccontextmanager
async def following(app: App, token: str, clock: SharedClock) -> AsyncIterator[None]:
    """Run the scheduler at the hours that are written, until left."""
    pacer = Pacer(clock=Meter(clock.now), spreads=False)
    async with open_scheduler_service(app, token=token, pacer=pacer) as service:
        task = asyncio.create_task(_follow(service, clock))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await service.stop()


async def _follow(service: SchedulerService, clock: SharedClock) -> None:
    while True:
        written = clock.read()
        if written.number > clock.done:
            try:
                await (service.tick() if written.looks else service.deliver())
            except Exception:
                logger.exception("not everything was done at %s", written.hour)
                await asyncio.sleep(1)
            else:
                clock.note_done(written.number)
        await asyncio.sleep(_LOOK_AGAIN)
