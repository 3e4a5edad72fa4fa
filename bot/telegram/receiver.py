"""Receiving side: aiogram's bot and dispatcher, fed by polling."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aiogram import Bot, Dispatcher, Router
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.utils.token import extract_bot_id

from bot.app import TELEGRAM_CHANNEL, App
from bot.engines import ANSWERS_WITHIN, Engine
from bot.health.receiving import NoteMessenger
from bot.telegram.chat_order import ChatOrder
from bot.telegram.client import build_models, make_bot
from bot.telegram.dialog_storage import DatabaseStates, RedisStates, StateStore
from bot.telegram.dispatcher import build_dispatcher, make_routers
from bot.telegram.group_pace import PaceGroups
from bot.telegram.handler_signatures import signatures_read_once
from bot.telegram.middlewares.in_flight import TrackInFlight
from bot.telegram.rival_pollers import RivalPollers
from bot.telegram.update_attempts import STARTS, RetryUpdate, give_up
from bot.telegram.update_inbox import PersistFetchedUpdates, UpdateInbox
from bot.telegram.update_transaction import CommitBeforeSending
from domain.retention import RetentionKind, rule_of
from models.inbox import Arrival

if TYPE_CHECKING:
    from redis.asyncio import Redis

logger = logging.getLogger(__name__)

_CHATS_AT_ONCE = 5
FINISH_WITHIN = 10.0
"""Seconds for running answers when the process is told to stop."""


@dataclass(frozen=True, slots=True)
class TelegramBot:
    bot: Bot
    dispatcher: Dispatcher
    in_flight: TrackInFlight
    inbox: UpdateInbox
    rivals: RivalPollers


@asynccontextmanager
async def open_telegram_bot(
    app: App, *, token: str, routers: tuple[Router, ...] | None = None
) -> AsyncIterator[TelegramBot]:
    """Build the bot; `routers` are those of `make_routers` that an earlier dispatcher has left."""
    states, chat_turns = _states(app, bot_id=extract_bot_id(token)), ChatOrder(app.contexts.engine)
    build_models()
    in_flight, inbox = TrackInFlight(), UpdateInbox(app.contexts, states)
    attempts = RetryUpdate(app, inbox, states=states, channel=TELEGRAM_CHANNEL)
    with signatures_read_once():
        dispatcher = build_dispatcher(
            make_routers() if routers is None else routers,
            attempts=attempts,
            in_flight=in_flight,
            inbox=inbox,
            chat_turns=chat_turns,
        )
    bot = make_bot(token, api=app.settings.telegram_api)
    rivals = RivalPollers()
    bot.session.middleware(CommitBeforeSending())
    # Inside the commit: nobody else waits for the database meanwhile.
    bot.session.middleware(PaceGroups(app.contexts.clock.now))
    bot.session.middleware(rivals)
    bot.session.middleware(PersistFetchedUpdates(inbox))
    bot.session.middleware(NoteMessenger(app.messenger))
    try:
        yield TelegramBot(bot, dispatcher, in_flight, inbox, rivals)
    finally:
        await inbox.close()
        await chat_turns.close()
        await states.close()
        await bot.session.close()


def _states(app: App, *, bot_id: int) -> StateStore:
    if app.settings.redis_url is None:
        return DatabaseStates(app.contexts.clock)
    keep_seconds = rule_of(RetentionKind.DIALOGS).keep.days * 24 * 60 * 60
    return RedisStates(_redis(app.settings.redis_url), bot_id=bot_id, keep_seconds=keep_seconds)


def _redis(url: str) -> "Redis":
    from redis.asyncio import Redis

    return Redis.from_url(url, socket_connect_timeout=ANSWERS_WITHIN, socket_timeout=ANSWERS_WITHIN)


def redis_engine(url: str) -> Engine:
    async def ping() -> None:
        async with _redis(url) as redis:
            await redis.ping()

    return Engine("Redis", ping)


@asynccontextmanager
async def polling(telegram_bot: TelegramBot, *, finish_within: float = FINISH_WITHIN) -> AsyncIterator[None]:
    """Answer updates in the background until left; updates received by then are still answered.

    If that ends with an error, whoever is inside is cancelled, and the error is raised.
    """
    has_begun = asyncio.Event()
    telegram_bot.dispatcher.startup.register(partial(answer_what_is_left, telegram_bot))
    telegram_bot.dispatcher.startup.register(has_begun.set)
    task = asyncio.create_task(
        telegram_bot.dispatcher.start_polling(telegram_bot.bot, handle_signals=False, close_bot_session=False)
    )
    task.add_done_callback(partial(_end_with, asyncio.current_task()))
    try:
        yield
    finally:
        if has_begun.is_set():
            with contextlib.suppress(RuntimeError):
                # aiogram refuses to stop a dispatcher that has stopped already.
                await telegram_bot.dispatcher.stop_polling()
        else:
            # Stopping would wait for the end of the start, which may have much to answer.
            await telegram_bot.in_flight.finish(within=finish_within)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await telegram_bot.in_flight.finish(within=finish_within)


def _end_with(process: asyncio.Task[object] | None, listening: asyncio.Task[None]) -> None:
    """Cancel the process if it listens to nobody any more: it would go on in silence, and never be started anew."""
    if process is not None and not listening.cancelled() and listening.exception() is not None:
        process.cancel()


async def answer_what_is_left(telegram_bot: TelegramBot) -> None:
    """Answer updates left from the last run, several chats at once, each in order; new updates come after that."""
    chats: dict[int | None, list[Arrival]] = {}
    for arrival in await telegram_bot.inbox.left():
        chats.setdefault(arrival.chat, []).append(arrival)
    at_once = asyncio.Semaphore(_CHATS_AT_ONCE)
    await asyncio.gather(*(_answer_left_in(telegram_bot, arrivals, at_once) for arrivals in chats.values()))


async def _answer_left_in(telegram_bot: TelegramBot, arrivals: list[Arrival], at_once: asyncio.Semaphore) -> None:
    async with at_once:
        for arrival in arrivals:
            if arrival.attempts < STARTS:
                await telegram_bot.dispatcher.feed_update(
                    telegram_bot.bot, await telegram_bot.inbox.begin_again(arrival)
                )
            else:
                await _give_up(telegram_bot, arrival)


async def _give_up(telegram_bot: TelegramBot, arrival: Arrival) -> None:
    update = await telegram_bot.inbox.begin_again(arrival)
    chat = UserContextMiddleware.resolve_event_context(update).chat
    data = {"bot": telegram_bot.bot, "event_chat": chat}
    await give_up(update, data, attempts=arrival.attempts, has_acted=arrival.acted)
    await telegram_bot.inbox.answered(arrival.number)
