"""Kills of one side of the product at seeded random points, each followed by a new start."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from time import monotonic

from simulation.killing.forked_process import ForkedProcess

MOST_CALLS = 30
"""A process is killed after as many calls to the messenger, at most; its start makes some of them."""
_DELAYS = (0.0, 0.01, 0.05, 0.2)
"""Longest times (seconds) from the last call to the kill: between two calls the work goes on."""
_QUIET = 3.0
"""Seconds without a call after which a process is killed all the same."""
_LOOK_EVERY = 0.002


@dataclass(slots=True)
class Killer:
    process: ForkedProcess
    calls: Callable[[], int]
    """How many calls the messenger has had from this side."""
    begins_at: datetime
    random: Random
    count_in_flight: Callable[[], Awaitable[int]] | None = None
    killed: int = 0
    in_flight: int = 0
    """What was in flight at all the kills."""
    _began: float = field(default_factory=monotonic)

    @property
    def hour(self) -> datetime:
        """Hour that the process's clock shows, unless it was started later."""
        return self.begins_at + timedelta(seconds=monotonic() - self._began)

    async def start(self, *, later: timedelta = timedelta()) -> None:
        """Run the process; its clock goes on from where the killed one's stood, or later."""
        await self.process.start(self.hour + later)

    async def kill_again_and_again(self, times: int) -> None:
        """Start and kill the process so many times. Raises Refusal if it ends by itself."""
        for _ in range(times):
            await self.start()
            await self._come(self.calls() + self.random.randint(1, MOST_CALLS))
            await asyncio.sleep(self.random.uniform(0, self.random.choice(_DELAYS)))
            await self.process.kill()
            self.killed += 1
            if self.count_in_flight is not None:
                self.in_flight += await self.count_in_flight()

    async def _come(self, calls: int) -> None:
        last, quiet_since = self.calls(), monotonic()
        while last < calls and monotonic() - quiet_since < _QUIET:
            await asyncio.sleep(_LOOK_EVERY)
            if self.calls() != last:
                last, quiet_since = self.calls(), monotonic()
