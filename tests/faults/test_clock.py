"""A clock that jumps, forwards and back, from one start to the next: no reminder is lost or sent twice."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from simulation.half_province import MORNING, NOON
from simulation.killing.in_flight import count_waiting
from tests.faults.ground import Ground, comes, ground

JUMPS = (timedelta(), timedelta(days=2), timedelta(days=-1), timedelta(days=2, minutes=1))


async def test_a_clock_that_jumps_sends_no_reminder_twice(tmp_path: Path) -> None:
    async with ground("scheduler", tmp_path) as place:
        for jump in JUMPS:
            await look(place, MORNING + jump)

        found = await place.reminders()

    assert (found.lost, place.messenger.chats.repeats) == (0, 0)


async def test_a_report_handed_in_after_the_clock_went_back_has_its_receipt(tmp_path: Path) -> None:
    async with ground("bot", tmp_path) as place:
        for number, day in enumerate((0, -2, 1)):
            await place.process.start(NOON + timedelta(days=day))
            await place.hand_in(place.officers[2 * number : 2 * number + 2])
            await place.process.stop()

        found = await place.reports()

    assert place.faults == []
    assert (found.lost, found.unseen, found.doubled) == (0, 0, 0)


async def look(place: Ground, hour: datetime) -> None:
    """Let the scheduler look at this hour and send what is due."""
    seen = place.messenger.calls
    await place.process.start(hour)
    await comes(lambda: place.messenger.calls > seen)
    await asyncio.sleep(2)

    async def is_all_sent() -> bool:
        return not await count_waiting(place.settings.database, by=hour + timedelta(hours=1))

    await comes(lambda: place.meter.taken.total() >= len(place.officers))
    await comes(is_all_sent)
    await place.process.stop()
