"""Migrations of the tables (Alembic)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.errors import Refusal

HERE = Path(__file__).parent
_TURN = 20_260_501
"""Key of the advisory lock; any number that no other program uses."""


def config(connection: Connection) -> Config:
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
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    try:
        command.upgrade(config(connection), "head")
    except CommandError as error:
        raise Refusal(
            "database-newer",
            "Cơ sở dữ liệu này do một bản thidua mới hơn tạo ra. Anh/chị chạy đúng bản đó, hoặc dùng bản sao lưu cũ.",
        ) from error
