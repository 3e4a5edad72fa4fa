"""A process that is killed in the middle of a migration: the next one ends it, and the data are whole."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.settings import Settings
from models.migrations import config, newest_version
from models.unit_of_work import make_engine
from simulation.half_province import NOON
from simulation.killing.forked_process import ForkedProcess, forking
from simulation.measuring.bot_processes import settings_for
from simulation.messenger.server import serving_messenger
from tests.faults.ground import comes
from tests.support.costly import is_complete
from tests.support.services import need, postgres_database

UNITS = 300
LONGEST = 1.0
"""Seconds from the beginning of a migration to a kill; one from 0001 takes about as long."""


@pytest.fixture(params=["sqlite", "postgresql"] if is_complete() else ["sqlite"])
async def settings(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Settings]:
    if request.param == "sqlite":
        yield Settings(data=tmp_path)
        return
    need("PostgreSQL")
    async with postgres_database() as url:
        yield Settings(data=tmp_path, database_url=url)


async def test_a_migration_that_is_killed_is_ended_by_the_next_start(settings: Settings) -> None:
    random, engine = Random(settings.database_url is None), make_engine(settings.database)
    delays = [random.uniform(0, LONGEST) for _ in range(2)]
    await fill_first_version(engine)
    async with (
        serving_messenger() as messenger,
        forking("bot", log=settings.data / "log", settings=settings_for(messenger, settings)) as process,
    ):
        versions = [await killed_while_migrating(process, engine, NOON, delay) for delay in (0, *delays)]
        await process.start(NOON)
        await comes(lambda: messenger.road.polls > 0)
        await process.stop()
    version, units = await version_of(engine), await count_units(engine)
    await engine.dispose()

    assert set(versions) <= {"0001", newest_version()}
    assert versions[0] == "0001"
    assert (version, units) == (newest_version(), UNITS)


async def killed_while_migrating(process: ForkedProcess, engine: AsyncEngine, hour: datetime, delay: float) -> str:
    """Start, and kill so many seconds after the migration has begun; return the version that the database has then."""
    await process.start(hour)
    if await version_of(engine) != newest_version():
        await comes(lambda: is_migrating(engine))
    await asyncio.sleep(delay)
    await process.kill()
    return await version_of(engine)


async def is_migrating(engine: AsyncEngine) -> bool:
    """Whether another process changes tables, or on SQLite anything, in a transaction that is not committed."""
    if engine.dialect.name == "postgresql":
        locks = "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND relation IS NOT NULL"
        own = "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        async with engine.connect() as connection:
            return bool(await connection.scalar(text(f"{locks} {own}")))
    with closing(sqlite3.connect(str(engine.url.database), timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        other.execute("ROLLBACK")
        return False


async def fill_first_version(engine: AsyncEngine) -> None:
    def migrate(connection: Connection) -> None:
        command.upgrade(config(connection), "0001")

    rows = [{"code": f"p{number}", "name": f"Phường {number}"} for number in range(UNITS)]
    async with engine.begin() as connection:
        await connection.run_sync(migrate)
        await connection.execute(
            text("INSERT INTO units (code, name, kind, valid_from) VALUES (:code, :name, 'WARD', '2025-01-01')"), rows
        )


async def version_of(engine: AsyncEngine) -> str:
    async with engine.connect() as connection:
        return str(await connection.scalar(text("SELECT version_num FROM alembic_version")))


async def count_units(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM units")) or 0)
