"""What the connections of one process share."""

import asyncio
from time import monotonic

_GIVES_WAY_AFTER = 0.01
"""Seconds of statements, and of what is done between them, after which others on the loop go first."""
_LATE_KNOWN = 500
"""Most statements of which it is remembered that they take long."""


class SharedByConnections:
    """What the connections of one process share: the turns of its writers, on the loop that uses the database now, and
    which statements take long.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turn = asyncio.Lock()
        self._busy_since: float | None = None
        self.late: set[str] = set()
        """Statements that have been interrupted: they go to a thread at once from then on."""

    def note_late(self, sql: str) -> None:
        if len(self.late) >= _LATE_KNOWN:
            self.late.clear()
        self.late.add(sql)

    def is_long_busy(self) -> bool:
        """Whether statements have been executed for long without others: many short ones are a long one too."""
        if self._busy_since is None:
            self._busy_since = monotonic()
            asyncio.get_running_loop().call_soon(self._note_others)
            return False
        return monotonic() - self._busy_since > _GIVES_WAY_AFTER

    async def give_way(self) -> None:
        """Let others run."""
        await asyncio.sleep(0)
        # A loop that ended meanwhile has noted nothing.
        self._busy_since = None

    def _note_others(self) -> None:
        self._busy_since = None

    def turn(self) -> asyncio.Lock:
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._turn = loop, asyncio.Lock()
        return self._turn
