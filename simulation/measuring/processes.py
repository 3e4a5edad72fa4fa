"""Processes of a measurement: started with settings of their own, and measured from outside (Linux)."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.settings import PREFIX
from domain.errors import Refusal

ENDS_WITHIN = 20.0
_COMPILES_AGAIN = "PYTHONDONTWRITEBYTECODE"
"""With it a process does not keep what it compiles, and its start costs twice as much; an installation keeps it."""
_TICKS = os.sysconf("SC_CLK_TCK")
_CPU = slice(11, 13)
"""Places of user and system time in /proc/PID/stat, after the program's name."""


@dataclass(frozen=True, slots=True)
class ChildProcess:
    running: asyncio.subprocess.Process
    log: Path

    @property
    def cpu(self) -> float:
        """CPU time of all its threads so far (seconds), in steps of 10 ms."""
        fields = Path(f"/proc/{self.running.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[_CPU])) / _TICKS

    @property
    def memory(self) -> float:
        """Resident memory (MB)."""
        return self._status("VmRSS")

    @property
    def peak(self) -> float:
        """Largest resident memory so far (MB)."""
        return self._status("VmHWM")

    def check(self) -> None:
        """Raises Refusal with the end of its log if the process has ended."""
        if self.running.returncode is not None:
            told = self.log.read_text(errors="replace")[-500:]
            raise Refusal("process-ended", f"Tiến trình được đo đã dừng: {told}")

    def _status(self, name: str) -> float:
        lines = Path(f"/proc/{self.running.pid}/status").read_text().splitlines()
        return round(next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024, 1)


@asynccontextmanager
async def child(*arguments: str, log: Path, settings: Mapping[str, str]) -> AsyncIterator[ChildProcess]:
    """Run Python with these arguments; `settings` are the only ones of the product that it sees."""
    environment = environment_with(settings)
    with log.open("wb") as output:
        running = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output, env=environment
        )
    try:
        yield ChildProcess(running, log)
    finally:
        await _end(running)


def environment_with(settings: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with these settings of the product and no others."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith((PREFIX, _COMPILES_AGAIN))}
    return environment | {f"{PREFIX}{name}": value for name, value in settings.items()}


async def _end(running: asyncio.subprocess.Process) -> None:
    if running.returncode is not None:
        return
    running.terminate()
    try:
        await asyncio.wait_for(running.wait(), ENDS_WITHIN)
    except TimeoutError:
        running.kill()
        await running.wait()
