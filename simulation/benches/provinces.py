"""The sample province in an empty database, as every measurement needs it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import App, open_migrated_app
from bot.clocks import StoppedClock
from bot.settings import Settings
from domain.errors import Refusal
from simulation.half_province import NOON, HalfProvince


async def fill_empty(engine: AsyncEngine, province: HalfProvince) -> None:
    """Raises Refusal if the database is not empty."""
    try:
        await province.fill(engine)
    except IntegrityError as error:
        raise Refusal("database-not-empty", "Phép đo cần một cơ sở dữ liệu trống.") from error


@asynccontextmanager
async def open_province(
    province: HalfProvince, *, database: str | None = None, hour: datetime = NOON
) -> AsyncIterator[App]:
    """Open the product at this hour on the province; without `database`, in SQLite in a temporary folder."""
    with TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database_url=database)
        async with open_migrated_app(settings, StoppedClock(hour)) as app:
            await fill_empty(app.contexts.engine, province)
            yield app
