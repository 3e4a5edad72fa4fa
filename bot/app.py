"""What both the bot and the scheduler stand on, put together once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.contexts import Contexts
from bot.files import Shelf
from bot.settings import Settings
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
    settings.data.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.database)
    try:
        await upgrade(engine)
        yield App(settings, Contexts(engine, clock, settings.zone), Shelf(settings.shelf))
    finally:
        await engine.dispose()
