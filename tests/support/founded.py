"""Databases that contain the sample organisation: made once per worker, fresh for each test."""

import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import Dialect, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.app import App, open_migrated_app
from bot.contexts import Contexts
from bot.object_store import ObjectStore
from bot.settings import Settings
from demo.sample import AUTHORITY, CLUSTERS, PLAN, UNITS
from domain.calendar import VIETNAM
from models.base import Base
from models.unit_of_work import make_engine
from plans.catalogue import shipped_plan
from sandbox.world.clock import WoundClock
from tests.support.outside_transactions import OutsideTransactions
from tests.support.services import postgres_database
from usecases.duties.opening import open_duties
from usecases.organisation.founding import found_organisation
from usecases.plans.loading import load_plan
from usecases.ports import Clock

START = datetime(2026, 5, 5, 8, 0, tzinfo=VIETNAM)


async def copy_founded(folder: Path, *, at: datetime) -> None:
    """Copy a database as it is at this hour to where the settings of `folder` look for it."""
    model = _copies() / f"{at:%Y%m%d%H%M}"
    if at not in _MODELS:
        await _found(Settings(data=model), at)
        _MODELS.add(at)
    shutil.copytree(model, folder, dirs_exist_ok=True)


_MODELS: set[datetime] = set()


def _copies() -> Path:
    return Path(_lasting().name)


@cache
def _lasting() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that lasts as long as the worker."""
    return tempfile.TemporaryDirectory()


@asynccontextmanager
async def open_new_app(settings: Settings, clock: Clock) -> AsyncIterator[App]:
    """Open an App like `bot.app.open_migrated_app`, but copy the empty tables to a new SQLite database: forty
    migrations cost more than many a test.
    """
    new = _new_file(settings.database)
    if new is not None:
        new.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(await _empty_tables(), new)
    async with open_migrated_app(settings, clock) as app:
        await _leave_to_cache(app.contexts.engine)
        yield app


async def _leave_to_cache(engine: AsyncEngine) -> None:
    """Let SQLite not wait for the disk: no test outlives a power cut, and a commit waits for six milliseconds."""
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _do_not_sync)
        await engine.dispose()


def _do_not_sync(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


def _new_file(database: str) -> Path | None:
    """Return the file that SQLite would make, or None if it is there already or the database is another."""
    url = make_url(database)
    file = Path(str(url.database)) if url.drivername.startswith("sqlite") else None
    return None if file is None or file.exists() else file


async def _empty_tables() -> Path:
    folder = _copies() / "empty"
    if not folder.exists():
        async with open_migrated_app(Settings(data=folder), WoundClock()):
            pass
    return folder / "thidua.sqlite"


@asynccontextmanager
async def open_sharing_engines(settings: Settings, clock: Clock) -> AsyncIterator[App]:
    """Open an App like `bot.app.build_app`, but share engines, so that a statement is compiled once per worker."""
    url = make_url(settings.database)
    lent = _LENT.setdefault(url.drivername if url.drivername.startswith("sqlite") else settings.database, [])
    engine = lent.pop() if lent else await _new_engine(settings.database)

    def turn_to(dialect: Dialect, record: ConnectionPoolEntry, where: list[Any], how: dict[str, Any]) -> None:  # noqa: ARG001
        if url.drivername.startswith("sqlite"):
            where[0] = url.database

    event.listen(engine.sync_engine, "do_connect", turn_to)
    try:
        yield App(settings, Contexts(engine, clock, settings.zone), OutsideTransactions(ObjectStore(settings.shelf)))
    finally:
        if url.drivername.startswith("sqlite"):
            await engine.dispose()
        event.remove(engine.sync_engine, "do_connect", turn_to)
        lent.append(engine)


async def _new_engine(database: str) -> AsyncEngine:
    engine = make_engine(database)
    await _leave_to_cache(engine)
    return engine


_LENT: dict[str, list[AsyncEngine]] = {}
"""{driver of SQLite, or URL of another database: engines not in use}."""


@dataclass(frozen=True, slots=True)
class RestoredPostgres:
    """One PostgreSQL database for all tests of a worker; each test begins with its first content.

    Its connections last as long as the worker: a new one would read the catalogue of the database each time, and
    prepare each statement anew.
    """

    url: str
    script: str
    connection: asyncpg.Connection

    async def as_new(self) -> str:
        """Restore the first content and return the URL."""
        await self.connection.execute(self.script)
        return self.url


@asynccontextmanager
async def founded_postgres() -> AsyncIterator[RestoredPostgres]:
    async with postgres_database() as url:
        await _found(Settings(data=_copies() / "postgresql", database_url=url), START)
        script = await _keep(url)
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await asyncpg.connect(plain)
        yield RestoredPostgres(url, script, connection)
        await connection.close()
        for engine in _LENT.pop(url, []):
            await engine.dispose()


async def _keep(url: str) -> str:
    """Copy every table aside; return the script that restores them, and the triggers that a test dropped."""
    tables = [table.name for table in Base.metadata.sorted_tables]
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.exec_driver_sql("CREATE SCHEMA founded")
        for table in tables:
            await connection.exec_driver_sql(f"CREATE TABLE founded.{table} AS TABLE public.{table}")
        triggers = (await connection.exec_driver_sql(_TRIGGERS)).scalars().all()
        sequences = (await connection.exec_driver_sql(_SEQUENCES)).all()
        filled = [
            table for table in tables if await connection.scalar(text(f"SELECT EXISTS (SELECT FROM founded.{table})"))
        ]
    await engine.dispose()
    resumed = [
        f"SELECT setval('{row.sequencename}', {row.last_value or 1}, {bool(row.last_value)});" for row in sequences
    ]
    return "\n".join(
        [
            # Triggers and foreign keys are off, so rows can be deleted and inserted in any order.
            "BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL synchronous_commit = off;",
            *(f"DELETE FROM public.{table};" for table in tables),
            *(f"INSERT INTO public.{table} SELECT * FROM founded.{table};" for table in filled),
            *resumed,
            # Rarely one is missing, and making it anew would have all connections read the catalogue again.
            f"DO $$ BEGIN IF ({_COUNT_TRIGGERS}) < {len(triggers)} THEN",
            *(f"{trigger.replace('CREATE', 'CREATE OR REPLACE', 1)};" for trigger in triggers),
            "END IF; END $$;",
            "COMMIT;",
        ]
    )


_TRIGGERS = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
_COUNT_TRIGGERS = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


async def _found(settings: Settings, at: datetime) -> None:
    clock = WoundClock()
    clock.set(at)
    async with open_new_app(settings, clock) as app:
        await _found_sample(app)


async def _found_sample(app: App) -> None:
    async with app.contexts.open() as ctx:
        await found_organisation(ctx, units=UNITS, clusters=CLUSTERS, since=date(2025, 7, 1))
    async with app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, shipped_plan(PLAN), authority=AUTHORITY, file=PLAN)
    async with app.contexts.open() as ctx:
        await open_duties(ctx)
