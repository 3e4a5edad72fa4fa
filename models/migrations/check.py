"""Check that migrations and tables agree: `python -m models.migrations.check [--write MESSAGE]`."""

import asyncio
import sys

from alembic import command
from sqlalchemy import Connection

from models.migrations import config, upgrade
from models.unit_of_work import make_engine


def _compare(connection: Connection) -> None:
    settings = config(connection)
    if sys.argv[1:2] == ["--write"]:
        command.revision(settings, message=sys.argv[2], autogenerate=True)
    else:
        command.check(settings)


async def main() -> None:
    engine = make_engine("sqlite+aiosqlite://")
    await upgrade(engine)
    async with engine.begin() as connection:
        await connection.run_sync(_compare)
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
