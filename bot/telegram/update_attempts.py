"""Attempts at an update: an internal failure is reported, tried again, and in the end given up."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.dispatcher.event.bases import CancelHandler
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import Chat, TelegramObject, Update

from bot.app import App
from bot.engines import is_unreachable
from bot.telegram.dialog_storage import StateStore
from bot.telegram.update_inbox import UpdateInbox
from bot.telegram.update_transaction import FilesOutsideTransaction, UpdateTransaction
from domain.errors import Refusal
from domain.references import note_failure
from handlers.errors import ActedBefore
from models.held_unit_of_work import HeldUnitOfWork
from templates import render
from usecases.reminders.reachability import come_back

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds before each further attempt. After the last one the update is given up, but not while the messenger cannot
be reached: nobody could be told, so it is tried until an answer can be given."""
STARTS = 5
"""Starts of the process that may begin one update again: an update that ends the process must not do so for ever."""

_MESSENGER_LOST = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter)

logger = logging.getLogger(__name__)


class TryAgain(CancelHandler):
    """Raised past the error handlers, so that nothing is said about an error before the last attempt."""


class RetryUpdate(BaseMiddleware):
    """Middleware that gives each attempt at an update its own transaction and recognises the actor."""

    def __init__(self, app: App, inbox: UpdateInbox, *, states: StateStore, channel: str) -> None:
        self._contexts = app.contexts
        self._inbox = inbox
        self._files = app.files
        self._page = app.settings.web_url
        self._states = states
        self._channel = channel

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, Update) or data.get("event_from_user") is None:
            return None
        for attempt in count():
            try:
                return await self._attempt(handler, event, dict(data), is_first=not (attempt or data.get("has_waited")))
            except Exception as error:
                pause = _pause_after(error, attempt)
                if pause is None:
                    await self._give_up(event, data, error, attempts=attempt + 1)
                    return None
                logger.warning("update %s is tried again in %s s: %r", event.update_id, pause, _cause(error))
                if not attempt and not isinstance(_cause(error), TelegramAPIError):
                    await tell(data, render("errors/trying_again"))
                await asyncio.sleep(pause)
        return None

    async def _attempt(self, handler: Handler, event: Update, data: dict[str, Any], *, is_first: bool) -> Any:
        number, chat = event.update_id, data.get("event_chat")
        has_acted = False
        if chat is not None:
            await self._inbox.settle(chat.id)
        if not is_first or self._inbox.is_begun_again(number):
            standing = await self._inbox.read(number)
            if standing.is_answered:
                return None
            has_acted = await self._states.recover(number, acted=standing.has_acted)
        uow = HeldUnitOfWork(self._contexts.engine)
        chat_id = data["event_from_user"].id
        async with self._contexts.open_for(channel=self._channel, chat_id=chat_id, uow=uow) as ctx:
            if ctx.actor.is_lost and _is_word(event):
                await come_back(ctx, channel=self._channel, chat_id=chat_id)
                await uow.release()
            turn = UpdateTransaction(uow, self._states, number=number)
            try:
                files = FilesOutsideTransaction(self._files, turn)
                data |= {"ctx": ctx, "turn": turn, "files": files, "fsm_storage": turn.storage}
                data |= {"channel": self._channel, "has_acted": has_acted, "clock": self._contexts.clock}
                data |= {"upload_page": self._page}
                answer = await handler(event, data)
                states = await turn.finish()
            finally:
                turn.close()
        await self._inbox.conclude(number, chat=chat.id if chat else None, states=states)
        return answer

    async def _give_up(self, event: Update, data: dict[str, Any], error: Exception, *, attempts: int) -> None:
        cause = _cause(error)
        if isinstance(cause, TelegramForbiddenError):
            logger.warning("update %s has no answer: %s", event.update_id, cause)
        else:
            has_acted = await self._has_acted(event.update_id)
            await give_up(event, data, attempts=attempts, error=cause, has_acted=has_acted)

    async def _has_acted(self, number: int) -> bool:
        try:
            return (await self._inbox.read(number)).has_acted
        except Exception as error:
            # The database may be what fails.
            logger.warning("update %s: it cannot be read whether it has acted: %r", number, error)
            return False


async def give_up(
    event: Update,
    data: dict[str, Any],
    *,
    attempts: int,
    has_acted: bool,
    error: BaseException | None = None,
) -> None:
    """Log it and say so; what `has_acted` is done and only not shown, and must not be sent again."""
    code = note_failure()
    logger.error(
        "reference code %s: update %s is given up after %s attempts", code, event.update_id, attempts, exc_info=error
    )
    await tell(data, render("errors/given_up", code=code, attempts=attempts, has_acted=has_acted))


async def say(words: Callable[[], Awaitable[object]]) -> None:
    """Say the words, and try again while the messenger is away. Raises its error if it stays away."""
    for pause in PAUSES:
        try:
            await words()
        except _MESSENGER_LOST:
            await asyncio.sleep(pause)
        else:
            return
    await words()


async def tell(data: dict[str, Any], text: str) -> None:
    """Send the text without the database, which may be what fails; groups are not told of the bot's troubles."""
    chat: Chat | None = data.get("event_chat")
    bot: Bot = data["bot"]
    if chat is not None and chat.type == "private":
        with suppress(TelegramAPIError):
            await bot.send_message(chat.id, text)


class RaiseForRetry(BaseMiddleware):
    """Innermost middleware: sees an error before the error handlers, while nothing is committed yet."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if data["has_acted"]:
            raise ActedBefore
        turn: UpdateTransaction = data["turn"]
        try:
            return await handler(event, data)
        except Exception as error:
            await turn.give_up_unsaved(but_steps=isinstance(error, Refusal))
            if _may_pass(error):
                raise TryAgain from error
            raise


def _pause_after(error: Exception, attempt: int) -> float | None:
    """Return the seconds before the next attempt, or None if the update is given up; attempts are counted from 0."""
    if not _may_pass(error):
        return None
    if attempt < len(PAUSES):
        return PAUSES[attempt]
    return PAUSES[-1] if isinstance(_cause(error), TelegramNetworkError) else None


def _may_pass(error: BaseException) -> bool:
    cause = _cause(error)
    return isinstance(cause, _MESSENGER_LOST) or is_unreachable(cause)


def _cause(error: BaseException) -> BaseException:
    return error.__cause__ if isinstance(error, TryAgain) and error.__cause__ else error


def _is_word(event: Update) -> bool:
    """Whether a person said this to the bot in a private chat, and so can be written to."""
    pressed = event.callback_query.message if event.callback_query else None
    said = event.message or event.edited_message or pressed
    return said is not None and said.chat.type == "private"
