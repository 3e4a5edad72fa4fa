"""The control API: shapes exactly as scripts rely on them, the clock, idleness, and who may not speak to it."""

import asyncio
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import ClientSession

from sandbox.server import Sandbox
from tests.sandbox.conftest import TOKEN, Hand, session_at

MESSAGE = {"message_id", "from", "date", "text", "caption", "buttons", "edited", "pinned", "deleted"}


async def test_the_state_has_exactly_its_keys(hand: Hand) -> None:
    person = await hand.person("Cán bộ Phường 5", username="@phuong5", phone="0901234567")
    group = await hand.group(person, "@thidua_bot")

    state = await hand.get("state")

    assert state.keys() == {"now", "users", "chats", "bots"}
    assert datetime.fromisoformat(state["now"]).utcoffset() == timedelta(hours=7)
    assert state["users"] == [{"id": person, "name": "Cán bộ Phường 5", "username": "phuong5", "phone": "0901234567"}]
    assert state["chats"] == [{"id": group, "type": "supergroup", "title": "Cụm 1", "members": [person, 4242]}]
    assert state["bots"] == [{"username": "thidua_bot"}]


async def test_a_user_may_bring_an_id_and_be_told_anew(hand: Hand) -> None:
    first = await hand.post("users", id=77, name="Cán bộ Phường 6")
    await hand.say(77, 77, "/start")

    second = await hand.post("users", id=77, name="Cán bộ Phường 6", phone="0907654321")

    assert first == {"id": 77, "name": "Cán bộ Phường 6", "username": None, "phone": None}
    assert second["phone"] == "0907654321"
    assert len((await hand.get("state"))["users"]) == 1


async def test_a_message_has_the_keys_of_the_contract(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    buttons = [
        [InlineKeyboardButton(text="Mở", callback_data="1")],
        [InlineKeyboardButton(text="Xem", url="https://example.vn")],
    ]
    await aiogram_bot.send_message(person, "Việc", reply_markup=InlineKeyboardMarkup(inline_keyboard=buttons))

    shown = await hand.read(person, person)

    assert all(message.keys() >= MESSAGE for message in shown)
    assert shown[0]["from"] == {"id": person, "name": "Cán bộ Phường 5", "username": None, "is_bot": False}
    assert shown[1]["buttons"] == [[{"text": "Mở"}], [{"text": "Xem", "url": "https://example.vn"}]]
    assert [shown[1][key] for key in ("caption", "edited", "pinned", "deleted")] == [None, False, False, False]
    assert datetime.fromisoformat(shown[1]["date"]).tzinfo


async def test_what_is_sent_comes_back_as_a_message(hand: Hand) -> None:
    person = await hand.person(phone="0901234567")

    said = await hand.say(person, person, "/viec ngay")
    uploaded = await hand.post(
        f"chats/{person}/upload",
        **{"as": person, "file_name": "Tờ trình.pdf", "content_base64": "MTIz", "caption": "Gửi", "kind": "document"},
    )
    contact = await hand.post(f"chats/{person}/contact", **{"as": person})

    assert all(message.keys() >= MESSAGE for message in (said, uploaded, contact))
    assert said["entities"][0]["type"] == "bot_command"
    assert uploaded["document"].keys() == {"file_name", "size", "url"}
    assert contact["contact"] == {"name": "Cán bộ Phường 5", "phone": "0901234567"}


async def test_a_sticker_and_a_voice_reach_the_bot(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.person()

    await hand.post(f"chats/{person}/sticker", **{"as": person})
    await hand.post(f"chats/{person}/voice", **{"as": person})

    kinds = [update.message.content_type for update in await aiogram_bot.get_updates() if update.message]
    assert kinds == ["sticker", "voice"]


async def test_a_missing_button_is_told_with_those_that_are_there(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    row = [InlineKeyboardButton(text=text, callback_data=text) for text in ("Nộp", "Sửa")]
    await aiogram_bot.send_message(person, "Báo cáo", reply_markup=InlineKeyboardMarkup(inline_keyboard=[row]))

    answer = await hand.press(person, person, "Xóa")

    assert hand.status == 404
    assert answer == {"error": "Không có nút «Xóa». Đang có: «Nộp», «Sửa»", "labels": ["Nộp", "Sửa"]}


async def test_a_deep_link_starts_the_bot_with_its_payload(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.person()
    group = await hand.group(person, "@thidua_bot")
    link = InlineKeyboardButton(text="Nộp ngay", url="https://t.me/thidua_bot?start=duty_7")
    await aiogram_bot.send_message(group, "Nhắc", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[link]]))

    pressed = await hand.press(group, person, "Nộp ngay")

    message = (await aiogram_bot.get_updates())[-1].message
    assert pressed == {}
    assert message
    assert (message.chat.id, message.text) == (person, "/start duty_7")


async def test_links_lie_on_the_phone_they_were_left_on(sandbox: Sandbox, hand: Hand) -> None:
    person, other = await hand.person(), await hand.person()

    sandbox.leave_link(person, "Thư mời của phường", "https://t.me/thidua_bot?start=MOI")

    assert await hand.get(f"links?as={person}") == [
        {"text": "Thư mời của phường", "url": "https://t.me/thidua_bot?start=MOI"}
    ]
    assert await hand.get(f"links?as={other}") == []


async def test_changes_are_told_live(sandbox: Sandbox, hand: Hand) -> None:
    person = await hand.person()
    async with hand.session.get(f"{sandbox.url}/sandbox/events") as stream:
        await stream.content.readuntil(b"\n\n")

        await hand.say(person, person, "Chào")
        line = await stream.content.readuntil(b"\n\n")

    assert stream.content_type == "text/event-stream"
    assert line.decode() == f'data: {{"kind": "message", "chat": {person}}}\n\n'


@pytest.mark.parametrize(("path", "kind"), [("/", "text/html"), ("/static/styles/page.css", "text/css")])
async def test_the_page_and_its_parts_are_asked_for_anew_each_time(hand: Hand, path: str, kind: str) -> None:
    async with hand.session.get(f"{hand.url}{path}") as answer:
        text = await answer.text()

    assert (answer.status, answer.content_type) == (200, kind)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert text


async def test_a_stopped_sandbox_frees_its_files(tmp_path: Path) -> None:
    sandbox = Sandbox(token=TOKEN, data=tmp_path)
    await sandbox.start()

    await sandbox.stop()

    assert set(os.listdir(tmp_path)) == {"files", "sandbox.sqlite3"}


async def test_a_stop_lets_go_whoever_waits(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    sandbox = Sandbox(token=TOKEN, data=tmp_path)
    await sandbox.start()
    async with ClientSession() as session, Bot(TOKEN, session=session_at(sandbox.url)) as bot:
        hand = Hand(session, sandbox.url)
        person = await hand.started()
        keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Nộp", callback_data="submit")]])
        await bot.send_message(person, "Nộp?", reply_markup=keyboard)
        page = await session.get(f"{sandbox.url}/sandbox/events")
        waiting = [
            asyncio.create_task(hand.post("idle", timeout=30)),
            asyncio.create_task(hand.post(f"chats/{person}/press", **{"as": person, "text": "Nộp"})),
        ]
        await asyncio.sleep(0.1)

        async with asyncio.timeout(2):
            await sandbox.stop()

        page.close()
        await asyncio.gather(*waiting, return_exceptions=True)
    assert caplog.records == []


async def test_a_page_that_goes_away_leaves_no_trace(
    sandbox: Sandbox, hand: Hand, caplog: pytest.LogCaptureFixture
) -> None:
    person = await hand.person()
    async with hand.session.get(f"{sandbox.url}/sandbox/events") as stream:
        await stream.content.readuntil(b"\n\n")

    for text in ("một", "hai", "ba"):
        await hand.say(person, person, text)
        await asyncio.sleep(0.02)

    assert caplog.records == []
