"""A process that has imported the bot, or the scheduler, and forks it on demand: `python -m … bot|scheduler`.

To start Python and import the product takes seconds of CPU, which 500 kills cannot afford. What is forked has no event
loop, thread or connection yet: it runs `bot.run.serve` as the command does, in a process of its own, from the opening
of the database on.

Each line of stdin is a command, and is answered by a line: `start ISO-HOUR` by the process's id; `kill` (SIGKILL),
`stop` (SIGTERM) or `wait` by how the process ended: its exit code, or -9 if it was killed.
"""

import gc
import importlib
import os
import signal
import sys
from datetime import datetime

from bot.run import serve
from bot.runner import run_until_signal
from bot.settings import read_settings
from domain.errors import Refusal
from simulation.measuring.played import RunningClock

_IMPORTED = {
    "bot": ("bot.telegram.running", "aiosqlite", "asyncpg", "sqlalchemy.dialects.sqlite.aiosqlite"),
    "scheduler": ("bot.scheduler_service", "aiosqlite", "asyncpg", "sqlalchemy.dialects.sqlite.aiosqlite"),
}
"""What each side imports only when it runs."""
_SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGTERM}


def main(side: str) -> None:
    for module in _IMPORTED[side]:
        importlib.import_module(module)
    gc.freeze()
    process = 0
    for line in sys.stdin:
        command, _, hour = line.strip().partition(" ")
        if command == "start":
            process = _fork(side, hour)
            sys.stdout.write(f"{process}\n")
        else:
            if command in _SIGNALS:
                os.kill(process, _SIGNALS[command])
            sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])}\n")
        sys.stdout.flush()


def _fork(side: str, hour: str) -> int:
    process = os.fork()
    if not process:
        # Nothing of the parent's may run on in the child, whatever happens.
        try:
            _serve(side, hour)
        finally:
            os._exit(1)
    return process


def _serve(side: str, hour: str) -> None:
    # What the process says belongs into the log, and not among the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    clock = RunningClock(datetime.fromisoformat(hour))
    try:
        run_until_signal(serve(read_settings(), bot=side == "bot", scheduler=side == "scheduler", clock=clock))
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.text}\n")
        return
    os._exit(0)


if __name__ == "__main__":
    gc.disable()
    main(sys.argv[1])
