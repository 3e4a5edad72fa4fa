"""The running bot, scheduler and web page; each is imported only by the process that runs it."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from importlib.metadata import version

import typer
from sqlalchemy import make_url

from bot.active_process import only_active
from bot.app import App, database_engine, make_folder, open_migrated_app, wait_for_files
from bot.clocks import SystemClock
from bot.engines import Engine
from bot.logs import set_up_logs
from bot.settings import TELEGRAM, Settings
from bot.single_process import only_process
from domain.errors import Refusal
from usecases.ports import Clock

RunsScheduler = Callable[[App, str], AbstractAsyncContextManager[object]]
"""Scheduler of an app and a token, at work until it is left."""


async def serve(
    settings: Settings,
    *,
    bot: bool,
    scheduler: bool,
    clock: Clock | None = None,
    runs_scheduler: RunsScheduler | None = None,
) -> None:
    """Run the bot, the scheduler, or both, until the process is told to stop.

    Where time is wound by hand, `clock` replaces the system's and `runs_scheduler` the scheduler that has timers.

    Raises Refusal if the settings, the token or the database do not allow it, or another process does the same work.
    """
    if settings.telegram_token is None:
        raise Refusal("token-missing", "Chưa đặt THIDUA_TELEGRAM_TOKEN. Muốn chạy thử không cần token: thidua demo")
    if settings.web_url and settings.telegram_api == TELEGRAM and not settings.web_url.startswith("https://"):
        # Telegram refuses buttons with such an address, and no phone reaches it.
        raise Refusal("web-url-local", f"THIDUA_WEB_URL: «{settings.web_url}» chỉ mở được trên máy này. Ghi https://…")
    set_up_logs(settings.zone, as_json=settings.log_format == "json")
    token = settings.telegram_token.get_secret_value()
    async with AsyncExitStack() as stack:
        make_folder(settings.data)
        stack.enter_context(only_process(settings.database, bot=bot, scheduler=scheduler))
        typer.echo(describe(settings, bot=bot, scheduler=scheduler))
        app = await stack.enter_async_context(open_migrated_app(settings, clock or SystemClock(), waits=True))
        await _check_token(token, api=settings.telegram_api, bot=bot)
        for engine in engines(app, bot=bot):
            await engine.wait()
            await stack.enter_async_context(engine.watched())
        await wait_for_files(settings.shelf)
        await _start_health(app, stack, bot=bot)
        if bot and scheduler and settings.web_url is not None:
            await _start_page(app, stack)
        if scheduler:
            await _start_scheduler(app, token, stack, runs_scheduler)
        await (_run_bot(app, token, stack) if bot else asyncio.Event().wait())


async def serve_page(settings: Settings) -> None:
    """Run the web page for large uploads, until the process is told to stop. It needs no token.

    Raises Refusal without a public address, or if the database or the port cannot be opened.
    """
    if settings.web_url is None:
        raise Refusal(
            "web-url-missing", "Chưa đặt THIDUA_WEB_URL, địa chỉ của trang tải tệp. Ví dụ: https://tai.vidu.vn"
        )
    set_up_logs(settings.zone, as_json=settings.log_format == "json")
    make_folder(settings.data)
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(open_migrated_app(settings, SystemClock(), waits=True))
        for engine in engines(app, bot=False):
            await stack.enter_async_context(engine.watched())
        await wait_for_files(settings.shelf)
        await _start_health(app, stack, bot=False)
        port = await _start_page(app, stack)
        typer.echo(f"Trang tải tệp lớn: {settings.web_url}, nghe ở {settings.web_host}:{port}")
        await asyncio.Event().wait()


def describe(settings: Settings, *, bot: bool, scheduler: bool) -> str:
    """Return one line on what this process is and where it works, without passwords or tokens."""
    sides = " + ".join(name for name, runs in (("bot", bot), ("bộ nhắc hạn", scheduler)) if runs)
    database = make_url(settings.database).render_as_string(hide_password=True)
    road = f"webhook {settings.webhook_url}" if settings.webhook_url else "long polling"
    server = "Telegram" if settings.telegram_api == TELEGRAM else f"máy chủ {settings.telegram_api}"
    dialogs = "Redis" if settings.redis_url else "cơ sở dữ liệu"
    page = f" · trang tải tệp: {settings.web_url}" if settings.web_url else ""
    return (
        f"thidua {version('thidua')} · {sides} · {server}, {road}\n"
        f"Cơ sở dữ liệu: {database} · tệp: {settings.shelf} · màn hình dở: {dialogs} · giờ: {settings.timezone}{page}"
    )


def engines(app: App, *, bot: bool) -> list[Engine]:
    """Return the servers without which this process cannot work; a SQLite file is not one."""
    has_server = app.contexts.engine.dialect.name != "sqlite"
    return ([database_engine(app.contexts.engine)] if has_server else []) + _redis(app, bot=bot)


def _redis(app: App, *, bot: bool) -> list[Engine]:
    if not bot or app.settings.redis_url is None:
        return []
    from bot.telegram.receiver import redis_engine

    return [redis_engine(app.settings.redis_url)]


async def _start_health(app: App, stack: AsyncExitStack, *, bot: bool) -> None:
    if app.settings.health_port is not None:
        from bot.health.readiness import Readiness
        from bot.health.server import serving_health

        readiness = Readiness(app.contexts, app.messenger, _redis(app, bot=bot))
        await stack.enter_async_context(serving_health(readiness, port=app.settings.health_port))


async def _check_token(token: str, *, api: str, bot: bool) -> None:
    """Check the token with the library that this process uses in any case.

    Raises Refusal for a wrong token; waits while the messenger cannot be reached.
    """
    if bot:
        from bot.telegram.running import check_token
    else:
        from bot.scheduler_service import check_token
    await check_token(token, api=api)


async def _start_page(app: App, stack: AsyncExitStack) -> int:
    from bot.web_service import running_page

    return await stack.enter_async_context(running_page(app))


async def _start_scheduler(app: App, token: str, stack: AsyncExitStack, runs: RunsScheduler | None) -> None:
    from bot.scheduler_service import running_scheduler

    run = runs or running_scheduler
    await stack.enter_async_context(only_active(app.contexts.engine, lambda: run(app, token)))


async def _run_bot(app: App, token: str, stack: AsyncExitStack) -> None:
    from bot.telegram.running import running_bot

    telegram_bot = await stack.enter_async_context(running_bot(app, token))
    await telegram_bot.rivals.met()
