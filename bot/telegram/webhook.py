"""Updates by webhook: a local port behind a reverse proxy, a secret, and a limit on what is sent to it."""

import hashlib
import hmac
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from bot.telegram.client import retry_until_reachable, translate_startup_errors
from bot.telegram.reading import read_update
from bot.telegram.receiver import FINISH_WITHIN, TelegramBot, answer_what_is_left
from domain.errors import Refusal

logger = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
LISTEN_PORT = 8090
"""Local port on which a webhook is received, behind a reverse proxy."""
LARGEST_UPDATE = 1024 * 1024
"""Largest body that is read (bytes); an update carries texts and no files."""


class UpdateReceiver(SimpleRequestHandler):
    """Handler that takes the messenger's updates only, whatever others send to its address."""

    def __init__(self, telegram_bot: TelegramBot) -> None:
        # The messenger is told «received» only after the answer, and delivers again what a kill cut off.
        super().__init__(
            telegram_bot.dispatcher,
            telegram_bot.bot,
            handle_in_background=False,
            secret_token=secret_of(telegram_bot.bot.token),
        )
        self._inbox = telegram_bot.inbox

    def verify_secret(self, telegram_secret_token: str, bot: Bot) -> bool:  # noqa: ARG002 (the library's)
        # The library compares texts, which is an error if a stranger sends letters beyond ASCII.
        return hmac.compare_digest(telegram_secret_token.encode("utf-8", "replace"), (self.secret_token or "").encode())

    async def _handle_request(self, bot: Bot, request: web.Request) -> web.Response:
        try:
            update = read_update(await request.json(loads=bot.session.json_loads), bot)
        except (ValueError, RecursionError) as error:
            raise web.HTTPBadRequest from error
        if update is None:
            raise web.HTTPBadRequest
        try:
            await self._inbox.keep([update])
        except Exception as error:
            # The messenger delivers again what was not received.
            logger.warning("update %s cannot be kept: %r", update.update_id, error)
            raise web.HTTPServiceUnavailable from error
        await self.dispatcher.feed_webhook_update(bot, update)
        return web.Response()


def secret_of(token: str) -> str:
    """Return the secret that the messenger sends with each update; all processes of one bot know the same."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_receiver(telegram_bot: TelegramBot, path: str) -> web.Application:
    application = web.Application(client_max_size=LARGEST_UPDATE)
    UpdateReceiver(telegram_bot).register(application, path=path)
    return application


@asynccontextmanager
async def webhook(telegram_bot: TelegramBot, url: str, *, host: str = LOOPBACK) -> AsyncIterator[None]:
    """Receive updates at the path of `url` on the address `host`, with a secret that only the messenger knows.

    Raises Refusal if the port is taken or the messenger rejects the URL.
    """
    runner = web.AppRunner(make_receiver(telegram_bot, urlsplit(url).path or "/"))
    await runner.setup()
    try:
        await telegram_bot.dispatcher.emit_startup(bot=telegram_bot.bot)
        await answer_what_is_left(telegram_bot)
        site = await _listen(runner, host=host, port=_port(url))
        updates = telegram_bot.dispatcher.resolve_used_update_types()
        await retry_until_reachable(
            lambda: translate_startup_errors(
                lambda: telegram_bot.bot.set_webhook(
                    url, secret_token=secret_of(telegram_bot.bot.token), allowed_updates=updates
                )
            )
        )
        try:
            yield
        finally:
            await site.stop()
            await telegram_bot.in_flight.finish(within=FINISH_WITHIN)
    finally:
        await runner.cleanup()


def _port(url: str) -> int:
    """Return the port to listen on: the URL's own for a messenger on this machine, else the one behind the proxy."""
    address = urlsplit(url)
    return address.port or 80 if address.hostname == LOOPBACK else LISTEN_PORT


async def _listen(runner: web.AppRunner, *, host: str, port: int) -> web.TCPSite:
    site = web.TCPSite(runner, host, port)
    try:
        await site.start()
    except OSError as error:
        raise Refusal("port-unopened", f"Không mở được {host}:{port} để nhận webhook ({error.strerror}).") from error
    return site
