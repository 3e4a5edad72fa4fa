"""What both the bot and the scheduler stand on, put together once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.contexts import Contexts
from bot.files import Shelf
from bot.settings import Settings
from domain.errors import Refusal
from models.migrations import upgrade
from models.unit_of_work import make_engine
from usecases.ports import Clock, FileStore

TELEGRAM_CHANNEL = "telegram"


@dataclass(frozen=True, slots=True)
class App:
    settings: Settings
    contexts: Contexts
    files: FileStore


@asynccontextmanager
async def open_app(settings: Settings, clock: Clock) -> AsyncIterator[App]:
    """Open the database, brought to its newest form, and the shelf of files."""
    _make_folder(settings.data)
    async with stand(settings, clock) as app:
        await _reach(app.contexts.engine)
        await upgrade(app.contexts.engine)
        yield app


@asynccontextmanager
async def stand(settings: Settings, clock: Clock) -> AsyncIterator[App]:
    """On a database that is in its newest form already."""
    engine = make_engine(settings.database)
    try:
        yield App(settings, Contexts(engine, clock, settings.zone), Shelf(settings.shelf))
    finally:
        await engine.dispose()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"Không ghi được vào THIDUA_DATA: {folder} ({error.strerror}).") from error


async def _reach(engine: AsyncEngine) -> None:
    try:
        async with engine.connect():
            return
    except Exception as error:
        # Each driver has a family of errors of its own; each means the same here.
        address = engine.url.render_as_string(hide_password=True)
        reason = str(error).partition("\n")[0]
        raise Refusal(f"Không mở được cơ sở dữ liệu {address}: {reason}") from error
