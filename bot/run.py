"""Running what was put together, until somebody asks it to stop."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from handlers.menus import set_command_menus

from bot.app import App, open_app
from bot.clocks import SystemClock
from bot.settings import Settings
from bot.speaker import open_speaker
from bot.talker import open_talker, polling, webhook
from domain.errors import Refusal


async def serve(settings: Settings, *, bot: bool, scheduler: bool) -> None:
    """Run the bot, the scheduler, or both, until the process is told to stop."""
    if settings.telegram_token is None:
        raise Refusal("Chưa đặt THIDUA_TELEGRAM_TOKEN. Muốn chạy thử không cần token: thidua demo")
    token = settings.telegram_token.get_secret_value()
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(open_app(settings, SystemClock()))
        if scheduler:
            await stack.enter_async_context(speaking(app, token))
        if bot:
            await stack.enter_async_context(answering(app, token))
        logging.getLogger(__name__).info("running")
        await asyncio.Event().wait()


@asynccontextmanager
async def speaking(app: App, token: str) -> AsyncIterator[None]:
    async with open_speaker(app, token=token) as speaker:
        speaker.start()
        try:
            yield
        finally:
            await speaker.stop()


@asynccontextmanager
async def answering(app: App, token: str) -> AsyncIterator[None]:
    async with open_talker(app, token=token) as talker:
        await set_command_menus(talker.bot)
        url = app.settings.webhook_url
        async with webhook(talker, url) if url else polling(talker):
            yield


def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end, or until Ctrl-C or SIGTERM; what is under way is finished first."""
    with contextlib.suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(_stoppable(work))


async def _stoppable(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await task
