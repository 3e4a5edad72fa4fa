"""Running what was put together to its end, or until somebody asks it to stop."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

T = TypeVar("T")


def until_done(work: Coroutine[Any, Any, T]) -> T:
    # What was imported stays: the collector of garbage, off until now, need not look through it.
    gc.freeze()
    gc.enable()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end, or until Ctrl-C or SIGTERM; what is under way is finished first."""
    with contextlib.suppress(asyncio.CancelledError, KeyboardInterrupt):
        until_done(_stoppable(work))
    # Otherwise Python looks through everything it holds once more before it ends, for a second or two.
    gc.freeze()


async def _stoppable(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await task
