"""The side that speaks up: the clock's jobs and the roads out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from channels.telegram import TelegramChannel
from scheduler.jobs import Speaker

from bot.app import TELEGRAM_CHANNEL, App


@asynccontextmanager
async def open_speaker(app: App, *, token: str) -> AsyncIterator[Speaker]:
    async with TelegramChannel(token, api=app.settings.telegram_api) as telegram:
        yield Speaker(app.contexts, {TELEGRAM_CHANNEL: telegram})
