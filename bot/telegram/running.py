"""The bot as one side of a process: its token checked, its menus set, its updates received."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import App
from bot.telegram.client import make_bot, retry_until_reachable, translate_startup_errors
from bot.telegram.receiver import TelegramBot, open_telegram_bot, polling
from bot.telegram.webhook import webhook
from handlers.menus import set_command_menus


async def check_token(token: str, *, api: str) -> None:
    """Check the token with the messenger; wait while the messenger cannot be reached.

    Raises Refusal for a wrong token.
    """
    async with make_bot(token, api=api) as bot:
        await retry_until_reachable(lambda: translate_startup_errors(bot.me))


@asynccontextmanager
async def running_bot(app: App, token: str) -> AsyncIterator[TelegramBot]:
    async with open_telegram_bot(app, token=token) as telegram_bot:
        await retry_until_reachable(lambda: set_command_menus(telegram_bot.bot))
        url, host = app.settings.webhook_url, app.settings.webhook_host
        async with webhook(telegram_bot, url, host=host) if url else _polling(telegram_bot):
            yield telegram_bot


@asynccontextmanager
async def _polling(telegram_bot: TelegramBot) -> AsyncIterator[None]:
    # While a webhook is registered, Telegram refuses to hand over updates in any other way.
    await retry_until_reachable(telegram_bot.bot.delete_webhook)
    async with polling(telegram_bot):
        yield
