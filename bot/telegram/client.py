"""aiogram's client for the bot: its server, and how calls are retried."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import cache
from json import JSONDecodeError
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageReplyMarkup,
    EditMessageText,
    GetUpdates,
    Response,
    SendDocument,
    SendMessage,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import CallbackQuery, Message, Update
from pydantic import BaseModel
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt, wait_exception

from bot.telegram.reading import read_json, read_update
from domain.errors import Refusal
from handlers.moves import FollowMoves

_TRIES = 4
_PAUSE = 0.5
_LONG_PAUSE = 3.0
_REPEATED = (TelegramRetryAfter, TelegramNetworkError)
_LOST = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter, ClientDecodeError)

# The message that is replied to may be deleted by then; links in people's words get no preview.
_DEFAULTS = DefaultBotProperties(
    parse_mode=ParseMode.HTML, allow_sending_without_reply=True, link_preview_is_disabled=True
)
_USUAL: tuple[type[TelegramMethod[Any]], ...] = (
    SendMessage,
    EditMessageText,
    EditMessageReplyMarkup,
    AnswerCallbackQuery,
    DeleteMessage,
    SendDocument,
    GetUpdates,
)
"""Methods with which the bot answers almost every update."""

T = TypeVar("T")

logger = logging.getLogger(__name__)


class RetryOnFloodOrLoss(BaseRequestMiddleware):
    """Request middleware that waits as long as the messenger asks and repeats lost calls."""

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        if method.__api_method__ == "getUpdates":
            return await retry_until_reachable(lambda: make_request(bot, method))
        # Almost every call succeeds at once, and the library that repeats it costs as much as making it.
        try:
            return await make_request(bot, method)
        except _REPEATED as error:
            await asyncio.sleep(_pause_after(error, _PAUSE))
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(_REPEATED),
            wait=_as_asked_or(_PAUSE),
            stop=stop_after_attempt(_TRIES - 1),
            reraise=True,
        ):
            with attempt:
                answer = await make_request(bot, method)
        return answer


async def retry_until_reachable(call: Callable[[], Awaitable[T]]) -> T:
    """Repeat the call until the messenger can be reached and return its answer; log the silence once."""
    async for attempt in AsyncRetrying(
        retry=retry_if_exception_type(_LOST), wait=_as_asked_or(_LONG_PAUSE), before_sleep=_complain_once
    ):
        with attempt:
            answer = await call()
    if attempt.retry_state.attempt_number > 1:
        logger.warning("the messenger answers again")
    return answer


def _as_asked_or(pause: float) -> wait_exception:
    return wait_exception(lambda error: _pause_after(error, pause))


def _pause_after(error: BaseException, pause: float) -> float:
    """Return the seconds that the messenger asks for, or after any other error `pause`."""
    return error.retry_after if isinstance(error, TelegramRetryAfter) else pause


def _complain_once(state: RetryCallState) -> None:
    if state.attempt_number == 1 and state.outcome:
        logger.warning("the messenger cannot be reached, trying on: %s", state.outcome.exception())


async def translate_startup_errors(call: Callable[[], Awaitable[T]]) -> T:
    """Return the answer to the first call. Raises Refusal if the messenger rejects the token or the settings."""
    try:
        return await call()
    except (TelegramUnauthorizedError, TelegramNotFound) as error:
        raise Refusal(
            "token-refused", "Máy chủ không nhận THIDUA_TELEGRAM_TOKEN này. Anh/chị kiểm tra lại token."
        ) from error
    except TelegramBadRequest as error:
        raise Refusal("settings-refused-by-server", f"Máy chủ không nhận cài đặt này: {error.message}.") from error


class Session(AiohttpSession):
    """Session that keeps the types of answers; otherwise aiogram rebuilds a type for tens of milliseconds per call."""

    async def close(self) -> None:
        if self.api.base.startswith("https:"):
            # aiogram gives encrypted connections a moment to close.
            await super().close()
        elif self._session is not None:
            await self._session.close()

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        _answer_type(type(method))
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError as error:
            if isinstance(error.original, JSONDecodeError):
                # What stands before the messenger answers in its place, with a page of its own or nothing at all.
                raise TelegramServerError(method, f"{status_code}, not an answer of the messenger") from error
            batch = error.data.get("result") if isinstance(error.data, dict) else None
            if not isinstance(method, GetUpdates) or not isinstance(batch, list):
                raise
            # One update that cannot be read must not be fetched for ever, together with all that come after it.
            updates: Any = [update for given in batch if (update := read_update(given, bot)) is not None]
            return Response.model_construct(ok=True, result=updates)


@cache
def _answer_type(method: type[TelegramMethod[Any]]) -> type[Response[Any]]:
    return Response[method.__returning__]  # type: ignore[name-defined] # it is a type at run time only


def build_models() -> None:
    """Build the models of every day now; built with the first update, they would hold the loop for 0.2 s."""
    models: tuple[type[BaseModel], ...] = (Message, CallbackQuery, Update, *_USUAL, *map(_answer_type, _USUAL))
    for model in models:
        model.model_rebuild()


def make_bot(token: str, *, api: str) -> Bot:
    session = Session(api=TelegramAPIServer.from_base(api), json_loads=read_json)
    session.middleware(FollowMoves())
    session.middleware(RetryOnFloodOrLoss())
    return Bot(token, session=session, default=_DEFAULTS)


async def read_username(token: str, *, api: str) -> str:
    """Return the bot's username, as links to it need it. Raises Refusal if the messenger cannot be asked."""
    async with make_bot(token, api=api) as bot:
        try:
            return (await translate_startup_errors(bot.me)).username or ""
        except AiogramError as error:
            raise Refusal(
                "server-unreachable", f"Chưa liên lạc được với máy chủ của bot ({error}). Anh/chị thử lại sau."
            ) from error
