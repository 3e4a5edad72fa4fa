"""Migrations of the tables (Alembic, which is imported only when there is something to migrate)."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, column, func, inspect, select, table
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.errors import Refusal

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent
VERSION_TABLE = "alembic_version"
_TURN = 20_260_501
"""Key of the advisory lock; any number that no other program uses."""


def config(connection: Connection) -> "Config":
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(HERE))
    settings.attributes["connection"] = connection
    return settings


async def upgrade(engine: AsyncEngine) -> None:
    """Migrate the database to the newest version; does nothing if it is there already.

    Raises Refusal if a later version of this program has migrated it further.
    """
    async with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # Bot and scheduler may start at the same time: the second one waits, and finds all migrations done.
            await connection.execute(select(func.pg_advisory_xact_lock(_TURN)))
        if not await connection.run_sync(_is_newest):
            await connection.run_sync(_upgrade)


def newest_version() -> str:
    """Return the number of the last migration: `0032`. Migrations are numbered in the order of their files."""
    return max(file.stem.partition("_")[0] for file in (HERE / "versions").glob("[0-9]*.py"))


def _is_newest(connection: Connection) -> bool:
    versions = table(VERSION_TABLE, column("version_num"))
    return inspect(connection).has_table(VERSION_TABLE) and list(
        connection.scalars(select(versions.c.version_num))
    ) == [newest_version()]


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(config(connection), "head")
    except CommandError as error:
        raise Refusal(
            "database-newer",
            "Cơ sở dữ liệu này do một bản thidua mới hơn tạo ra. Anh/chị chạy đúng bản đó, hoặc dùng bản sao lưu cũ.",
        ) from error
