import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from models.sqlite.statements import READ_AHEAD
from models.unit_of_work import make_engine

LONG = READ_AHEAD * 2 + 7
NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :last)"
COUNTED = f"{NUMBERS} SELECT count(n) FROM numbers"


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'thidua.sqlite'}")
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE lines (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"))
    yield engine
    await engine.dispose()


async def write(connection: AsyncConnection, count: int) -> None:
    lines = [{"name": f"dòng {number}"} for number in range(1, count + 1)]
    if lines:
        await connection.execute(text("INSERT INTO lines (name) VALUES (:name)"), lines)


@pytest.mark.parametrize("count", [0, 1, READ_AHEAD - 1, READ_AHEAD, READ_AHEAD + 1, LONG])
async def test_an_answer_of_any_length_is_read_whole(engine: AsyncEngine, count: int) -> None:
    async with engine.begin() as connection:
        await write(connection, count)
        found = (await connection.execute(text("SELECT id FROM lines ORDER BY id"))).scalars().all()

    assert found == list(range(1, count + 1))


@pytest.mark.parametrize("at_once", [1, 10, READ_AHEAD, READ_AHEAD + 1])
async def test_a_long_answer_can_be_read_bit_by_bit(engine: AsyncEngine, at_once: int) -> None:
    found: list[int] = []
    async with engine.begin() as connection:
        await write(connection, LONG)
        stream = await connection.stream(text("SELECT id FROM lines ORDER BY id"))
        async for rows in stream.scalars().partitions(at_once):
            found.extend(rows)

    assert found == list(range(1, LONG + 1))


async def test_reading_can_stop_in_the_middle(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await write(connection, LONG)
        stream = await connection.stream(text("SELECT id FROM lines ORDER BY id"))
        first = await stream.fetchone()
        await stream.close()
        deleted = await connection.execute(text("DELETE FROM lines"))

    assert first is not None
    assert (first.id, deleted.rowcount) == (1, LONG)


async def test_what_a_statement_wrote_is_told(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        added = await connection.execute(text("INSERT INTO lines (name) VALUES ('a'), ('b') RETURNING id"))
        changed = await connection.execute(text("UPDATE lines SET name = name || '!'"))

    assert added.scalars().all() == [1, 2]
    assert changed.rowcount == 2


async def test_after_a_refused_statement_the_connection_goes_on(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execute(text("INSERT INTO lines (name) VALUES ('a')"))
        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO lines (name) VALUES ('a')"))
        with pytest.raises(OperationalError):
            await connection.execute(text("SELECT nothing FROM lines"))
        found = (await connection.execute(text("SELECT name FROM lines"))).scalars().all()

    assert found == ["a"]


@asynccontextmanager
async def sent_to_thread_of(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[AsyncConnection, list[object]]]:
    """A connection, and what is sent to its thread from now on."""
    sent: list[object] = []
    async with engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        queue = driver._tx

        class Noted:
            def put_nowait(self, work: object) -> None:
                sent.append(work)
                queue.put_nowait(work)

        monkeypatch.setattr(driver, "_tx", Noted())
        yield connection, sent
        monkeypatch.undo()


async def test_a_short_statement_needs_no_other_thread(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sent_to_thread_of(engine, monkeypatch) as (connection, sent):
        await connection.execute(text("SELECT name FROM lines"))
        await connection.execute(text("INSERT INTO lines (name) VALUES ('a')"))
        await connection.rollback()
        await connection.execution_options(reads_only=True)
        await connection.execute(text("SELECT name FROM lines"))
        await connection.rollback()

    assert sent == []


async def test_only_a_commit_of_changes_may_wait_for_the_disk(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sent_to_thread_of(engine, monkeypatch) as (connection, sent):
        await connection.execute(text("SELECT name FROM lines"))
        await connection.commit()
        await connection.execute(text("INSERT INTO lines (name) VALUES ('a')"))
        await connection.rollback()
        await connection.execute(text("SELECT name FROM lines"))
        await connection.commit()
        of_nothing = len(sent)
        await connection.execute(text("INSERT INTO lines (name) VALUES ('a')"))
        await connection.commit()

    assert (of_nothing, len(sent)) == (0, 1)


async def test_a_long_statement_does_not_hold_the_loop(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sent_to_thread_of(engine, monkeypatch) as (connection, sent):
        await connection.execute(text("INSERT INTO lines (name) VALUES ('a')"))
        count = await connection.scalar(text(COUNTED), {"last": 1_000_000})
        name = await connection.scalar(text("SELECT name FROM lines"))
        await connection.rollback()

    assert count == 1_000_000
    assert name == "a", "what was written before in the transaction is still there"
    assert len(sent) == 1, "the count"


async def test_writers_take_turns_in_the_order_of_asking(engine: AsyncEngine) -> None:
    order: list[int] = []

    async def write_as(number: int) -> None:
        async with engine.begin() as connection:
            await connection.execute(text("INSERT INTO lines (name) VALUES (:name)"), {"name": str(number)})
            order.append(number)

    # Opening a connection takes a thread, which would decide the order.
    async with AsyncExitStack() as opened:
        for _ in range(6):
            await opened.enter_async_context(engine.connect())
    async with engine.connect() as first:
        await write(first, 1)
        writers = [asyncio.create_task(write_as(number)) for number in range(4)]
        async with engine.connect() as reader:
            await reader.execution_options(reads_only=True)
            found = await reader.scalar(text("SELECT count(*) FROM lines"))
        await first.commit()
    await asyncio.gather(*writers)

    assert found == 0, "who reads waits for nobody"
    assert order == [0, 1, 2, 3]


@pytest.mark.parametrize("ending", ["rollback", "close", "invalidate"])
async def test_a_writer_that_gives_up_leaves_its_turn(engine: AsyncEngine, ending: str) -> None:
    async with engine.connect() as first:
        await write(first, 1)
        waiting = asyncio.create_task(anyone_writes(engine))
        await asyncio.sleep(0)
        await getattr(first, ending)()
        async with asyncio.timeout(5):
            await waiting


async def test_a_writer_who_no_longer_waits_takes_no_turn(engine: AsyncEngine) -> None:
    async with engine.connect() as first:
        await write(first, 1)
        waiting = asyncio.create_task(anyone_writes(engine))
        await asyncio.sleep(0.01)
        waiting.cancel()
        await first.rollback()

    async with asyncio.timeout(5):
        await anyone_writes(engine)


async def anyone_writes(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO lines (name) VALUES ('ai đó')"))


async def test_who_waits_for_a_writer_of_another_process_does_not_hold_the_loop(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    another_process = make_engine(engine.url.render_as_string())
    async with sent_to_thread_of(engine, monkeypatch) as (connection, sent):
        async with another_process.connect() as other:
            await write(other, 1)
            waiting = asyncio.create_task(connection.scalar(text("SELECT count(*) FROM lines")))
            while not sent:  # noqa: ASYNC110 (the driver's queue has no event)
                await asyncio.sleep(0)
            await other.commit()
        found = await waiting
        await connection.rollback()
    await another_process.dispose()

    assert found == 1
    assert len(sent) == 1, "its BEGIN"


async def test_a_long_statement_that_writes_is_not_cut_off(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        added = await connection.execute(
            text(f"INSERT INTO lines (name) {NUMBERS} SELECT n FROM numbers"), {"last": LONG * 100}
        )
        changed = await connection.execute(text("UPDATE lines SET name = name || '!'"))

    assert added.rowcount == changed.rowcount == LONG * 100


async def test_while_its_thread_is_at_work_a_connection_waits_for_it(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        counting = asyncio.create_task(driver.execute_fetchall(COUNTED, {"last": 3_000_000}))
        await asyncio.sleep(0)
        counting.cancel()
        found = await connection.scalar(text("SELECT 1"))

    assert found == 1


async def test_a_commit_is_on_the_disk_when_it_returns(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        synchronous = (await connection.execute(text("PRAGMA synchronous"))).scalar_one()

    assert synchronous == 2, "FULL; under NORMAL a power cut may undo what was acknowledged"


async def test_many_short_statements_let_others_run_between_them(engine: AsyncEngine) -> None:
    turns = 0

    async def count_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
        others = asyncio.create_task(count_turns())
        for _ in range(20):
            # As long as it takes to compose a message of what was read.
            sleep(0.005)  # noqa: ASYNC251 (the loop is to be held)
            await connection.execute(text("SELECT 1"))
        found = turns
        others.cancel()

    assert found >= 5
