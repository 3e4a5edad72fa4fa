"""Officers who hand in, and a morning's reminders, while bot and scheduler are killed again and again."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from random import Random

from bot.settings import Settings
from simulation.benches.look import MORNING
from simulation.half_province import REPORT_TITLE, HalfProvince
from simulation.killing.forked_process import forking
from simulation.killing.in_flight import count_claims, count_unanswered, count_waiting
from simulation.killing.killer import Killer
from simulation.killing.officers import PATIENCE, PLAN_TITLE, READING, PersistentOfficer
from simulation.measuring.bot_processes import settings_for
from simulation.measuring.crowds import at_once
from simulation.messenger.phones import WirePhone
from simulation.messenger.server import LoopbackMessenger
from usecases.outbox.sending import LEASE

_IN_FLIGHT = 4
_SCHEDULER_EVERY = 5
"""One kill in so many is the scheduler's."""
_PAPER_EVERY = 4
"""One officer in so many hands in a file as well."""
_SENT_WITHIN = 600.0


@dataclass(slots=True)
class KilledPlay:
    settings: Settings
    answers: LoopbackMessenger
    """Where the bot is; the scheduler's is another, so that each one's messages are counted apart."""
    reminders: LoopbackMessenger
    random: Random
    officers: dict[int, PersistentOfficer] = field(default_factory=dict)
    kills: int = 0
    scheduler_kills: int = 0
    in_flight: int = 0
    unanswered: int = 0
    _is_over: bool = False

    def shown(self, title: str) -> dict[int, str]:
        found = {chat_id: officer.receipts.get(title) for chat_id, officer in self.officers.items()}
        return {chat_id: screen for chat_id, screen in found.items() if screen is not None}

    async def run(self, province: HalfProvince, kills: int) -> None:
        """Kill while officers go on; then let everything that is left be answered and sent."""
        database, of_scheduler = self.settings.database, kills // _SCHEDULER_EVERY
        async with (
            forking("bot", log=self.settings.data / "bot.log", settings=settings_for(self.answers, self.settings)) as b,
            forking(
                "scheduler",
                log=self.settings.data / "scheduler.log",
                settings=settings_for(self.reminders, self.settings),
            ) as s,
        ):
            unanswered = partial(count_unanswered, database)
            bot = Killer(b, lambda: self.answers.calls, MORNING, self._seeded(), unanswered)
            scheduler = Killer(s, lambda: self.reminders.calls, MORNING, self._seeded())
            async with asyncio.TaskGroup() as group:
                group.create_task(at_once(self._phones(province), self._hand_in, _IN_FLIGHT))
                group.create_task(self._kill(bot, scheduler, kills, of_scheduler))
            self.kills, self.scheduler_kills = bot.killed + scheduler.killed, scheduler.killed
            # Claims stay on record until they are settled, so the last count holds all of them.
            self.in_flight = bot.in_flight + await count_claims(database)
            await self._finish(bot, scheduler)
            self.unanswered = await unanswered()

    def _seeded(self) -> Random:
        return Random(self.random.random())

    async def _kill(self, bot: Killer, scheduler: Killer, kills: int, of_scheduler: int) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(scheduler.kill_again_and_again(of_scheduler))
                group.create_task(bot.kill_again_and_again(kills - of_scheduler))
        finally:
            self._is_over = True
        await bot.start()

    def _phones(self, province: HalfProvince) -> Iterator[WirePhone]:
        """Yield officers until the kills are over; those that have begun still finish."""
        for chat_id in province.officers:
            if self._is_over:
                return
            yield WirePhone(chat_id, self.answers, patience=PATIENCE, reading=READING)

    async def _hand_in(self, phone: WirePhone) -> None:
        officer = self.officers[phone.chat_id] = PersistentOfficer(phone)
        if not phone.chat_id % _PAPER_EVERY:
            await officer.hand_in(PLAN_TITLE)
        await officer.hand_in(REPORT_TITLE)

    async def _finish(self, bot: Killer, scheduler: Killer) -> None:
        """Stop the bot, and send all reminders that are left, once the leases of those in flight have ended."""
        await bot.process.stop()
        await scheduler.start(later=2 * LEASE)
        async with asyncio.timeout(_SENT_WITHIN):
            # Another process changes what is waited for.
            while await count_waiting(self.settings.database, by=scheduler.hour + LEASE):  # noqa: ASYNC110
                await asyncio.sleep(0.5)
        await scheduler.process.stop()
