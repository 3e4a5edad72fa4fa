"""How the tables came to be, step by step (Alembic)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

HERE = Path(__file__).parent
_TURN = 20_260_501
"""Any number that nobody else locks."""


def config(connection: Connection) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(HERE))
    settings.attributes["connection"] = connection
    return settings


async def upgrade(engine: AsyncEngine) -> None:
    """Bring the database to the newest step; nothing happens where it stands there already."""
    async with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # Bot and scheduler may start at once: the second waits, and finds all done.
            await connection.execute(select(func.pg_advisory_xact_lock(_TURN)))
        await connection.run_sync(lambda plain: command.upgrade(config(plain), "head"))
