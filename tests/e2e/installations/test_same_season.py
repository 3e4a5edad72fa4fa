"""Two bots and two schedulers on PostgreSQL and Redis say what one process on SQLite says, also if some of them end."""

import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from demo.demo import TOKEN
from tests.e2e.installations.conversations import differences, read_conversations
from tests.e2e.installations.running import IS_ACTIVE, Installation, four_processes, one_process
from tests.e2e.installations.shared_clock import TAKEN_OVER_WITHIN
from tests.e2e.installations.story import Story
from tests.support.costly import is_complete
from tests.support.servers.proxy import listening
from tests.support.services import REDIS, need, postgres_database

BOT = TOKEN.partition(":")[0]
MESSAGES = 150
"""Fewest messages of a story that is worth comparing."""
ANSWERED_BY_EACH = 20


@pytest.fixture
async def database() -> AsyncIterator[str]:
    if not is_complete():
        pytest.skip("five processes and two seasons take a minute; CI plays them")
    need("PostgreSQL")
    async with postgres_database() as url:
        yield url


@pytest.fixture
async def redis() -> AsyncIterator[str]:
    """A database of Redis without dialogs of the demo's bot, which an earlier run may have left."""
    need("Redis")
    url = REDIS.rpartition("/")[0] + "/8"
    async with Redis.from_url(url) as client:
        async for key in client.scan_iter(f"fsm:{BOT}:*"):
            await client.delete(key)
        yield url


class Troubles:
    """What happens to the four processes in the course of the story."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self.seconds_without_scheduler = 0.0

    async def a_bot_ends(self) -> None:
        await self._installation.bots[0].end(signal.SIGTERM)

    async def the_bot_is_back_and_the_active_scheduler_is_killed(self) -> None:
        bot = self._installation.bots[0]
        bot.start()
        await listening(bot.settings["THIDUA_WEBHOOK_HOST"], self._installation.port)
        await self._installation.active.end(signal.SIGKILL)
        begun = time.monotonic()
        await self._installation.pause()
        self.seconds_without_scheduler = time.monotonic() - begun

    async def a_bot_is_killed(self) -> None:
        await self._installation.bots[1].end(signal.SIGKILL)


async def test_four_processes_say_what_one_says(tmp_path: Path, database: str, redis: str) -> None:
    async with one_process(tmp_path / "one") as installation:
        await installation.enter()
        await Story(installation).play()
        expected = await read_conversations(installation)

    async with four_processes(tmp_path / "four", database=database, redis=redis) as installation:
        await installation.enter()
        troubles = Troubles(installation)
        await Story(
            installation,
            in_mid_report=troubles.a_bot_ends,
            before_a_reminder=troubles.the_bot_is_back_and_the_active_scheduler_is_killed,
            after_the_deadline=troubles.a_bot_is_killed,
        ).play()
        found = await read_conversations(installation)

    assert list(differences(expected, found)) == []
    assert sum(len(messages) for messages in found.values()) > MESSAGES
    assert len(installation.answered) == 2
    assert min(installation.answered.values()) > ANSWERED_BY_EACH
    assert troubles.seconds_without_scheduler <= TAKEN_OVER_WITHIN
    assert [IS_ACTIVE in one.said for one in installation.schedulers].count(True) == 1
    assert installation.complaints == []
