"""Composition of the scheduler: its jobs and the channels it sends through."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import TELEGRAM_CHANNEL, App
from channels.pacing import Pacer
from channels.telegram import TelegramChannel
from scheduler.jobs import SchedulerService
from web.parts import PartFolder


@asynccontextmanager
async def open_scheduler_service(
    app: App, *, token: str, pacer: Pacer | None = None
) -> AsyncIterator[SchedulerService]:
    """Open the scheduler's service; `pacer` replaces the usual one when time is wound by hand."""
    async with TelegramChannel(token, api=app.settings.telegram_api, pacer=pacer) as telegram:
        parts = PartFolder(app.settings.parts)
        yield SchedulerService(app.contexts, {TELEGRAM_CHANNEL: telegram}, files=app.files, parts=parts)
