"""Joining by an invite: at most four taps, and nothing stored before the last of them."""

from datetime import timedelta

import pytest
from aiogram.types import Chat, Contact, Message, Update, User
from sqlalchemy import text

from domain.roles import Role
from tests.support.stage import Phone, Stage

SHARE = "Gửi số điện thoại của tôi"


async def stored_people(stage: Stage) -> int:
    async with stage.app.contexts.engine.connect() as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM people")) or 0)


async def at_phone(phone: Phone, code: str) -> str:
    await phone.send(f"/start {code}")
    await phone.press("Đồng ý")
    await phone.press("Dùng tên: Cán bộ Phường 5")
    return await phone.press("Chuyên viên")


async def test_joining_takes_four_taps_after_the_link(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5")
    officer = await stage.phone("Cán bộ Phường 5")
    taps = ["Đồng ý", "Dùng tên: Cán bộ Phường 5", "Chuyên viên", SHARE]

    await officer.send(f"/start {code}")
    for tap in taps:
        await officer.press(tap)

    assert (await officer.screen()).startswith("Phường 5 · Cụm 1\nCòn 3 việc phải nộp.")
    welcome = (await officer.messages())[-2]
    assert welcome["text"].startswith("✅ Chào mừng Cán bộ Phường 5.")
    assert len(taps) == 4


async def test_the_keyboard_under_the_chat_is_gone_after_joining(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5")
    await at_phone(officer, await stage.invite(unit="phuong-5"))

    await officer.press(SHARE)

    assert SHARE not in await officer.keyboard()


async def test_nothing_is_stored_before_the_last_step(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5")

    await at_phone(officer, await stage.invite(unit="phuong-5"))

    assert await stored_people(stage) == 0


async def test_the_notice_says_purpose_fields_readers_retention_and_withdrawal(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5")

    notice = await officer.send(f"/start {await stage.invite(unit='phuong-5')}")

    for words in ("Bot lưu:", "Để:", "Ai xem:", "5 năm", "rút lại đồng ý", "Sở Nội vụ"):
        assert words in notice


async def test_who_declines_is_told_that_nothing_is_kept_and_may_read_again(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5")
    await officer.send(f"/start {await stage.invite(unit='phuong-5')}")

    declined = await officer.press("Không đồng ý")

    assert "không lưu thông tin nào" in declined
    assert (await officer.press("Đọc lại thông báo")).startswith("Trước khi bắt đầu")


async def test_a_code_may_be_typed_with_hyphens_spaces_and_small_letters(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5")
    officer = await stage.phone("Cán bộ Phường 5")
    await officer.send("/start")
    await officer.press("Nhập mã mời")

    notice = await officer.send(f" {code[:4].lower()}-{code[4:8]} {code[8:].lower()} ")

    assert notice.startswith("Trước khi bắt đầu")


async def test_name_and_position_may_be_typed(stage: Stage) -> None:
    officer = await stage.phone("P5")
    await officer.send(f"/start {await stage.invite(unit='phuong-5')}")
    await officer.press("Đồng ý")

    await officer.send("Cán bộ  Phường Năm")
    await officer.send("Cán bộ văn phòng")
    await officer.press(SHARE)

    assert "Chào mừng Cán bộ Phường Năm." in (await officer.messages())[-2]["text"]


async def test_a_wrong_name_is_asked_again(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5")
    await officer.send(f"/start {await stage.invite(unit='phuong-5')}")
    await officer.press("Đồng ý")

    screen = await officer.send("?!")

    assert screen.startswith("Họ tên gồm chữ")
    assert "Họ tên của anh/chị?" in screen


async def test_a_typed_number_is_not_taken_for_the_own_phone(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5")
    await at_phone(officer, await stage.invite(unit="phuong-5"))

    screen = await officer.send("0900000001")

    assert "không nhận số gõ tay" in screen
    assert SHARE in await officer.keyboard()


async def test_somebody_elses_contact_is_refused(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5")
    await at_phone(officer, await stage.invite(unit="phuong-5"))
    sender = User(id=officer.id, is_bot=False, first_name="Cán bộ Phường 5")
    contact = Contact(phone_number="+84900000099", first_name="Người khác", user_id=officer.id + 1)
    chat = Chat(id=officer.id, type="private")
    message = Message(message_id=9999, date=stage.clock.now(), chat=chat, from_user=sender, contact=contact)

    await stage.telegram_bot.dispatcher.feed_update(stage.telegram_bot.bot, Update(update_id=9999, message=message))

    assert (await officer.screen()).startswith("Đây là số của người khác.")
    assert await stored_people(stage) == 0


async def test_from_the_phone_there_is_a_way_back(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5")
    await at_phone(officer, await stage.invite(unit="phuong-5"))

    screen = await officer.press("‹ Quay lại")

    assert screen.startswith("Chức vụ của anh/chị?")
    assert SHARE not in await officer.keyboard()


async def test_a_refused_number_leaves_no_second_keyboard_behind(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5")
    await at_phone(officer, await stage.invite(unit="phuong-5"))
    await officer.send("0900000101")

    screen = await officer.send("‹ Quay lại")

    assert screen.startswith("Chức vụ của anh/chị?")
    assert await officer.keyboard() == []


@pytest.mark.parametrize("spoilt", ["used", "expired", "wrong"])
async def test_a_useless_code_is_refused_with_the_office_to_ask(stage: Stage, spoilt: str) -> None:
    code = await stage.invite(unit="phuong-5", days=1)
    if spoilt == "used":
        await at_phone(other := await stage.phone("Cán bộ Phường 5"), code)
        await other.press(SHARE)
    if spoilt == "expired":
        stage.wind(stage.clock.now() + timedelta(days=2))
    officer = await stage.phone("Cán bộ khác")

    screen = await officer.send(f"/start {'K3QM7TRXPA9H' if spoilt == 'wrong' else code}")

    assert screen.startswith("Mã mời không đúng, đã dùng hoặc hết hạn. Anh/chị xin mã mới ở Sở Nội vụ.")
    assert "Nhập mã mời" in await officer.buttons()


async def test_what_cannot_be_a_code_is_refused_with_how_codes_look(stage: Stage) -> None:
    stranger = await stage.phone("Người lạ")
    await stranger.send("/start")
    await stranger.press("Nhập mã mời")

    screen = await stranger.send("abc")

    assert screen.startswith("Không có mã này. Mã mời gồm 12 ký tự, ví dụ: K3QM-7TRX-PA9H. Anh/chị gõ lại giúp.")
    assert "Mã mời của anh/chị?" in screen


async def test_an_invite_used_by_somebody_else_meanwhile_ends_at_the_welcome(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5")
    first, second = await stage.phone("Cán bộ Phường 5"), await stage.phone("Cán bộ Phường 5")
    await at_phone(first, code)
    await at_phone(second, code)
    await first.press(SHARE)

    screen = await second.press(SHARE)

    assert screen.startswith("Mã mời không đúng, đã dùng hoặc hết hạn.")
    assert await second.keyboard() == []
    assert "..." not in [message["text"] for message in await second.messages()]
    assert await stored_people(stage) == 1


async def test_who_guesses_has_to_wait(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5")
    guesser = await stage.phone("Người lạ")
    for _ in range(5):
        await guesser.send("/start SAISAISAISAI")

    screen = await guesser.send(f"/start {code}")

    assert screen.startswith("Mã chưa đúng 5 lần. Anh/chị thử lại sau 09:00")


async def test_the_pause_for_guesses_ends_after_an_hour(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5")
    guesser = await stage.phone("Cán bộ Phường 5")
    for _ in range(5):
        await guesser.send("/start SAISAISAISAI")

    stage.wind(stage.clock.now() + timedelta(hours=1))

    assert (await guesser.send(f"/start {code}")).startswith("Trước khi bắt đầu")


async def test_who_has_joined_takes_a_further_post_with_one_tap(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.send(f"/start {await stage.invite(unit='phuong-6')}")

    screen = await officer.press("Nhận nhiệm vụ")

    assert screen.startswith("✅ Anh/chị đã nhận nhiệm vụ Cán bộ · Phường 6.")
    assert "Phường 5 · Cụm 1, Phường 6 · Cụm 1" in screen


async def test_ones_own_used_link_leads_to_the_menu(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5")
    officer = await stage.phone("Cán bộ Phường 5")
    await at_phone(officer, code)
    await officer.press(SHARE)

    screen = await officer.send(f"/start {code}")

    assert screen.startswith("Anh/chị đã vào bằng mã này rồi")
    assert "Việc của tôi (3)" in await officer.buttons()


async def test_a_leader_joins_and_sees_the_status_in_the_menu(stage: Stage) -> None:
    leader = await stage.phone("Lãnh đạo tỉnh")
    await leader.send(f"/start {await stage.invite(unit='tinh-mau', role=Role.LEADER)}")
    await leader.press("Đồng ý")
    await leader.press("Dùng tên: Lãnh đạo tỉnh")
    await leader.press("Chủ tịch UBND")

    await leader.press(SHARE)

    assert "Tình hình nộp" in await leader.buttons()


@pytest.mark.parametrize("typed", ["chào bot", "/viec", "/tinhhinh", "/bienlai BC26-7K3Q", "/gidaykhac", "/huy"])
async def test_a_guest_sees_how_to_join_and_nothing_else(stage: Stage, typed: str) -> None:
    stranger = await stage.phone("Người lạ")
    await stranger.send("/start")

    screen = await stranger.send(typed)

    assert "Để sử dụng, anh/chị mở đường dẫn" in screen
    assert await stranger.buttons() == ["Nhập mã mời", "Bot này làm gì?", "Gọi ai?"]
