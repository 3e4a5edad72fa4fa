"""What nobody expected is answered all the same."""

import asyncio
import re

import pytest
from aiogram.types import CallbackQuery, Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update, User

from domain.roles import Role
from handlers.push_buttons.data import KINDS
from tests.support.files import pdf
from tests.support.stage import Phone, Stage


async def test_words_that_no_screen_waits_for_are_answered_with_the_screen(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.send("/viec")

    screen = await officer.send("chào bot")

    assert screen.startswith("Bot chưa hiểu tin này. Anh/chị bấm một nút bên dưới, hoặc hỏi, ví dụ: ")
    assert "Việc của tôi" in screen


async def test_stray_words_leave_one_screen(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.send("/viec")

    for words in ("chào bot", "alo", "có ai không"):
        await officer.send(words)

    screens = [m for m in await officer.messages() if m["from"]["is_bot"] and "Việc của tôi" in m["text"]]
    assert len(screens) == 1
    assert screens[0]["text"].count("Bot chưa hiểu tin này.") == 1


async def test_a_button_without_data_is_refused_with_the_current_screen(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    screen = await officer.last()
    press = CallbackQuery(
        id="1", from_user=User(id=officer.id, is_bot=False, first_name="Cán bộ"), chat_instance="1", game_short_name="x"
    )
    message = Message(
        message_id=screen["message_id"],
        date=stage.clock.now(),
        chat=Chat(id=officer.id, type="private"),
        text=screen["text"],
    )

    update = Update(update_id=999_999_999, callback_query=press.model_copy(update={"message": message}))
    await stage.telegram_bot.dispatcher.feed_update(stage.telegram_bot.bot, update)

    assert (await officer.screen()).startswith("Nút này thuộc màn hình cũ. Đây là màn hình hiện tại.")


async def test_a_sticker_and_a_voice_are_answered_too(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    for kind in ("sticker", "voice"):
        await stage.post(f"/sandbox/chats/{officer.id}/{kind}", **{"as": officer.id})
        await stage.settle()

        assert (await officer.screen()).startswith("Bot chưa hiểu tin này.")


async def test_a_file_that_no_screen_waits_for_is_told_where_to_go(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.send("/viec")

    screen = await officer.upload("KH_2026.pdf", pdf())

    assert screen.startswith("Ở đây bot không nhận tệp. Anh/chị gõ /viec, mở việc cần nộp rồi gửi tệp vào đó.")


async def test_an_edited_message_is_not_read_and_says_so(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    sent = await stage.post(f"/sandbox/chats/{officer.id}/send", **{"as": officer.id, "text": "12"})
    await stage.settle()

    await stage.post(
        f"/sandbox/chats/{officer.id}/edit", **{"as": officer.id, "message_id": sent["message_id"], "text": "13"}
    )
    await stage.settle()

    assert (await officer.screen()).startswith("Bot không đọc được tin đã sửa này. Anh/chị gửi lại thành tin mới")


OLD = ("grant:1:9999-99-99", "grant:1", "again:1:999999999999", "duty:", "duty:x", "duty:1:2", "others:1,,2", "calls:x")


async def forge(stage: Stage, phone: Phone, data: str) -> None:
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Giả", callback_data=data)]])
    await stage.telegram_bot.bot.send_message(phone.id, "Tin cũ", reply_markup=markup)


async def test_a_forged_button_is_refused_with_the_current_screen(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.send("/viec")
    for data in ("gi-do", "abc\x1dmenu", "duty:999999999999", *OLD):
        await forge(stage, officer, data)

        alert = await officer.press("Giả")

        assert alert == "Nút này thuộc màn hình cũ. Đây là màn hình hiện tại."
        assert "Việc của tôi" in await officer.screen()


async def test_a_button_of_an_older_screen_is_refused_with_the_current_one(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await forge(stage, officer, "x\x1dcalendar")
    await officer.send("/menu")

    alert = await officer.press("Giả")

    assert alert == "Nút này thuộc màn hình cũ. Đây là màn hình hiện tại."
    assert "Phường 5 · Cụm 1" in await officer.screen()


async def test_a_button_of_nothing_that_is_open_leads_home(stage: Stage) -> None:
    stranger = await stage.phone("Người lạ")
    await stage.post(f"/sandbox/chats/{stranger.id}/send", **{"as": stranger.id, "text": "xin chào"})
    await stage.settle()
    await forge(stage, stranger, "gi-do")

    await stranger.press("Giả")

    assert "Để sử dụng, anh/chị mở đường dẫn" in await stranger.screen()


async def test_fifty_messages_at_once_are_read_in_order_up_to_one_that_is_named(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    before = (await officer.last())["message_id"]

    for number in range(50):
        body = {"as": officer.id, "text": f"tin {number}"}
        async with stage.http.post(f"{stage.sandbox.url}/sandbox/chats/{officer.id}/send", json=body) as answer:
            answer.raise_for_status()
    # Winding lets the answers out that the messenger holds back for a second each.
    for _ in range(10):
        await stage.post("/sandbox/clock", advance=60)
        await asyncio.sleep(0.2)
    await stage.settle()

    said = [m["text"] for m in await officer.messages() if m["from"]["is_bot"]]
    notices = [text for text in said if text.startswith("Tin đến quá nhanh nên bot chỉ đọc đến tin «tin ")]
    read = int(re.findall(r"«tin (\d+)»", notices[0])[0]) + 1
    assert len(notices) == 1
    # Messages are numbered: each that was read has had an answer, whose screen the next one has taken away.
    assert (await officer.last())["message_id"] - before - 50 == read + 1


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.STANDING_BODY, Role.LEADER])
async def test_no_button_of_a_push_for_something_that_never_was_ends_in_a_fault(
    stage: Stage, role: Role | None
) -> None:
    unit = None if role is None else "phuong-5" if role is Role.OFFICER else "tinh-mau"
    person = await stage.phone("Người dùng", unit=unit, role=role or Role.OFFICER)
    await person.send("/menu")
    values = {"until": "2026-05-20", "second": "1778000000", "code": "K3QM7TRXPA9H", "seen": "1"}
    for kind in KINDS:
        data = ":".join([kind.__prefix__, *(values.get(name, "888888") for name in kind.model_fields)])
        await forge(stage, person, data)

        told = await person.press("Giả")

        assert told, data
        assert "Có lỗi phía bot" not in told, data
