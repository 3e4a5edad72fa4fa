"""A province whose bot or scheduler runs as a process of its own, and officers on their phones."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import build_app
from bot.clocks import StoppedClock
from bot.settings import Settings
from simulation.half_province import NOON, REPORT_TITLE, HalfProvince
from simulation.killing.books import SentReminders, reconcile_reminders
from simulation.killing.forked_process import ForkedProcess, forking
from simulation.killing.officers import PersistentOfficer
from simulation.measuring.bot_processes import settings_for
from simulation.measuring.reconciling import Reconciled, reconcile
from simulation.messenger.arrivals import ArrivalMeter
from simulation.messenger.phones import WirePhone
from simulation.messenger.server import LoopbackMessenger, serving_messenger
from tests.support.founded import open_new_app

COMES_WITHIN = 60.0
_PATIENCE, _READING = 60.0, 4.0
_AT_ONCE = 1000


@dataclass
class Ground:
    settings: Settings
    messenger: LoopbackMessenger
    meter: ArrivalMeter
    process: ForkedProcess
    officers: list[PersistentOfficer]

    async def hand_in(self, officers: list[PersistentOfficer]) -> None:
        """Let these officers hand in their reports at the same time."""
        await asyncio.gather(*(officer.hand_in(REPORT_TITLE) for officer in officers))

    async def reports(self) -> Reconciled:
        shown = {officer.phone.chat_id: officer.receipts.get(REPORT_TITLE) for officer in self.officers}
        async with build_app(self.settings, StoppedClock(NOON)) as app:
            return await reconcile(app.contexts.engine, {chat: screen for chat, screen in shown.items() if screen})

    async def reminders(self) -> SentReminders:
        async with build_app(self.settings, StoppedClock(NOON)) as app:
            return await reconcile_reminders(app.contexts.engine, self.meter.taken)

    @property
    def faults(self) -> list[str]:
        return [fault for officer in self.officers for fault in officer.faults]

    @property
    def log(self) -> str:
        return self.process.log.read_text()


async def comes(condition: Callable[[], Awaitable[bool]] | Callable[[], bool]) -> None:
    """Wait until it holds, which another process brings about."""
    async with asyncio.timeout(COMES_WITHIN):
        while True:
            found = condition()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.05)


@asynccontextmanager
async def ground(side: str, folder: Path, *, units: int = 6, database: str | None = None) -> AsyncIterator[Ground]:
    """Have `bot` or `scheduler` ready to be started on a new database."""
    settings, meter = Settings(data=folder, database_url=database), ArrivalMeter(_AT_ONCE)
    province = HalfProvince(units, is_half_in=False)
    async with open_new_app(settings, StoppedClock(NOON)) as app:
        await province.fill(app.contexts.engine)
    async with (
        serving_messenger(meter) as messenger,
        forking(side, log=folder / f"{side}.log", settings=settings_for(messenger, settings)) as process,
    ):
        phones = [WirePhone(chat, messenger, patience=_PATIENCE, reading=_READING) for chat in province.officers]
        yield Ground(settings, messenger, meter, process, [PersistentOfficer(phone) for phone in phones])
