"""`thidua bench idle` and `startup`: what the processes take before anybody has asked them anything."""

import asyncio
import resource
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.settings import Settings
from simulation.measuring.processes import ChildProcess, child, environment_with
from simulation.messenger.server import TOKEN, LoopbackMessenger, serving_messenger

SECONDS = 20.0
ROUNDS = 3
SIDES = ("bot", "scheduler")
_LOOK_EVERY = 0.25
_QUIET_FOR = 2.0
"""Seconds in which a process that has started does next to nothing."""
_NEXT_TO_NOTHING = 0.05


@dataclass(frozen=True, slots=True)
class IdleResult:
    """Resident memory (MB) and CPU of an idle minute (ms), by process."""

    memory: dict[str, float]
    scheduler_to_bot: float
    minute: dict[str, float]
    interpreter: float
    """Resident memory of an interpreter that does nothing."""


def tell_idle(found: IdleResult) -> str:
    lines = [f"{side}: {found.memory[side]} MB, {found.minute[side]} ms CPU một phút rỗi" for side in SIDES]
    return "\n".join(
        [*lines, f"scheduler = {found.scheduler_to_bot} × bot (đích 0,33); Python không: {found.interpreter} MB"]
    )


async def bench_idle(*, seconds: float = SECONDS) -> IdleResult:
    memory, minute = {}, {}
    with TemporaryDirectory() as folder:
        async with serving_messenger() as messenger:
            await _migrate(Path(folder))
            for side in SIDES:
                async with _standing(side, messenger, Path(folder)) as process:
                    cpu = process.cpu
                    await asyncio.sleep(seconds)
                    minute[side] = round((process.cpu - cpu) * 1000 * 60 / seconds, 1)
                    memory[side] = process.memory
        sleeping = ("-c", "import time; time.sleep(60)")
        async with child(*sleeping, log=Path(folder) / "python.log", settings={}) as bare:
            await asyncio.sleep(1)
            interpreter = bare.memory
    return IdleResult(memory, round(memory["scheduler"] / memory["bot"], 2), minute, interpreter)


@dataclass(frozen=True, slots=True)
class StartupResult:
    """CPU (s) until a process is ready and quiet, or a command has ended: medians, and × an empty Python."""

    bare: float
    cpu: dict[str, float]
    ratios: dict[str, float]


def tell_startup(found: StartupResult) -> str:
    lines = [f"{name}: {seconds} giây CPU = {found.ratios[name]} ×" for name, seconds in found.cpu.items()]
    return "\n".join([f"python -c pass: {found.bare} giây CPU", *lines])


async def bench_startup(*, rounds: int = ROUNDS) -> StartupResult:
    bare, cpu = [], {name: list[float]() for name in (*SIDES, "--help")}
    with TemporaryDirectory() as folder:
        async with serving_messenger() as messenger:
            await _migrate(Path(folder))
            for _ in range(rounds):
                bare.append(_run("-c", "pass"))
                cpu["--help"].append(_run("-m", "cli", "--help"))
                for side in SIDES:
                    async with _standing(side, messenger, Path(folder)) as process:
                        cpu[side].append(process.cpu)
    base = median(bare)
    medians = {name: median(found) for name, found in cpu.items()}
    return StartupResult(
        round(base, 3),
        {name: round(found, 2) for name, found in medians.items()},
        {name: round(found / base, 1) for name, found in medians.items()},
    )


async def _migrate(folder: Path) -> None:
    async with open_migrated_app(Settings(data=folder, database_url=None), SystemClock()):
        pass


@asynccontextmanager
async def _standing(side: str, messenger: LoopbackMessenger, folder: Path) -> AsyncIterator[ChildProcess]:
    """Run one side of the product as it is run on a server, and give it when it is ready and quiet."""
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API": messenger.address, "DATA": str(folder)}
    before = messenger.calls
    async with child("-m", "cli", side, log=folder / f"{side}.log", settings=settings) as process:
        while not (messenger.road.receivers if side == "bot" else messenger.calls > before):
            process.check()
            await asyncio.sleep(_LOOK_EVERY)
        cpu = -1.0
        while process.cpu - cpu > _NEXT_TO_NOTHING:
            cpu = process.cpu
            await asyncio.sleep(_QUIET_FOR)
        yield process
    messenger.road.forget_receivers()


def _run(*arguments: str) -> float:
    """Return the CPU time (s) of a Python process from its start to its end."""
    before = _ended()
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, capture_output=True, env=environment_with({}))  # noqa: S603 (our own)
    return _ended() - before


def _ended() -> float:
    """Return the CPU time (s) of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
