"""The control API: shapes exactly as scripts rely on them, the clock, idleness, and who may not speak to it."""

import asyncio
import base64
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import ClientSession

from sandbox.clock import VIETNAM, WoundClock
from sandbox.server import Sandbox
from tests.sandbox.conftest import TOKEN, Hand

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


async def test_the_clock_is_set_and_moved(hand: Hand) -> None:
    person = await hand.person()

    at_eight = await hand.post("clock", now="2026-05-05T08:00")
    later = await hand.post("clock", advance=3600)
    next_day = await hand.post("clock", next=True)
    said = await hand.say(person, person, "Chào")

    assert at_eight["now"].startswith("2026-05-05T08:00:0")
    assert later["now"].startswith("2026-05-05T09:00:0")
    assert next_day["now"].startswith("2026-05-06T07:30:0")
    assert said["date"].startswith("2026-05-06T07:30:0")


async def test_the_call_returns_when_what_is_due_has_run() -> None:
    class Product(WoundClock):
        done = False

        async def wind(self, to: datetime) -> None:
            self.set(to)
            await asyncio.sleep(0.05)
            self.done = True

    product = Product()
    sandbox = Sandbox(token=TOKEN, timekeeper=product)
    await sandbox.start()
    async with ClientSession() as session:
        hand = Hand(session, sandbox.url)
        await hand.post("clock", advance=60)
        was_done = product.done
    await sandbox.stop()

    assert was_done


async def test_idle_waits_for_updates_and_for_the_product(aiogram_bot: Bot, hand: Hand) -> None:
    await hand.started()

    pending = await hand.post("idle", timeout=0.1)
    update = (await aiogram_bot.get_updates())[0]
    delivered = await hand.post("idle", timeout=0.1)
    await aiogram_bot.get_updates(offset=update.update_id + 1)
    confirmed = await hand.post("idle", timeout=2)

    assert (pending, delivered, confirmed) == ({"idle": False}, {"idle": False}, {"idle": True})


async def test_idle_asks_the_product_too() -> None:
    answers = iter([False, False, True, False])

    async def is_quiet() -> bool:
        return next(answers, True)

    sandbox = Sandbox(token=TOKEN, is_quiet=is_quiet)
    await sandbox.start()
    async with ClientSession() as session:
        idle = await Hand(session, sandbox.url).post("idle", timeout=2)
    await sandbox.stop()

    assert idle == {"idle": True}
    assert next(answers, None) is None


async def test_changes_are_told_live(sandbox: Sandbox, hand: Hand) -> None:
    person = await hand.person()
    async with hand.session.get(f"{sandbox.url}/sandbox/events") as stream:
        await stream.content.readuntil(b"\n\n")

        await hand.say(person, person, "Chào")
        line = await stream.content.readuntil(b"\n\n")

    assert stream.content_type == "text/event-stream"
    assert line.decode() == f'data: {{"kind": "message", "chat": {person}}}\n\n'


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("users", {}, 400),
        ("users", {"id": 4242, "name": "Bot"}, 409),
        ("chats", {"title": "Cụm", "type": "channel", "members": []}, 400),
        ("chats", {"title": "Cụm", "type": "supergroup", "members": [999]}, 404),
        ("chats", {"title": "Cụm", "type": "supergroup", "members": ["@thidua_bot"]}, 400),
        ("chats/77/send", {"as": 77, "text": "Chào"}, 404),
        ("chats/77/send", {"text": "Chào"}, 400),
        ("clock", {}, 400),
        ("clock", {"now": "mai"}, 400),
        ("faults", {"rate_429": 2}, 400),
        ("faults", {"blocked_users": [999]}, 404),
        ("nothing", {}, 404),
    ],
)
async def test_a_refusal_is_json_with_its_status(hand: Hand, path: str, body: dict[str, object], status: int) -> None:
    answer = await hand.post(path, **body)

    assert hand.status == status
    assert answer.keys() == {"error"}


async def test_what_cannot_be_sent_is_refused_in_vietnamese(hand: Hand) -> None:
    person = await hand.person()

    empty = await hand.say(person, person, " ")
    contact = await hand.post(f"chats/{person}/contact", **{"as": person})

    assert empty == {"error": "Tin nhắn trống, hoặc dài quá 4096 ký tự"}
    assert contact == {"error": "Cán bộ Phường 5 chưa có số điện thoại để chia sẻ"}


async def test_a_broken_base64_is_refused(hand: Hand) -> None:
    person = await hand.person()

    answer = await hand.post(f"chats/{person}/upload", **{"as": person, "file_name": "a.pdf", "content_base64": "ạ"})

    assert hand.status == 400
    assert answer["error"].startswith("content_base64")


async def test_an_uploaded_page_cannot_run_in_the_sandbox(hand: Hand) -> None:
    person = await hand.person()
    content = base64.b64encode(b"<script>alert(1)</script>").decode()
    body = {"as": person, "file_name": "trang.html", "content_base64": content}
    url = (await hand.post(f"chats/{person}/upload", **body))["document"]["url"]

    async with hand.session.get(hand.url + url) as response:
        headers = response.headers

    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["Content-Security-Policy"].startswith("sandbox")
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
async def test_strangers_are_turned_away(hand: Hand, headers: dict[str, str]) -> None:
    async with hand.session.post(f"{hand.url}/sandbox/users", json={"name": "Ai đó"}, headers=headers) as response:
        status = response.status

    assert status == 403
    assert (await hand.get("state"))["users"] == []


async def test_the_own_page_is_let_in(hand: Hand) -> None:
    async with hand.session.post(
        f"{hand.url}/sandbox/users", json={"name": "Cán bộ"}, headers={"Origin": hand.url}
    ) as response:
        assert response.status == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "example.org"])  # noqa: S104 - it is refused
async def test_it_listens_on_this_machine_only(host: str) -> None:
    sandbox = Sandbox(token=TOKEN)

    with pytest.raises(ValueError, match="this machine only"):
        await sandbox.start(host)

    await sandbox.stop()


async def test_the_page_and_its_parts_are_served(hand: Hand) -> None:
    async with hand.session.get(f"{hand.url}/") as page:
        text = await page.text()

    assert (page.status, page.content_type) == (200, "text/html")
    assert "<html" in text


def test_the_stock_clock_goes_to_the_next_working_morning() -> None:
    clock = WoundClock()
    clock.set(datetime(2026, 5, 5, 23, 0, tzinfo=UTC))

    asyncio.run(clock.wind_to_next())

    assert clock.now().astimezone(VIETNAM).replace(microsecond=0) == datetime(2026, 5, 7, 7, 30, tzinfo=VIETNAM)


async def test_a_stopped_sandbox_frees_its_files(tmp_path: Path) -> None:
    sandbox = Sandbox(token=TOKEN, data=tmp_path)
    await sandbox.start()

    await sandbox.stop()

    assert set(os.listdir(tmp_path)) == {"files", "sandbox.sqlite3"}
