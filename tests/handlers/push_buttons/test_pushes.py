"""Buttons of messages sent unasked."""

from datetime import UTC, datetime

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import update

from domain.roles import Role
from models.organisation.units import Unit
from tests.support.stage import Phone, Stage
from usecases.duties.progress import list_duties
from usecases.status.status import list_status


async def push(stage: Stage, phone: Phone, data: str) -> None:
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Nộp ngay", callback_data=data)]])
    await stage.telegram_bot.bot.send_message(phone.id, "Nhắc hạn · Phường 5", reply_markup=markup)


async def report_of(stage: Stage, phone: Phone) -> int:
    async with stage.app.contexts.open_for(channel="telegram", chat_id=phone.id) as ctx:
        return next(duty.id for duty in await list_duties(ctx) if duty.title.startswith("Báo cáo 6 tháng"))


async def test_the_duty_opens_below_and_the_push_keeps_its_button(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await push(stage, officer, f"duty:{await report_of(stage, officer)}")

    screen = await officer.press("Nộp ngay")

    pushed = (await officer.messages())[-2]
    assert "Báo cáo 6 tháng 2026" in screen
    assert pushed["text"] == "Nhắc hạn · Phường 5"
    assert pushed["buttons"] == [[{"text": "Nộp ngay"}]]


async def test_the_screen_that_was_open_before_loses_its_buttons(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await push(stage, officer, f"duty:{await report_of(stage, officer)}")

    await officer.press("Nộp ngay")

    assert (await officer.messages())[-3]["buttons"] == []


async def test_a_duty_of_another_unit_is_refused(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    other = await stage.phone("Cán bộ Phường 6", unit="phuong-6")
    await push(stage, other, f"duty:{await report_of(stage, officer)}")

    alert = await other.press("Nộp ngay")

    assert alert == "Việc này thuộc đơn vị khác. Anh/chị gõ /viec để xem việc của đơn vị mình."


async def test_a_leader_gets_to_the_status(stage: Stage) -> None:
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)
    async with stage.app.contexts.open_for(channel="telegram", chat_id=leader.id) as ctx:
        status = (await list_status(ctx))[0]
    await push(stage, leader, f"status:{status.duty_id}")

    screen = await leader.press("Nộp ngay")

    assert screen.startswith("Báo cáo 6 tháng 2026 · hạn hết 14/5")


async def test_the_status_is_refused_to_an_officer(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await push(stage, officer, f"status:{await report_of(stage, officer)}")

    alert = await officer.press("Nộp ngay")

    assert alert.startswith("Anh/chị không có quyền xem tình hình này.")


@pytest.mark.parametrize("label", ["Nộp", "Nhắc lại", "Giờ khác…", "Chuyển cho…", "Đã nộp bản giấy"])
async def test_a_press_that_comes_late_acts_and_its_answer_is_a_message(stage: Stage, label: str) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await stage.phone("Đồng nghiệp", unit="phuong-5")
    await stage.phone("Thường trực tỉnh", unit="tinh-mau", role=Role.STANDING_BODY)
    await stage.pass_time(datetime(2026, 5, 11, 1, tzinfo=UTC))
    reminder = await officer.last()
    button = next(b["text"] for row in reminder["buttons"] for b in row if b["text"].startswith(label))

    await press_late(officer, button)

    answer = await officer.last()
    assert answer["message_id"] > reminder["message_id"]
    assert any(word in answer["text"] for word in ANSWERS[label]), answer["text"]


ANSWERS = {
    "Nộp": ["Báo cáo 6 tháng 2026"],
    "Nhắc lại": ["Bot sẽ nhắc lại việc này lúc"],
    "Giờ khác…": ["Nhắc lại"],
    "Chuyển cho…": ["Đồng nghiệp", "Chuyển"],
    "Đã nộp bản giấy": ["bản giấy"],
}


async def press_late(phone: Phone, label: str) -> None:
    """Press when the messenger knows the query no more."""
    await phone.stage.post(f"/sandbox/chats/{phone.id}/press", **{"as": phone.id, "text": label, "is_late": True})
    await phone.stage.settle()


async def test_a_late_press_that_is_refused_is_told_so_by_message(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    other = await stage.phone("Cán bộ Phường 6", unit="phuong-6")
    await push(stage, other, f"duty:{await report_of(stage, officer)}")

    await press_late(other, "Nộp ngay")

    assert (await other.screen()).startswith("Việc này thuộc đơn vị khác.")


async def test_a_late_press_on_a_screen_goes_on(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    await press_late(officer, "Việc của tôi (3)")

    assert (await officer.screen()).startswith("Việc của tôi")


async def test_a_screen_that_cannot_be_edited_is_sent(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await stage.post("/sandbox/faults", lost_edits=1.0)

    screen = await officer.press("Việc của tôi (3)")

    assert screen.startswith("Việc của tôi")
    assert (await officer.last())["edited"] is False


async def test_a_screen_that_was_deleted_is_sent(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    shown = (await officer.last())["message_id"]
    await stage.post(f"/sandbox/chats/{officer.id}/delete", **{"as": officer.id, "message_id": shown})

    screen = await officer.send("chào bot")

    assert screen.startswith("Bot chưa hiểu tin này.")


async def test_a_refused_press_is_told_once(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    other = await stage.phone("Cán bộ Phường 6", unit="phuong-6")
    await push(stage, other, f"duty:{await report_of(stage, officer)}")
    before = len(await other.messages())

    alert = await other.press("Nộp ngay")

    assert alert.startswith("Việc này thuộc đơn vị khác.")
    assert len(await other.messages()) == before


async def asked_for_time(stage: Stage) -> Phone:
    """An officer of Phường 5 who has asked for more time."""
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.send("/giahan")
    await officer.press(await label_of(officer, "Báo cáo 6 tháng"))
    await officer.send("Chờ số liệu quyết toán của Kho bạc")
    await officer.send("20/5")
    await officer.press(await label_of(officer, "Không có tệp"))
    await officer.press("Gửi đơn")
    await stage.service.tick()
    return officer


async def label_of(phone: Phone, beginning: str) -> str:
    return next(label for label in await phone.buttons() if beginning in label)


async def test_of_two_who_are_asked_the_later_one_sees_what_the_first_has_decided(stage: Stage) -> None:
    first = await stage.phone("Chuyên viên Một", unit="tinh-mau", role=Role.STANDING_BODY)
    second = await stage.phone("Chuyên viên Hai", unit="tinh-mau", role=Role.STANDING_BODY)
    await asked_for_time(stage)

    granted = await first.press("Cho đến thứ Tư, 20/5")
    late = await second.press("Không đồng ý")

    assert granted.startswith("✅ Đã cho Phường 5 gia hạn")
    assert late.startswith("Chuyên viên Một đã cho gia hạn đến ngày 20/05/2026 lúc 08:")
    shown = await second.last()
    assert (shown["text"].endswith(late), shown["buttons"]) == (True, [])


async def test_a_popup_reads_as_it_is_written(stage: Stage) -> None:
    clerk = await stage.phone("Chuyên viên Một", unit="tinh-mau", role=Role.STANDING_BODY)
    await rename(stage, "phuong-5", "Phường <5> & 6")
    await asked_for_time(stage)

    granted = await clerk.press("Cho đến thứ Tư, 20/5")

    assert granted.startswith("✅ Đã cho Phường <5> & 6 gia hạn Báo cáo 6 tháng 2026 đến")
    assert granted in await clerk.screen()


async def test_words_too_long_for_a_popup_are_a_message(stage: Stage) -> None:
    clerk = await stage.phone("Chuyên viên Một", unit="tinh-mau", role=Role.STANDING_BODY)
    await rename(stage, "phuong-5", "Phường" + " rất dài" * 22)
    await asked_for_time(stage)

    await clerk.press("Cho đến thứ Tư, 20/5")

    answer = await clerk.screen()
    assert answer.startswith("✅ Đã cho Phường rất dài")
    assert "rất dài gia hạn Báo cáo 6 tháng 2026 đến hết ngày 20/5 (thứ Tư)." in answer


async def rename(stage: Stage, unit: str, name: str) -> None:
    async with stage.app.contexts.engine.begin() as connection:
        await connection.execute(update(Unit).where(Unit.code == unit).values(name=name))
