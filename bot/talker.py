"""The side that answers: aiogram's bot and dispatcher, fed by polling or by a webhook."""

import asyncio
import contextlib
import hashlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from aiogram import Bot, Dispatcher
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from redis.asyncio import Redis

from bot.app import TELEGRAM_CHANNEL, App
from bot.bots import greet, insist, make_bot
from bot.dispatcher import build_dispatcher
from bot.engines import ANSWERS_WITHIN, Engine
from bot.inbox import Inbox, Kept
from bot.middlewares import InFlight
from bot.rivals import Rivals
from bot.storage import DatabaseStorage
from domain.errors import Refusal
from domain.retention import Kind, rule_of

logger = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
LISTEN_PORT = 8090
"""Where a webhook is received; a reverse proxy stands before it."""
FINISH_WITHIN = 10.0
"""Seconds for the answers under way when the process is told to stop."""


@dataclass(frozen=True, slots=True)
class Talker:
    bot: Bot
    dispatcher: Dispatcher
    in_flight: InFlight
    inbox: Inbox
    rivals: Rivals


@asynccontextmanager
async def open_talker(app: App, *, token: str) -> AsyncIterator[Talker]:
    in_flight, inbox = InFlight(), Inbox(app.contexts)
    storage = _storage(app)
    dispatcher = build_dispatcher(
        app.contexts, files=app.files, storage=storage, in_flight=in_flight, inbox=inbox, channel=TELEGRAM_CHANNEL
    )
    bot = make_bot(token, api=app.settings.telegram_api)
    rivals = Rivals()
    bot.session.middleware(rivals)
    bot.session.middleware(Kept(inbox))
    try:
        yield Talker(bot, dispatcher, in_flight, inbox, rivals)
    finally:
        await storage.close()
        await bot.session.close()


def _storage(app: App) -> BaseStorage:
    if app.settings.redis_url is None:
        return DatabaseStorage(app.contexts.engine, app.contexts.clock)
    kept = rule_of(Kind.DIALOGS).keep.days * 24 * 60 * 60
    keys = DefaultKeyBuilder(with_destiny=True)
    redis = _redis(app.settings.redis_url)
    return RedisStorage(redis, key_builder=keys, state_ttl=kept, data_ttl=kept)


def _redis(url: str) -> Redis:
    return Redis.from_url(url, socket_connect_timeout=ANSWERS_WITHIN, socket_timeout=ANSWERS_WITHIN)


def redis_engine(url: str) -> Engine:
    async def ping() -> None:
        async with _redis(url) as redis:
            await redis.ping()

    return Engine("Redis", ping)


@asynccontextmanager
async def polling(talker: Talker, *, finish_within: float = FINISH_WITHIN) -> AsyncIterator[None]:
    """Answer updates in the background until left; whoever has pressed a button by then gets their answer."""
    talker.dispatcher.startup.register(partial(_answer_what_is_left, talker))
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
        await talker.in_flight.finish(within=finish_within)


async def _answer_what_is_left(talker: Talker) -> None:
    for update in await talker.inbox.left():
        try:
            await talker.dispatcher.feed_update(talker.bot, update)
        except Exception:
            # Whatever it is, it must not keep the others from being answered.
            logger.exception("update %s, left from before, could not be answered", update.update_id)


@asynccontextmanager
async def webhook(talker: Talker, url: str) -> AsyncIterator[None]:
    """Receive updates at the path of `url` on the loopback interface, and only those that know the secret."""
    secret = hashlib.sha256(talker.bot.token.encode()).hexdigest()
    application = web.Application()
    # The messenger hears «received» only once it is answered, and hands over again what a kill cut off.
    handler = SimpleRequestHandler(talker.dispatcher, talker.bot, handle_in_background=False, secret_token=secret)
    handler.register(application, path=urlsplit(url).path or "/")
    runner = web.AppRunner(application)
    await runner.setup()
    try:
        site = await _listen(runner, port=_port(url))
        await talker.dispatcher.emit_startup(bot=talker.bot)
        updates = talker.dispatcher.resolve_used_update_types()
        await insist(lambda: greet(lambda: talker.bot.set_webhook(url, secret_token=secret, allowed_updates=updates)))
        try:
            yield
        finally:
            await site.stop()
            await talker.in_flight.finish(within=FINISH_WITHIN)
    finally:
        await runner.cleanup()


def _port(url: str) -> int:
    """A messenger on this very machine calls the bot directly; any other comes through the proxy."""
    address = urlsplit(url)
    return address.port or 80 if address.hostname == LOOPBACK else LISTEN_PORT


async def _listen(runner: web.AppRunner, *, port: int) -> web.TCPSite:
    site = web.TCPSite(runner, LOOPBACK, port)
    try:
        await site.start()
    except OSError as error:
        raise Refusal(f"Không mở được {LOOPBACK}:{port} để nhận webhook ({error.strerror}).") from error
    return site
