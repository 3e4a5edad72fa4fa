"""Two schedulers on one PostgreSQL: one works, the other stands by and takes over."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.active_process import LockLost, only_active
from models.unit_of_work import make_engine
from tests.support.services import need, postgres_database

SOON = 0.02


class Work:
    """Who is at work, and who has been."""

    def __init__(self) -> None:
        self.now: list[str] = []
        self.turns: list[str] = []
        self.lost: list[str] = []
        self.changed = asyncio.Event()

    @asynccontextmanager
    async def of(self, name: str) -> AsyncIterator[None]:
        assert not self.now
        self.now.append(name)
        self.turns.append(name)
        self.changed.set()
        try:
            yield
        except LockLost:
            self.lost.append(name)
            raise
        finally:
            self.now.remove(name)

    async def until(self, is_so: Callable[["Work"], bool]) -> None:
        async with asyncio.timeout(10):
            while not is_so(self):
                self.changed.clear()
                await self.changed.wait()


@pytest.fixture
async def engines() -> AsyncIterator[tuple[AsyncEngine, AsyncEngine]]:
    """Engines of two processes."""
    need("PostgreSQL")
    async with postgres_database() as url:
        made = make_engine(url), make_engine(url)
        yield made
        for engine in made:
            await engine.dispose()


async def test_a_scheduler_stands_by_until_the_active_one_is_left(
    engines: tuple[AsyncEngine, AsyncEngine], caplog: pytest.LogCaptureFixture
) -> None:
    work = Work()
    async with AsyncExitStack() as second:
        async with only_active(engines[0], lambda: work.of("first"), tries_every=SOON):
            await work.until(lambda work: work.now == ["first"])
            await second.enter_async_context(only_active(engines[1], lambda: work.of("second"), tries_every=SOON))
            async with asyncio.timeout(10):
                while "standing by" not in caplog.text:  # noqa: ASYNC110 (a log has no event)
                    await asyncio.sleep(SOON)
            before = list(work.turns)
        await work.until(lambda work: work.now == ["second"])

    assert before == ["first"]
    assert work.turns == ["first", "second"]


async def test_who_loses_the_connection_stops_at_once_and_the_other_takes_over(
    engines: tuple[AsyncEngine, AsyncEngine],
) -> None:
    work = Work()
    async with only_active(engines[0], lambda: work.of("first"), tries_every=60):
        await work.until(lambda work: work.now == ["first"])
        async with only_active(engines[1], lambda: work.of("second"), tries_every=SOON):
            await _cut(engines[1])
            await work.until(lambda work: work.now == ["second"])

    assert (work.turns, work.lost) == (["first", "second"], ["first"])


async def _cut(engine: AsyncEngine) -> None:
    """End the connection that holds the lock, as a failing network would; other databases are left alone."""
    mine = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    holders = f"SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND {mine}"
    async with engine.connect() as connection:
        await connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM ({holders}) AS held"))


async def test_on_sqlite_there_is_nobody_to_wait_for() -> None:
    work, engine = Work(), make_engine("sqlite+aiosqlite://")

    async with only_active(engine, lambda: work.of("first")):
        active = list(work.now)

    await engine.dispose()
    assert (active, work.now) == (["first"], [])
