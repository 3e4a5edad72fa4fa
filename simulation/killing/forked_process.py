"""One side of the product, bot or scheduler, that is started, killed and started again."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.errors import Refusal
from simulation.measuring.processes import environment_with

_KILLED = -9
_NOT_BEGUN = -15
"""Ended by SIGTERM before it listened for it."""


@dataclass(slots=True)
class ForkedProcess:
    server: asyncio.subprocess.Process
    log: Path
    pid: int = 0
    """Id of the running process, 0 while there is none."""

    async def start(self, hour: datetime) -> None:
        """Run the side from this hour on."""
        self.pid = await self._ask(f"start {hour.isoformat()}")

    async def kill(self) -> None:
        """Kill it with SIGKILL. Raises Refusal with the end of its log if it had ended by itself."""
        self._check(await self._ask("kill"), _KILLED)

    async def stop(self) -> None:
        """Stop it with SIGTERM. Raises Refusal with the end of its log if it did not end as it should."""
        self._check(await self._ask("stop"), 0, _NOT_BEGUN)

    async def ended(self) -> None:
        """Wait until it ends by itself. Raises Refusal with the end of its log if that was by an error."""
        self._check(await self._ask("wait"), 0)

    def _check(self, ended: int, *expected: int) -> None:
        self.pid = 0
        if ended not in expected:
            told = self.log.read_text(errors="replace")[-1000:]
            raise Refusal("process-ended", f"Tiến trình đã tự dừng ({ended}): {told}")

    async def _ask(self, command: str) -> int:
        assert self.server.stdin is not None and self.server.stdout is not None  # noqa: S101, PT018 (both are pipes)
        self.server.stdin.write(f"{command}\n".encode())
        return int(await self.server.stdout.readline())


@asynccontextmanager
async def forking(side: str, *, log: Path, settings: Mapping[str, str]) -> AsyncIterator[ForkedProcess]:
    """Have `bot` or `scheduler` ready to be forked, with these settings and no others."""
    with log.open("ab") as output:
        server = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "simulation.killing.fork_server", side),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=output,
            env=environment_with(settings),
        )
    forked = ForkedProcess(server, log)
    try:
        yield forked
    finally:
        if forked.pid:
            await forked.kill()
        if server.stdin is not None:
            server.stdin.close()
        await server.wait()
