"""A messenger that is down for days: what was said to it and what it was to be told comes when it is back."""

import asyncio
from datetime import timedelta
from pathlib import Path

from simulation.half_province import MORNING, NOON
from simulation.killing.in_flight import count_waiting
from simulation.killing.play import wait_until_quiet
from tests.faults.ground import comes, ground


async def test_reminders_of_days_without_a_messenger_come_once_when_it_is_back(tmp_path: Path) -> None:
    async with ground("scheduler", tmp_path) as place:
        database = place.settings.database
        for day in range(3):
            # The token is checked at the start, which waits for the messenger.
            place.messenger.is_away, seen = False, place.messenger.calls
            hour = MORNING + timedelta(days=day)
            await place.process.start(hour)
            await comes(lambda seen=seen: place.messenger.calls > seen)
            place.messenger.is_away = True
            await asyncio.sleep(2)
            await place.process.stop()
        taken_before = place.meter.taken.total()
        place.messenger.is_away = False
        back = MORNING + timedelta(days=3)
        await place.process.start(back)
        await comes(lambda: place.meter.taken.total() > taken_before)

        async def is_all_sent() -> bool:
            return not await count_waiting(database, by=back + timedelta(minutes=5))

        await wait_until_quiet(is_all_sent, within=60)
        await place.process.stop()

        found = await place.reminders()

    assert found.owed >= len(place.officers)
    assert (found.lost, found.doubled) == (0, 0)


async def test_what_officers_say_while_the_messenger_is_down_is_answered_when_it_is_back(tmp_path: Path) -> None:
    async with ground("bot", tmp_path) as place:
        await place.process.start(NOON)
        await comes(lambda: place.messenger.road.polls > 0)
        waiting = asyncio.create_task(place.hand_in(place.officers))
        await comes(lambda: len(place.messenger.chats.screens) > 1)
        place.messenger.is_away = True
        await asyncio.sleep(3)
        place.messenger.is_away = False
        await waiting
        await place.process.stop()

        found = await place.reports()

    assert place.faults == []
    assert len([officer for officer in place.officers if officer.receipts]) == len(place.officers)
    assert (found.lost, found.unseen, found.doubled) == (0, 0, 0)
