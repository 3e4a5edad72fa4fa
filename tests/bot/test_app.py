import asyncio
import sqlite3
from pathlib import Path

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.settings import Settings
from tests.support.refusals import refused
from tests.support.services import need, postgres_database


async def test_bot_and_scheduler_may_start_at_once_on_an_empty_database(tmp_path: Path) -> None:
    need("PostgreSQL")
    async with postgres_database() as url:
        settings = Settings(data=tmp_path, database_url=url)

        await asyncio.gather(*(_open_and_close(settings) for _ in range(4)))


async def _open_and_close(settings: Settings) -> None:
    async with open_migrated_app(settings, SystemClock()):
        return


async def test_a_database_of_a_later_version_is_refused_in_a_sentence(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    await _open_and_close(settings)
    with sqlite3.connect(tmp_path / "thidua.sqlite") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")

    with refused("database-newer"):
        await _open_and_close(settings)


async def test_a_file_that_is_no_database_of_ours_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "thidua.sqlite").write_bytes(b"not a database at all, but long enough to be looked at" * 20)

    with refused("database-unopened"):
        await _open_and_close(Settings(data=tmp_path))


async def test_a_database_of_another_program_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "thidua.sqlite") as database:
        database.execute("CREATE TABLE units (id INTEGER)")

    with refused("database-not-ours"):
        await _open_and_close(Settings(data=tmp_path))


async def test_files_that_cannot_be_stored_are_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "tep").write_bytes(b"")

    with refused("file-store-unopened"):
        await _open_and_close(Settings(data=tmp_path, files=str(tmp_path / "tep" / "con")))
