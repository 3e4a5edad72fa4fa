"""The bot and the scheduler at work."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.app import App, database_engine, make_folder, open_app
from bot.bots import greet, insist, make_bot
from bot.clocks import SystemClock
from bot.engines import Engine
from bot.settings import Settings
from bot.single_process import only_process
from bot.speaker import open_speaker
from bot.talker import Talker, open_talker, polling, redis_engine, webhook
from domain.errors import Refusal
from handlers.menus import set_command_menus


async def serve(settings: Settings, *, bot: bool, scheduler: bool) -> None:
    """Run the bot, the scheduler, or both, until the process is told to stop."""
    if settings.telegram_token is None:
        raise Refusal("Chưa đặt THIDUA_TELEGRAM_TOKEN. Muốn chạy thử không cần token: thidua demo")
    token = settings.telegram_token.get_secret_value()
    async with AsyncExitStack() as stack:
        make_folder(settings.data)
        stack.enter_context(only_process(settings.database, bot=bot, scheduler=scheduler))
        app = await stack.enter_async_context(open_app(settings, SystemClock(), waits=True))
        await _introduce(token, api=settings.telegram_api)
        for engine in engines(app, bot=bot):
            await engine.wait()
            await stack.enter_async_context(engine.watched())
        if scheduler:
            await stack.enter_async_context(speaking(app, token))
        talker = await stack.enter_async_context(answering(app, token)) if bot else None
        await (talker.rivals.met() if talker else asyncio.Event().wait())


def engines(app: App, *, bot: bool) -> list[Engine]:
    """The servers without which this process cannot work; a file of SQLite is none."""
    found = []
    if app.contexts.engine.dialect.name != "sqlite":
        found.append(database_engine(app.contexts.engine))
    if bot and app.settings.redis_url is not None:
        found.append(redis_engine(app.settings.redis_url))
    return found


async def _introduce(token: str, *, api: str) -> None:
    """A wrong token is told at once; a messenger that cannot be reached is waited for."""
    async with make_bot(token, api=api) as bot:
        await insist(lambda: greet(bot.me))


@asynccontextmanager
async def speaking(app: App, token: str) -> AsyncIterator[None]:
    async with open_speaker(app, token=token) as speaker:
        speaker.start()
        try:
            yield
        finally:
            await speaker.stop()


@asynccontextmanager
async def answering(app: App, token: str) -> AsyncIterator[Talker]:
    async with open_talker(app, token=token) as talker:
        await insist(lambda: set_command_menus(talker.bot))
        url = app.settings.webhook_url
        async with webhook(talker, url) if url else _polling(talker):
            yield talker


@asynccontextmanager
async def _polling(talker: Talker) -> AsyncIterator[None]:
    # Who was told of a webhook before is refused everything else.
    await insist(talker.bot.delete_webhook)
    async with polling(talker):
        yield
