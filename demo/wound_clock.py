"""Clock of the demo: winding it plays the time in between, and its offset is kept in a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox.world.clock import WoundClock
from scheduler.jobs import LOOK_EVERY, SchedulerService


class PlayedClock(WoundClock):
    """Clock that plays the time when wound: it stops wherever the product has something to send."""

    def __init__(self, memory: Path) -> None:
        super().__init__()
        memory.parent.mkdir(parents=True, exist_ok=True)
        self._memory = memory
        self._is_stopped = False
        self._looked_at = datetime.min.replace(tzinfo=UTC)
        self.service: SchedulerService | None = None
        self.is_remembered = memory.exists()
        if self.is_remembered:
            self.offset = timedelta(seconds=float(memory.read_text()))

    def set(self, to: datetime) -> None:
        super().set(to)
        # A kill during the write must leave the old offset or the new one.
        fresh = self._memory.with_suffix(".new")
        fresh.write_text(str(self.offset.total_seconds()))
        fresh.replace(self._memory)

    async def wind(self, to: datetime) -> None:
        if self._looked_at <= to < self._looked_at + timedelta(seconds=LOOK_EVERY):
            # As within a real minute: what is due is sent, and the next run of the jobs is still to come.
            await self._stop_at(to, looks=False)
            return
        while not self._is_stopped and (moment := await self._next_moment()) and moment <= to:
            await self._stop_at(moment)
        await self._stop_at(to)

    async def wind_to_next(self) -> None:
        await self._stop_at(await self._next_moment() or self.now() + timedelta(days=1))

    def stop(self) -> None:
        """Stay at this hour; the rest of a running winding is left for the next start."""
        self._is_stopped = True

    async def _next_moment(self) -> datetime | None:
        return await self.service.next_moment() if self.service else None

    async def _stop_at(self, moment: datetime, *, looks: bool = True) -> None:
        if self._is_stopped:
            return
        self.set(moment)
        if self.service and looks:
            await self.service.tick()
            self._looked_at = moment
        elif self.service:
            await self.service.deliver()
