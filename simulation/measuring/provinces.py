"""The sample province in an empty database, as every measurement needs it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from redis.asyncio import Redis
from sqlalchemy import exists, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import App, open_migrated_app
from bot.clocks import StoppedClock
from bot.settings import Settings
from domain.errors import Refusal
from models.base import Base
from simulation.half_province import NOON, HalfProvince
from simulation.messenger.server import BOT


@asynccontextmanager
async def open_province(
    province: HalfProvince, *, settings: Settings | None = None, hour: datetime = NOON
) -> AsyncIterator[App]:
    """Open the product at this hour on the province; without settings, in a temporary folder.

    Raises Refusal if the database is not empty.
    """
    with TemporaryDirectory() as folder:
        async with open_migrated_app(settings or Settings(data=Path(folder)), StoppedClock(hour)) as app:
            try:
                await province.fill(app.contexts.engine)
            except IntegrityError as error:
                raise Refusal("database-not-empty", "Phép đo cần một cơ sở dữ liệu trống.") from error
            await _count_rows(app.contexts.engine)
            await _forget_dialogs(app.settings.redis_url)
            yield app


async def _count_rows(engine: AsyncEngine) -> None:
    """Let PostgreSQL know how large its tables are, as its autovacuum does within a minute.

    Empty ones are left alone, as autovacuum leaves them: of tables that it has seen empty PostgreSQL believes that they
    stay so, and keeps plans that read them whole when they have grown.
    """
    if engine.dialect.name == "postgresql":
        async with engine.begin() as connection:
            for table in Base.metadata.sorted_tables:
                if await connection.scalar(select(exists().select_from(table))):
                    await connection.execute(text(f"ANALYZE {table.name}"))


async def _forget_dialogs(redis_url: str | None) -> None:
    """Delete what an earlier measurement left in Redis: its updates had the same numbers, and count as answered."""
    if redis_url is not None:
        async with Redis.from_url(redis_url) as redis:
            async for key in redis.scan_iter(f"fsm:{BOT['id']}:*"):
                await redis.delete(key)
