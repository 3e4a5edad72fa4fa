"""Year of many units on a real database, with all that goes wrong in a year."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import date, datetime, timedelta
from functools import partial

from bot.app import TELEGRAM_CHANNEL, open_migrated_app
from domain.calendar import VIETNAM
from domain.units import ClusterKind, ClusterRole, UnitKind
from plans.catalogue import shipped_plan
from scheduler.jobs import SchedulerService
from simulation.events import BEGINS, HOUR, YEAR, Recorder
from simulation.oracle import UnitLife
from simulation.units import UnitEvents
from usecases.organisation.founding import ClusterEntry, UnitEntry, found_organisation
from usecases.plans.loading import load_plan

AUTHORITY = "xa-mau"
PLAN = "mau-2026"
FOUNDED = date(YEAR - 1, 7, 1)
CLUSTER = 25
OUTAGES = 14
LONGEST_OUTAGE = 72.0
"""Hours."""


class SimulatedYear(UnitEvents):
    """Simulated year: runs of two schedulers, with all events between them."""

    _schedulers: list[SchedulerService]

    async def play(self) -> None:
        async with AsyncExitStack() as stack:
            await self._start(stack)
            await self._found()
            self._plan_changes()
            for hour in self._looks():
                await self._live_until(hour)
                await self._look()
                if self._rng.random() < 0.02:
                    await stack.aclose()
                    await self._start(stack)

    async def _start(self, stack: AsyncExitStack) -> None:
        """Open two apps on one database, as two processes would."""
        self._apps = [await stack.enter_async_context(open_migrated_app(self._settings, self._clock)) for _ in range(2)]
        channels = {TELEGRAM_CHANNEL: Recorder(self.oracle, self._clock)}
        self._schedulers = [SchedulerService(app.contexts, channels) for app in self._apps]

    async def _found(self) -> None:
        codes = [f"dv-{number}" for number in range(1, self._count + 1)]
        units = [UnitEntry(code, f"Đơn vị {code[3:]}", UnitKind.COMMUNE, AUTHORITY) for code in codes]
        authority = UnitEntry(AUTHORITY, "UBND tỉnh Mẫu", UnitKind.AUTHORITY, None)
        async with self._apps[0].contexts.open() as ctx:
            await found_organisation(ctx, units=[authority, *units], clusters=_clusters(codes), since=FOUNDED)
        async with self._apps[0].contexts.as_caretaker() as ctx:
            await load_plan(ctx, shipped_plan(PLAN), authority=AUTHORITY, file=PLAN)
        for code in codes:
            self.oracle.units[code] = UnitLife(FOUNDED)
            is_late = self._rng.random() < 0.05
            self._at(self._any_hour() if is_late else BEGINS, partial(self._join, code))
            if self._rng.random() < 0.1:
                self._at(self._any_hour(), partial(self._join, code))

    def _looks(self) -> Iterator[datetime]:
        """Yield the hours at which a scheduler runs: each morning, some at random, none during an outage, one right
        after it.
        """
        outages = [(start, start + self._rng.uniform(1, LONGEST_OUTAGE) * HOUR) for start in self._any_hours(OUTAGES)]
        first = datetime(YEAR, 1, 1, tzinfo=VIETNAM)
        days = [first + timedelta(days=number) for number in range(self._days)]
        hours = [day + timedelta(hours=7, minutes=self._rng.randint(25, 59)) for day in days]
        hours += [day + timedelta(minutes=self._rng.randrange(24 * 60)) for day in days if self._rng.random() < 0.7]
        hours += [end for _, end in outages if end.year == YEAR]
        yield from sorted(hour for hour in hours if not any(start <= hour < end for start, end in outages))

    async def _look(self) -> None:
        """Run the schedulers at this hour; sometimes both at once, or interrupted in the middle."""
        chance = self._rng.random()
        if chance < 0.15:
            await asyncio.gather(*(service.tick() for service in self._schedulers))
        elif chance < 0.2:
            await self._schedulers[0].look()
            return
        else:
            await self._schedulers[0].look()
            await self._hand_in_something()
            await self._schedulers[0].deliver()
        self.oracle.check_missed(self._clock.hour)
        if chance > 0.97:
            await self._set_back()

    async def _set_back(self) -> None:
        self._clock.hour -= HOUR
        for _ in range(2):
            await self._schedulers[1].tick()
            self._clock.hour += HOUR / 2


def _clusters(codes: list[str]) -> list[ClusterEntry]:
    groups = [codes[start : start + CLUSTER] for start in range(0, len(codes), CLUSTER)]
    return [
        ClusterEntry(
            f"cum-{number}",
            f"Cụm {number}",
            ClusterKind.CLUSTER,
            AUTHORITY,
            tuple((code, ClusterRole.MEMBER) for code in group),
        )
        for number, group in enumerate(groups, start=1)
    ]
