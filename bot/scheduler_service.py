"""The side that speaks up: the clock's jobs and the roads out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import TELEGRAM_CHANNEL, App
from channels.pacing import Pacer
from channels.telegram import TelegramChannel
from scheduler.jobs import Speaker


@asynccontextmanager
async def open_speaker(app: App, *, token: str, pacer: Pacer | None = None) -> AsyncIterator[Speaker]:
    """`pacer` replaces the stock one where time is wound."""
    async with TelegramChannel(token, api=app.settings.telegram_api, pacer=pacer) as telegram:
        yield Speaker(app.contexts, {TELEGRAM_CHANNEL: telegram}, files=app.files)
