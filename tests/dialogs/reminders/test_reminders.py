"""Answering a reminder on the phone."""

from datetime import datetime
from typing import Any

from domain.calendar import VIETNAM
from domain.roles import Role
from tests.support.stage import Phone, Stage
from tests.support.steps.filling import acting, hand_in_report
from tests.support.steps.hours import at
from usecases.duties.progress import list_duties
from usecases.duties.views import DutyView


async def reminded(stage: Stage) -> Phone:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await stage.speak_at(at(11))
    assert (await officer.screen()).startswith("Nhắc hạn · Phường 5")
    return officer


async def pushes(phone: Phone, word: str = "Nhắc hạn") -> list[dict[str, Any]]:
    return [message for message in await phone.messages() if word in str(message["text"])]


async def report_of(stage: Stage, phone: Phone) -> DutyView:
    async with acting(stage, phone.id) as ctx:
        return next(duty for duty in await list_duties(ctx) if duty.title.startswith("Báo cáo 6 tháng"))


async def test_a_reminder_in_mid_report_leaves_the_report_as_it_is(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    question = await officer.last()
    await stage.speak_at(at(11))
    (push,) = await pushes(officer)
    asked = next(message for message in await officer.messages() if message["message_id"] == question["message_id"])

    screen = await officer.send("12,5 tỷ")

    assert asked == question
    assert "2/15" in screen
    assert (await report_of(stage, officer)).filled == 1
    assert (await pushes(officer)) == [push]


async def test_again_at_two_answers_at_once_and_leaves_the_open_report_alone(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    await stage.speak_at(at(11))

    alert = await officer.press("Nhắc lại 14:00")
    screen = await officer.send("12,5 tỷ")

    assert alert == "Bot sẽ nhắc lại việc này lúc 14:00 thứ Hai, 11/5/2026."
    assert "2/15" in screen
    await stage.speak_at(at(11, 14, 0))
    assert len(await pushes(officer)) == 2


async def test_another_hour_is_picked_from_a_list(stage: Stage) -> None:
    officer = await reminded(stage)

    await officer.press("Giờ khác…")
    labels = await officer.buttons()
    screen = await officer.press("07:30 thứ Tư, 13/5")

    assert labels == ["10:00", "14:00", "16:00", *(f"07:30 {day}" for day in DAYS), "‹ Quay lại"]
    assert screen.startswith("✅ Bot sẽ nhắc lại lúc 07:30 thứ Tư, 13/5/2026.")


async def test_another_hour_is_typed_as_people_say_it(stage: Stage) -> None:
    officer = await reminded(stage)
    await officer.press("Giờ khác…")

    refused = await officer.send("3 giờ sáng mai")
    screen = await officer.send("chiều nay 3 giờ")

    assert refused.startswith("Bot chỉ nhắc từ 07:30 đến 17:30 các ngày làm việc.")
    assert "Nhắc lại khi nào?" in refused
    assert screen.startswith("✅ Bot sẽ nhắc lại lúc 15:00 thứ Hai, 11/5/2026.")
    await stage.speak_at(at(11, 15, 0))
    assert len(await pushes(officer)) == 2


DAYS = ("thứ Ba, 12/5", "thứ Tư, 13/5", "thứ Năm, 14/5")


async def test_an_hour_that_has_passed_is_refused_with_what_to_do(stage: Stage) -> None:
    officer = await reminded(stage)
    stage.wind(at(11, 15))

    alert = await officer.press("Nhắc lại 14:00")

    assert alert == "Giờ này không chọn được nữa. Anh/chị bấm «Giờ khác…» dưới lời nhắc để chọn giờ khác."


async def test_a_year_later_every_button_has_a_clear_answer(stage: Stage) -> None:
    officer = await reminded(stage)
    await hand_in_report(stage, officer.id)
    stage.wind(datetime(2027, 5, 11, 9, 0, tzinfo=VIETNAM))

    alerts = {await officer.press(label) for label in ("Nhắc lại 14:00", "Giờ khác…", "Chuyển cho…", "Đã nộp bản giấy")}

    assert alerts == {"Báo cáo 6 tháng 2026 đã nộp rồi, bot không nhắc nữa. Các việc khác: /viec"}


async def test_who_lost_the_post_is_told_so(stage: Stage) -> None:
    officer = await reminded(stage)
    async with acting(stage, officer.id) as ctx:
        for appointment, _ in await ctx.uow.officers.posts(ctx.actor.person_id or 0, day=ctx.today):
            appointment.valid_to = ctx.today
        await ctx.uow.commit()
    stage.wind(at(12, 9))

    alert = await officer.press("Đã nộp bản giấy")

    assert alert.startswith("Anh/chị không còn giữ nhiệm vụ Cán bộ · Phường 5.")


async def test_a_colleague_takes_over_and_gives_it_back(stage: Stage) -> None:
    colleague = await stage.phone("Phó văn phòng Phường 5", unit="phuong-5")
    officer = await reminded(stage)

    await officer.press("Chuyển cho…")
    handed = await officer.press("Phó văn phòng Phường 5")
    await stage.service.tick()
    told = await colleague.screen()
    await colleague.press("Khác…")
    given_back = await colleague.press("Nhắc lại cả đơn vị")

    assert handed.startswith("✅ Đã chuyển cho Phó văn phòng Phường 5. Bot báo ngay cho người ấy.")
    assert told == (
        "Việc được chuyển · Phường 5\n"
        "Cán bộ Phường 5 chuyển cho anh/chị: Báo cáo 6 tháng 2026, hết ngày 14/5 (thứ Năm), còn 3 ngày.\n"
        "Từ nay bot nhắc anh/chị việc này."
    )
    assert given_back.startswith("✅ Bot lại nhắc mọi cán bộ của đơn vị.")


async def test_pressed_again_the_hand_over_shows_who_has_it(stage: Stage) -> None:
    await stage.phone("Phó văn phòng Phường 5", unit="phuong-5")
    officer = await reminded(stage)
    await officer.press("Chuyển cho…")
    await officer.press("Phó văn phòng Phường 5")
    (push,) = await pushes(officer)

    await stage.post(
        f"/sandbox/chats/{officer.id}/press",
        **{"as": officer.id, "text": "Chuyển cho…", "message_id": push["message_id"]},
    )
    await stage.settle()

    assert "Bot đang nhắc riêng: Phó văn phòng Phường 5" in await officer.screen()


async def test_nobody_to_hand_over_to_is_said_at_once(stage: Stage) -> None:
    officer = await reminded(stage)

    alert = await officer.press("Chuyển cho…")

    assert alert.startswith("Đơn vị chưa có đồng nghiệp nào khác vào bot, nên chưa chuyển được.")


async def test_paper_is_confirmed_with_a_receipt(stage: Stage) -> None:
    clerk = await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)
    officer = await reminded(stage)

    await officer.press("Đã nộp bản giấy")
    asked = await officer.press("Đã nộp, nhờ xác nhận")
    await stage.service.tick()
    question = await clerk.screen()
    alert = await clerk.press("Xác nhận đã nhận")
    await stage.service.tick()
    receipt = await officer.screen()
    answered = await clerk.last()

    assert asked.startswith("✅ Bot đã hỏi cơ quan thường trực.")
    assert question.splitlines()[0] == "Bản giấy · Phường 5"
    assert question.splitlines()[1].startswith("Cán bộ Phường 5 báo đã nộp bản giấy: Báo cáo 6 tháng 2026, lúc 07:30")
    assert alert == "Báo cáo 6 tháng 2026 · Phường 5: đã nhận bản giấy.\nĐã báo: cán bộ Phường 5."
    assert receipt.startswith("✅ Đã nhận: Báo cáo 6 tháng 2026 · Phường 5 (bản giấy)\nMã biên nhận BC26-")
    assert (answered["text"], answered["buttons"]) == (f"{question}\n\n{alert}", [])
    await officer.send("/viec")
    assert "✅ Báo cáo 6 tháng 2026 (bản giấy)" in await officer.buttons()


async def test_paper_that_did_not_come_is_told_and_can_still_be_handed_in(stage: Stage) -> None:
    clerk = await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)
    officer = await reminded(stage)
    await officer.press("Đã nộp bản giấy")
    await officer.press("Đã nộp, nhờ xác nhận")
    await stage.service.tick()

    asked = await clerk.press("Chưa nhận được")
    too_short = await clerk.send("12/5")
    told = await clerk.send("Văn thư chưa thấy bản giấy")
    await stage.service.tick()

    assert asked.startswith("Vì sao bản giấy chưa được tính?\nBáo cáo 6 tháng 2026 · Phường 5")
    assert too_short.startswith("Anh/chị ghi rõ hơn bằng một câu, ví dụ: «Văn thư chưa nhận được bản giấy».")
    assert told.startswith("Báo cáo 6 tháng 2026 · Phường 5: chưa nhận được bản giấy.")
    assert "Lý do: «Văn thư chưa thấy bản giấy»" in await officer.screen()
    assert (await officer.screen()).startswith("↩ Cơ quan thường trực chưa nhận được bản giấy\nBáo cáo 6 tháng 2026")
    assert await officer.buttons() == ["Nộp ngay", "Đã nộp bản giấy"]


async def test_paper_said_twice_shows_that_it_waits(stage: Stage) -> None:
    await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)
    officer = await reminded(stage)
    await officer.press("Đã nộp bản giấy")
    await officer.press("Đã nộp, nhờ xác nhận")
    (push,) = await pushes(officer)

    await stage.post(
        f"/sandbox/chats/{officer.id}/press",
        **{"as": officer.id, "text": "Đã nộp bản giấy", "message_id": push["message_id"]},
    )
    await stage.settle()

    assert "Đã báo nộp bản giấy lúc 07:30" in await officer.screen()


async def test_several_duties_are_answered_one_by_one(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    code = await stage.invite(unit="phuong-6")
    await officer.send(f"/start {code}")
    await officer.press("Nhận nhiệm vụ")
    await stage.speak_at(at(11))

    doors = await officer.buttons()
    await officer.press("Khác…")
    listed = await officer.buttons()
    card = await officer.press(listed[0])

    assert doors == [
        "Nộp ngay: Báo cáo 6 tháng 2026 · Phường 5",
        "Nộp ngay: Báo cáo 6 tháng 2026 · Phường 6",
        "Khác…",
    ]
    assert listed == ["Báo cáo 6 tháng 2026 · Phường 5", "Báo cáo 6 tháng 2026 · Phường 6", "‹ Quay lại"]
    assert card.startswith("Báo cáo 6 tháng 2026 · Phường 5\nHạn: hết ngày 14/5 (thứ Năm), còn 3 ngày")
