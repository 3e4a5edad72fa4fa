"""How long an event loop is held by one of those that it runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter, process_time

TICK = 0.002


@dataclass(slots=True)
class LoopWatch:
    tick: float
    """Time between two looks at the clock (seconds)."""
    held: float = 0.0
    """Longest time for which the loop ran nobody else (ms)."""

    async def run(self) -> None:
        """Note, again and again, how much later than asked this is run, without the time that other processes took."""
        while True:
            begun, worked = perf_counter(), process_time()
            await asyncio.sleep(self.tick)
            late = min(perf_counter() - begun - self.tick, process_time() - worked)
            self.held = max(self.held, late * 1000)


@asynccontextmanager
async def watching_loop(tick: float = TICK) -> AsyncIterator[LoopWatch]:
    watch = LoopWatch(tick)
    task = asyncio.create_task(watch.run())
    # It notes its first instant before what is watched begins.
    await asyncio.sleep(0)
    try:
        yield watch
    finally:
        # What held the loop last is noted as well.
        await asyncio.sleep(tick)
        task.cancel()
