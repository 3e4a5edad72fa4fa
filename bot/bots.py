"""The bot as aiogram speaks to it: which server, and what to do when it asks for patience."""

import asyncio

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

_TRIES = 4
_PAUSE = 0.5


class Patience(BaseRequestMiddleware):
    """Waits as long as the messenger asks, and tries a lost call again, before anybody sees an error."""

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        for left in reversed(range(_TRIES)):
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as error:
                if not left:
                    raise
                await asyncio.sleep(error.retry_after)
            except TelegramNetworkError:
                if not left or method.__api_method__ == "getUpdates":
                    raise
                await asyncio.sleep(_PAUSE)
        raise AssertionError("the last try answers or raises")


def make_bot(token: str, *, api: str) -> Bot:
    session = AiohttpSession(api=TelegramAPIServer.from_base(api))
    session.middleware(Patience())
    return Bot(token, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
