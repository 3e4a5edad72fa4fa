"""The parts of the running product, put together once."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiogram import Bot, Dispatcher
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder
from aiogram.fsm.storage.redis import RedisStorage
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bots import make_bot
from bot.contexts import Contexts
from bot.dispatcher import build_dispatcher
from bot.files import Shelf
from bot.middlewares import InFlight
from bot.settings import Settings
from bot.storage import DatabaseStorage
from models.migrations import upgrade
from models.unit_of_work import make_engine
from usecases.ports import Clock, FileStore


@dataclass(frozen=True, slots=True)
class App:
    """What both the bot and the scheduler stand on."""

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


@dataclass(frozen=True, slots=True)
class Talker:
    """The side that answers: aiogram's bot and dispatcher."""

    bot: Bot
    dispatcher: Dispatcher
    in_flight: InFlight


@asynccontextmanager
async def open_talker(app: App, *, token: str) -> AsyncIterator[Talker]:
    in_flight = InFlight()
    storage = _storage(app.settings, app.contexts.engine)
    dispatcher = build_dispatcher(app.contexts, files=app.files, storage=storage, in_flight=in_flight)
    bot = make_bot(token, api=app.settings.telegram_api)
    try:
        yield Talker(bot, dispatcher, in_flight)
    finally:
        await storage.close()
        await bot.session.close()


def _storage(settings: Settings, engine: AsyncEngine) -> BaseStorage:
    if settings.redis_url:
        return RedisStorage.from_url(settings.redis_url, key_builder=DefaultKeyBuilder(with_destiny=True))
    return DatabaseStorage(engine)


@asynccontextmanager
async def polling(talker: Talker) -> AsyncIterator[None]:
    """Answer updates in the background until left."""
    task = asyncio.create_task(
        talker.dispatcher.start_polling(talker.bot, handle_signals=False, close_bot_session=False)
    )
    try:
        yield
    finally:
        with contextlib.suppress(RuntimeError):
            # Stopping a dispatcher that has not begun yet is refused; cancelling it is enough then.
            await talker.dispatcher.stop_polling()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
