"""Officers who hand in, and a morning's reminders, while bot and scheduler are killed again and again."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field
from functools import partial
from random import Random

from bot.settings import Settings
from simulation.half_province import MORNING, REPORT_TITLE, HalfProvince
from simulation.killing.forked_process import ForkedProcess, forking
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
_ANSWERED_WITHIN, _SENT_WITHIN = 60.0, 3600.0
_LOOK_EVERY = 0.5
_QUIET_LOOKS = 8
"""Looks in a row, `_LOOK_EVERY` seconds apart, that find nothing left to do."""


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
        """Kill while officers go on; then let everything that is left be answered and sent.

        Raises Refusal if a process ends without being killed.
        """
        database = self.settings.database
        async with self._forking("bot", self.answers) as one, self._forking("scheduler", self.reminders) as other:
            unanswered = partial(count_unanswered, database)
            bot = Killer(one, lambda: self.answers.calls, MORNING, self._seeded(), unanswered)
            scheduler = Killer(other, lambda: self.reminders.calls, MORNING, self._seeded())
            await self._kill(bot, scheduler, province, kills)
            self.kills, self.scheduler_kills = bot.killed + scheduler.killed, scheduler.killed
            # Claims stay on record until they are settled, so the last count holds all of them.
            self.in_flight = bot.in_flight + await count_claims(database)
            await self._finish(bot, scheduler)
            self.unanswered = await unanswered()

    def _forking(self, side: str, messenger: LoopbackMessenger) -> AbstractAsyncContextManager[ForkedProcess]:
        log, settings = self.settings.data / f"{side}.log", settings_for(messenger, self.settings)
        return forking(side, log=log, settings=settings)

    def _seeded(self) -> Random:
        return Random(self.random.random())

    async def _kill(self, bot: Killer, scheduler: Killer, province: HalfProvince, kills: int) -> None:
        """Kill both while officers go on; in the end the bot runs until these have finished."""
        of_scheduler = -(-kills // _SCHEDULER_EVERY)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(at_once(self._phones(province), self._hand_in, _IN_FLIGHT))
                killing = group.create_task(scheduler.kill_again_and_again(of_scheduler))
                await bot.kill_again_and_again(kills - of_scheduler)
                await bot.start()
                await killing
                self._is_over = True
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None

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
        """Let the bot answer, and the scheduler send, what is left; the leases of messages in flight have ended."""
        database = self.settings.database

        async def is_answered() -> bool:
            return self.answers.road.is_confirmed and not await count_unanswered(database)

        async def is_sent() -> bool:
            return bool(self.reminders.chats.sent) and not await count_waiting(database, by=scheduler.hour + LEASE)

        await wait_until_quiet(is_answered, within=_ANSWERED_WITHIN)
        await bot.process.stop()
        await scheduler.start(later=2 * LEASE)
        await wait_until_quiet(is_sent, within=_SENT_WITHIN)
        await scheduler.process.stop()


async def wait_until_quiet(is_done: Callable[[], Awaitable[bool]], *, within: float) -> None:
    """Wait until another process has nothing to do, and still has nothing some seconds later: between two batches of a
    look nothing waits to be sent either. What it has not done in time is found by whoever reconciles.
    """
    quiet = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            while quiet < _QUIET_LOOKS:
                quiet = quiet + 1 if await is_done() else 0
                await asyncio.sleep(_LOOK_EVERY)
