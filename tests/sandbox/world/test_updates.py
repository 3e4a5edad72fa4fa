"""How updates reach a bot: by polling, by webhook, once confirmed never again, and after a kill as before."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiogram.methods import SendMessage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import ClientSession, web
from telegram.error import Conflict
from telegram.ext import ExtBot

from sandbox.server import Sandbox
from tests.sandbox.conftest import TOKEN, Hand, session_at


def texts(updates: Any) -> list[str | None]:
    return [update.message.text for update in updates if update.message]


async def test_an_update_comes_again_until_it_is_confirmed(aiogram_bot: Bot, hand: Hand) -> None:
    await hand.started()

    first = await aiogram_bot.get_updates()
    again = await aiogram_bot.get_updates()
    after = await aiogram_bot.get_updates(offset=first[-1].update_id + 1)

    assert texts(first) == texts(again) == ["/start"]
    assert after == []


async def test_update_ids_rise_by_one(ptb_bot: ExtBot[None], hand: Hand) -> None:
    person = await hand.started()
    for text in ("một", "hai", "ba"):
        await hand.say(person, person, text)

    updates = await ptb_bot.get_updates(limit=3)

    assert texts(updates) == ["/start", "một", "hai"]
    assert [update.update_id - updates[0].update_id for update in updates] == [0, 1, 2]


async def test_a_negative_offset_keeps_the_newest(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    await hand.say(person, person, "mới")

    newest = await aiogram_bot.get_updates(offset=-1)

    assert texts(newest) == texts(await aiogram_bot.get_updates()) == ["mới"]


async def test_a_poll_waits_for_the_first_update(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.person()
    polling = asyncio.create_task(aiogram_bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    was_waiting = not polling.done()

    await hand.say(person, person, "Chào")

    assert was_waiting
    assert texts(await polling) == ["Chào"]


async def test_a_poll_without_updates_ends_in_its_time(aiogram_bot: Bot) -> None:
    begun = time.monotonic()

    updates = await aiogram_bot.get_updates(timeout=1)

    assert updates == []
    assert 0.9 < time.monotonic() - begun < 3


async def test_a_second_poller_ends_the_first_with_a_conflict(aiogram_bot: Bot, ptb_bot: ExtBot[None]) -> None:
    first = asyncio.create_task(aiogram_bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)

    second = await ptb_bot.get_updates(timeout=0)

    assert second == ()
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first


async def test_kinds_of_updates_are_chosen_when_they_are_queued(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    sent = await hand.say(person, person, "Trước")
    await aiogram_bot.get_updates(offset=-1, allowed_updates=["edited_message"])

    await hand.say(person, person, "Không ai nghe")
    await hand.post(f"chats/{person}/edit", **{"as": person, "message_id": sent["message_id"], "text": "Sau"})

    updates = await aiogram_bot.get_updates()
    assert texts(updates) == ["Trước"]
    assert [update.edited_message.text for update in updates if update.edited_message] == ["Sau"]


async def test_aiogram_polls_and_answers(sandbox: Sandbox, hand: Hand) -> None:
    person = await hand.person()
    dispatcher = Dispatcher()
    dispatcher.message.register(lambda message: message.answer(f"Đã nhận: {message.text}"))
    bot = Bot(TOKEN, session=session_at(sandbox.url))
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))

    await hand.say(person, person, "12,5 tỷ")
    is_idle = await hand.post("idle", timeout=5)
    await dispatcher.stop_polling()
    await polling

    assert is_idle == {"idle": True}
    assert (await hand.read(person, person))[-1]["text"] == "Đã nhận: 12,5 tỷ"


class Hook:
    """A place that a webhook points to."""

    def __init__(self, dispatcher: Dispatcher, bot: Bot, *, secret: str, in_background: bool) -> None:
        self._application = web.Application()
        handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=in_background, secret_token=secret)
        handler.register(self._application, "/hook")
        self._runner = web.AppRunner(self._application, access_log=None)

    async def __aenter__(self) -> str:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()


@pytest.mark.parametrize("in_background", [True, False])
async def test_a_webhook_is_carried_to_with_its_secret(aiogram_bot: Bot, hand: Hand, in_background: bool) -> None:
    person = await hand.person()
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def reply(message: Message) -> SendMessage:
        return message.answer(f"Đã nhận: {message.text}")

    async with Hook(dispatcher, aiogram_bot, secret="khoa", in_background=in_background) as url:
        await aiogram_bot.set_webhook(url, secret_token="khoa")
        await hand.say(person, person, "Chào")
        await hand.post("idle", timeout=5)
        info = await aiogram_bot.get_webhook_info()

    assert (info.url, info.pending_update_count) == (url, 0)
    assert (await hand.read(person, person))[-1]["text"] == "Đã nhận: Chào"


async def test_a_webhook_with_another_secret_keeps_the_update(aiogram_bot: Bot, hand: Hand) -> None:
    async with Hook(Dispatcher(), aiogram_bot, secret="khoa", in_background=True) as url:
        await aiogram_bot.set_webhook(url, secret_token="khoa_khac")
        await hand.started()
        is_idle = await hand.post("idle", timeout=0.3)
        info = await aiogram_bot.get_webhook_info()
        await aiogram_bot.delete_webhook()

    assert is_idle == {"idle": False}
    assert (info.pending_update_count, info.last_error_message) == (
        1,
        "Wrong response from the webhook: 401 Unauthorized",
    )
    assert texts(await aiogram_bot.get_updates()) == ["/start"]


async def test_a_chat_that_is_not_answered_does_not_keep_the_others_waiting(aiogram_bot: Bot, hand: Hand) -> None:
    slow, quick = await hand.person("Chậm"), await hand.person("Nhanh")
    released = asyncio.Event()
    answered: list[str | None] = []
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def note(message: Message) -> None:
        if message.chat.id == slow:
            await released.wait()
        answered.append(message.text)

    async with Hook(dispatcher, aiogram_bot, secret="khoa", in_background=False) as url:
        await aiogram_bot.set_webhook(url, secret_token="khoa")
        for person, text in ((slow, "một"), (slow, "hai"), (quick, "ba"), (quick, "bốn")):
            await hand.say(person, person, text)
        is_idle = await hand.post("idle", timeout=0.5)
        before = [*answered]
        released.set()
        await hand.post("idle", timeout=5)

    assert is_idle == {"idle": False}
    assert before == ["ba", "bốn"]
    assert answered == ["ba", "bốn", "một", "hai"]


async def test_an_update_that_is_refused_comes_again_before_the_chats_next_one(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.person()
    tried: list[str | None] = []
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def refuse_once(message: Message) -> None:
        tried.append(message.text)
        if len(tried) == 1:
            raise web.HTTPBadGateway

    async with Hook(dispatcher, aiogram_bot, secret="khoa", in_background=False) as url:
        await aiogram_bot.set_webhook(url, secret_token="khoa")
        for text in ("một", "hai"):
            await hand.say(person, person, text)
        is_idle = await hand.post("idle", timeout=5)

    assert is_idle == {"idle": True}
    assert tried == ["một", "một", "hai"]


async def test_polling_and_webhook_exclude_each_other(ptb_bot: ExtBot[None]) -> None:
    await ptb_bot.set_webhook("http://127.0.0.1:9/hook")

    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await ptb_bot.get_updates()


async def test_a_webhook_elsewhere_is_refused(aiogram_bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="bad webhook"):
        await aiogram_bot.set_webhook("https://example.org/hook")


async def test_a_stop_and_a_start_keep_everything(tmp_path: Path) -> None:
    async with running(tmp_path) as (hand, _):
        person = await hand.started(phone="0901234567")
        group = await hand.group(person, "@thidua_bot")
        await hand.post("clock", advance=86400)
        before = await hand.get("state")

    async with running(tmp_path) as (hand, bot):
        state = await hand.get("state")
        updates = await bot.get_updates()
        await hand.say(person, person, "Mới")
        newest = await bot.get_updates(offset=-1)
        shown = await hand.read(person, person)

    assert (state["users"], state["chats"]) == (before["users"], before["chats"])
    assert state["chats"][0]["id"] == group
    assert state["now"][:13] >= before["now"][:13]
    assert [update.message.text for update in updates if update.message and update.message.text] == ["/start"]
    assert newest[0].update_id == updates[-1].update_id + 1
    assert [message["message_id"] for message in shown] == [1, 2]


@contextlib.asynccontextmanager
async def running(data: Path) -> Any:
    sandbox = Sandbox(token=TOKEN, data=data)
    await sandbox.start()
    async with ClientSession() as session, Bot(TOKEN, session=session_at(sandbox.url)) as bot:
        yield Hand(session, sandbox.url), bot
    await sandbox.stop()


PROGRAM = """
import asyncio, sys
from pathlib import Path
from sandbox.server import Sandbox

async def main():
    sandbox = Sandbox(token=sys.argv[1], data=Path(sys.argv[2]))
    await sandbox.start()
    print(sandbox.url, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.mark.long
async def test_a_kill_loses_nothing(tmp_path: Path) -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, TOKEN, str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout
    url = (await program.stdout.readline()).decode().strip()
    async with ClientSession() as session, Bot(TOKEN, session=session_at(url)) as bot:
        hand = Hand(session, url)
        person = await hand.started()
        await bot.send_message(person, "Đã nhận")
        await hand.post(f"chats/{person}/upload", **{"as": person, "file_name": "Tệp.pdf", "content_base64": "MTIz"})
        delivered = await bot.get_updates()
        os.kill(program.pid, signal.SIGKILL)
        await program.wait()

    async with running(tmp_path) as (hand, bot):
        again = await bot.get_updates()
        shown = await hand.read(person, person)
        content = await bot.download(again[-1].message.document.file_id)

    assert again == delivered
    assert [message["text"] for message in shown] == ["/start", "Đã nhận", None]
    assert content.read() == b"123"
