"""Migrations keep what was stored before them."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from models.migrations import config, upgrade
from models.unit_of_work import make_engine
from tests.support.services import need, postgres_database

CONVERSATION = "INSERT INTO conversations (key, data) VALUES ('fsm:1', :data)"
FILE = "INSERT INTO loose_files (key, at) VALUES ('a.pdf', '2026-05-11 00:00:00')"

HANDED_IN = (
    "INSERT INTO units (id, code, name, kind, valid_from) VALUES (1, 'p1', 'Phường 1', 'WARD', '2025-01-01')",
    "INSERT INTO people (id, name, position, joined_at) VALUES (1, 'Cán bộ Phường 1', 'Chuyên viên', '2026-01-01')",
    "INSERT INTO duties (id, plan_code, code, year, turn, unit_id, authority_id, kind, title, opened_at) "
    "VALUES (1, 'mau', 'bao-cao', 2026, 0, 1, 1, 'REPORT', 'Báo cáo', '2026-01-01')",
    "INSERT INTO submissions (duty_id, slot, state, revision, declares_nothing, changed_at, changed_by, counts_from) "
    "VALUES (1, 0, 'SUBMITTED', 1, false, '2026-05-01', 1, '2026-05-01 03:00:00')",
)


@pytest.fixture(params=["sqlite", "postgresql"])
async def engine(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    if request.param == "sqlite":
        made = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'thidua.db'}")
        yield made
        await made.dispose()
        return
    need("PostgreSQL")
    async with postgres_database() as url:
        made = make_engine(url)
        yield made
        await made.dispose()


async def test_an_open_dialog_goes_on_when_its_screen_is_renamed(engine: AsyncEngine) -> None:
    await migrated(engine, to="0027")
    await execute(engine, CONVERSATION, data='{"state": "PapersSG:checklist"}')

    await upgrade(engine)

    assert await execute(engine, "SELECT data FROM conversations") == [('{"state": "AttachmentsSG:checklist"}',)]


async def test_a_file_is_kept_when_its_table_is_renamed_and_renamed_back(engine: AsyncEngine) -> None:
    await migrated(engine, to="0027")
    await execute(engine, FILE)

    await upgrade(engine)
    renamed = await execute(engine, "SELECT key FROM orphan_files")
    await migrated(engine, to="0027", back=True)

    assert renamed == await execute(engine, "SELECT key FROM loose_files") == [("a.pdf",)]


async def test_what_was_handed_in_is_known_of_the_duty_after_the_migration_and_the_way_back_is_open(
    engine: AsyncEngine,
) -> None:
    await migrated(engine, to="0032")
    for row in HANDED_IN:
        await execute(engine, row)

    await migrated(engine, to="0033")
    known = await execute(engine, "SELECT standing, counts_from IS NOT NULL FROM duties")
    await migrated(engine, to="0032", back=True)

    assert known == [("HANDED_IN", True)]
    assert await execute(engine, "SELECT state FROM submissions") == [("SUBMITTED",)]


async def migrated(engine: AsyncEngine, *, to: str, back: bool = False) -> None:
    def migrate(connection: Connection) -> None:
        (command.downgrade if back else command.upgrade)(config(connection), to)

    async with engine.begin() as connection:
        await connection.run_sync(migrate)


async def execute(engine: AsyncEngine, statement: str, **values: str) -> Sequence[Any]:
    async with engine.begin() as connection:
        result = await connection.execute(text(statement), values)
        return [tuple(row) for row in result] if result.returns_rows else []
