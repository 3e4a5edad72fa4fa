"""A bare aiogram echo as a process: `python -m simulation.messenger.echo URL`."""

import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from bot.runner import run_until_signal
from simulation.messenger.server import TOKEN


async def echo_back(message: Message) -> None:
    await message.answer(message.text or "")


async def run_echo(address: str) -> None:
    dispatcher = Dispatcher()
    dispatcher.message.register(echo_back)
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(address)))
    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    run_until_signal(run_echo(sys.argv[1]))
