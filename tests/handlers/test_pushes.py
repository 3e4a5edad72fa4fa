"""Buttons of messages sent unasked."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from domain.roles import Role
from tests.stage import Phone, Stage
from usecases.progress import list_duties
from usecases.status import list_status


async def push(stage: Stage, phone: Phone, data: str) -> None:
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Nộp ngay", callback_data=data)]])
    await stage.talker.bot.send_message(phone.id, "Nhắc hạn · Phường 5", reply_markup=markup)


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
    leader = await stage.phone("Lãnh đạo xã", unit="xa-mau", role=Role.LEADER)
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
