"""The bot as aiogram speaks to it: which server, and what to do when it asks for patience."""

import logging
from collections.abc import Awaitable, Callable
from functools import cache
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
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt, wait_exception

from domain.errors import Refusal
from handlers.moves import FollowMoves

_TRIES = 4
_PAUSE = 0.5
_LONG_PAUSE = 3.0
_LOST = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter, ClientDecodeError)

# Whoever is answered may have deleted their message meanwhile; an address in somebody's words shows no page's picture.
_DEFAULTS = DefaultBotProperties(
    parse_mode=ParseMode.HTML, allow_sending_without_reply=True, link_preview_is_disabled=True
)

T = TypeVar("T")

logger = logging.getLogger(__name__)


class RetryOnFloodOrLoss(BaseRequestMiddleware):
    """Waits as long as the messenger asks, and tries a lost call again, before anybody sees an error."""

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        if method.__api_method__ == "getUpdates":
            return await retry_until_reachable(lambda: make_request(bot, method))
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type((TelegramRetryAfter, TelegramNetworkError)),
            wait=_as_asked_or(_PAUSE),
            stop=stop_after_attempt(_TRIES),
            reraise=True,
        ):
            with attempt:
                answer = await make_request(bot, method)
        return answer


async def retry_until_reachable(call: Callable[[], Awaitable[T]]) -> T:
    """Call until the messenger can be reached, and complain of it once; what it answers is given, or raised."""
    async for attempt in AsyncRetrying(
        retry=retry_if_exception_type(_LOST), wait=_as_asked_or(_LONG_PAUSE), before_sleep=_complain_once
    ):
        with attempt:
            answer = await call()
    if attempt.retry_state.attempt_number > 1:
        logger.warning("the messenger answers again")
    return answer


def _as_asked_or(pause: float) -> wait_exception:
    """Wait exactly as long as the messenger asks; `pause` seconds after any other error."""
    return wait_exception(lambda error: error.retry_after if isinstance(error, TelegramRetryAfter) else pause)


def _complain_once(state: RetryCallState) -> None:
    if state.attempt_number == 1 and state.outcome:
        logger.warning("the messenger cannot be reached, trying on: %s", state.outcome.exception())


async def translate_startup_errors(call: Callable[[], Awaitable[T]]) -> T:
    """What the messenger answers at the start, refused in a sentence where it does not like token or settings."""
    try:
        return await call()
    except (TelegramUnauthorizedError, TelegramNotFound) as error:
        raise Refusal(
            "token-refused", "Máy chủ không nhận THIDUA_TELEGRAM_TOKEN này. Anh/chị kiểm tra lại token."
        ) from error
    except TelegramBadRequest as error:
        raise Refusal("settings-refused-by-server", f"Máy chủ không nhận cài đặt này: {error.message}.") from error


class Session(AiohttpSession):
    """Remembers the types of answers: one that nobody holds is forgotten, and takes tens of milliseconds to build."""

    async def close(self) -> None:
        if self.api.base.startswith("https:"):
            # The library gives encrypted connections a moment to end.
            await super().close()
        elif self._session is not None:
            await self._session.close()

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        _answer_type(type(method))
        return super().check_response(bot, method, status_code, content)


@cache
def _answer_type(method: type[TelegramMethod[Any]]) -> type[Response[Any]]:
    return Response[method.__returning__]  # type: ignore[name-defined] # it is a type at run time only


def make_bot(token: str, *, api: str) -> Bot:
    session = Session(api=TelegramAPIServer.from_base(api))
    session.middleware(FollowMoves())
    session.middleware(RetryOnFloodOrLoss())
    return Bot(token, session=session, default=_DEFAULTS)


async def read_username(token: str, *, api: str) -> str:
    """The bot's name, as links to it need it."""
    async with make_bot(token, api=api) as bot:
        try:
            return (await translate_startup_errors(bot.me)).username or ""
        except AiogramError as error:
            raise Refusal(
                "server-unreachable", f"Chưa liên lạc được với máy chủ của bot ({error}). Anh/chị thử lại sau."
            ) from error
