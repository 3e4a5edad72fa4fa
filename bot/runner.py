"""Running a coroutine to its end, or until the process is told to stop."""

import asyncio
import contextlib
import gc
import logging
import os
import signal
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

T = TypeVar("T")

logger = logging.getLogger(__name__)

COLLECT_AFTER = (20_000, 50, 20)
"""Thresholds of the garbage collector: a compiled report makes half a million objects without a cycle, and a full
collection among them would hold the loop for 60 ms."""
SWITCH_AFTER = 0.0005
"""Seconds after which a thread that computes gives way to the loop; with Python's 5 ms it waited up to 190 ms for a
thread that wrote a sheet."""
ENDS_WITHIN = 13.0
"""Seconds from SIGTERM to the forced end; running answers get ten of them."""


def run_to_end(work: Coroutine[Any, Any, T]) -> T:
    # Imported objects stay in memory, so the garbage collector, off until now, need not scan them.
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    gc.enable()
    sys.setswitchinterval(SWITCH_AFTER)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def run_until_signal(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end, or until Ctrl-C or SIGTERM; work under way is finished first."""
    with contextlib.suppress(asyncio.CancelledError, KeyboardInterrupt):
        run_to_end(_stoppable(work))
    # Otherwise Python scans all its objects once more before it ends, for a second or two.
    gc.freeze()


async def _stoppable(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        task.cancel()
        loop.call_later(ENDS_WITHIN, _give_up)

    loop.add_signal_handler(signal.SIGTERM, stop)
    await task


def _give_up() -> None:
    """End the process although a server does not answer: committed work is safe, the rest is done again."""
    logger.error("not everything could be ended within %.0f s after SIGTERM; ending now", ENDS_WITHIN)
    os._exit(1)
