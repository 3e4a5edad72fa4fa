"""How leaders see who still owes, and have just those reminded."""

from datetime import timedelta
from io import BytesIO

from openpyxl import load_workbook

from domain.roles import Role
from tests.support.stage import Phone, Stage
from tests.support.steps.filling import hand_in_pledge, hand_in_report, officer
from usecases.outbox.sending import count_waiting

REPORT = "⏳ Báo cáo 6 tháng 2026 (1/12)"


async def leader_after_one_report(stage: Stage) -> Phone:
    """Of twelve units Phường 1 has handed in, Phường 5 has an officer, the others have nobody in the bot."""
    await hand_in_report(stage, await officer(stage, "phuong-1", chat_id=901))
    await officer(stage, "phuong-5", chat_id=905)
    return await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)


async def test_every_duty_has_a_line_and_a_button(stage: Stage) -> None:
    leader = await leader_after_one_report(stage)

    screen = await leader.send("/tinhhinh")

    assert "⏳ Báo cáo 6 tháng 2026 · hạn hết 14/5: 1/12, thiếu 11" in screen
    assert REPORT in await leader.buttons()


async def test_a_duty_tells_owed_handed_in_on_time_late_missing_and_clusters(stage: Stage) -> None:
    leader = await leader_after_one_report(stage)
    await leader.send("/tinhhinh")

    lines = (await leader.press(REPORT)).splitlines()

    assert lines[0].startswith("Báo cáo 6 tháng 2026 · hạn hết 14/5 · lúc 08:")
    assert lines[1] == "Phải nộp 12 · đã nộp 1 (8 %) · đúng hạn 1 · trễ hạn 0 · chưa nộp 11"
    assert lines[2] == "Cụm 1: 1/6 · Cụm 2: 0/6"
    assert lines[3].startswith("Chưa nộp: Phường 2, Trường THPT Mẫu, Sở Tài chính, Phường 5, Phường 6, Phường 3")
    assert lines[3].endswith("và 5 đơn vị khác")


async def test_all_that_are_missing_can_be_read(stage: Stage) -> None:
    leader = await leader_after_one_report(stage)
    await leader.send("/tinhhinh")
    await leader.press(REPORT)

    screen = await leader.press("Xem đủ 11 đơn vị chưa nộp")

    assert screen.startswith("Chưa nộp Báo cáo 6 tháng 2026: 11 đơn vị")
    assert "⏳ Công ty cổ phần Mẫu" in screen


async def test_a_cluster_can_be_chosen_and_left_again(stage: Stage) -> None:
    leader = await leader_after_one_report(stage)
    await leader.send("/tinhhinh")
    await leader.press(REPORT)
    await leader.press("Theo cụm")

    one = await leader.press("Cụm 2")
    await leader.press("Theo cụm")
    every = await leader.press("Tất cả")

    assert "Phải nộp 6 · đã nộp 0" in one
    assert "Phải nộp 12 · đã nộp 1" in every


async def test_a_nudge_asks_first_and_names_whom_it_cannot_reach(stage: Stage) -> None:
    leader = await leader_after_one_report(stage)
    await leader.send("/tinhhinh cụm 1")
    await leader.press("⏳ Báo cáo 6 tháng 2026 (1/6)")

    asked = await leader.press("Nhắc 5 đơn vị này")

    assert asked.startswith("Gửi nhắc cho 1 đơn vị?")
    assert "Bot nhắn cho cán bộ của: Phường 5." in asked
    assert "Chưa có cán bộ nào vào bot: Phường 2, Trường THPT Mẫu, Sở Tài chính, Phường 6." in asked
    assert await leader.buttons() == ["Gửi nhắc", "‹ Quay lại"]


async def test_a_nudge_that_would_reach_nobody_is_not_asked_for(stage: Stage) -> None:
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)
    await leader.send("/tinhhinh")
    await leader.press("⏳ Báo cáo 6 tháng 2026 (0/12)")

    alert = await leader.press("Nhắc 12 đơn vị này")

    assert alert.startswith("Các đơn vị này chưa có cán bộ nào vào bot")
    assert "Nhắc 12 đơn vị này" in await leader.buttons()


async def test_a_nudge_goes_out_once_in_four_hours(stage: Stage) -> None:
    leader = await leader_after_one_report(stage)
    await leader.send("/tinhhinh")
    await leader.press(REPORT)
    await leader.press("Nhắc 11 đơn vị này")

    sent = await leader.press("Gửi nhắc")
    again = await leader.press("Nhắc 11 đơn vị này")
    stage.wind(stage.clock.now() + timedelta(hours=4))
    later = await leader.press("Nhắc 11 đơn vị này")

    assert sent.startswith("✅ Đã gửi nhắc cho 1 đơn vị.")
    assert "Đã nhắc lúc 08:0" in sent
    assert again.startswith("Các đơn vị này đã được nhắc lúc 08:0")
    assert "Nhắc lại được từ 12:0" in again
    assert later.startswith("Gửi nhắc cho 1 đơn vị?")


async def test_a_nudge_says_in_which_post_and_body_it_was_asked_for(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)
    await leader.send("/tinhhinh")
    await leader.press("⏳ Báo cáo 6 tháng 2026 (0/12)")
    await leader.press("Nhắc 12 đơn vị này")
    await leader.press("Gửi nhắc")
    await stage.speak_at(stage.clock.now())

    heard = (await officer.last())["text"]

    assert heard.startswith("Chuyên viên UBND tỉnh Mẫu nhắc · Phường 5\n⏳ Báo cáo 6 tháng 2026: còn 9 ngày")


async def test_a_nudge_puts_one_message_into_the_outbox(stage: Stage) -> None:
    leader = await leader_after_one_report(stage)
    await leader.send("/tinhhinh")
    await leader.press(REPORT)
    await leader.press("Nhắc 11 đơn vị này")

    await leader.press("Gửi nhắc")

    async with stage.app.contexts.open() as ctx:
        assert await count_waiting(ctx) == 1


async def test_the_export_is_a_workbook_and_the_screen_stays_below(stage: Stage) -> None:
    leader = await leader_after_one_report(stage)
    await leader.send("/tinhhinh")
    await leader.press(REPORT)

    screen = await leader.press("Xuất Excel")

    document = (await leader.messages())[-2]["document"]
    async with stage.http.get(f"{stage.sandbox.url}{document['url']}") as answer:
        book = load_workbook(BytesIO(await answer.read()))
    assert screen.startswith("Báo cáo 6 tháng 2026 · hạn hết 14/5")
    assert document["file_name"].startswith("tinh-hinh_bao-cao-6-thang-2026_2026-05-05")
    assert book.worksheets[0].max_row == 15


async def test_the_way_back_leads_to_the_duties_and_then_to_the_menu(stage: Stage) -> None:
    leader = await leader_after_one_report(stage)
    await leader.send("/tinhhinh")
    await leader.press(REPORT)

    duties = await leader.press("‹ Quay lại")
    menu = await leader.press("‹ Quay lại")

    assert duties.startswith("Tình hình nộp")
    assert menu.startswith("UBND tỉnh Mẫu · Lãnh đạo")


async def test_a_leader_gets_a_chart_with_its_words_below(stage: Stage) -> None:
    leader = await leader_after_one_report(stage)
    await leader.send("/tinhhinh")
    await leader.press(REPORT)
    await leader.press("Biểu đồ")

    screen = await leader.press("Tiến độ theo cụm")

    picture = [message for message in await leader.messages() if message.get("photo")][-1]
    assert "Đã nộp 1/12 đơn vị (8 %).\nCụm 1 1/6; Cụm 2 0/6" in picture["caption"]
    assert screen.startswith("Biểu đồ · Báo cáo 6 tháng 2026")


async def test_the_chart_of_punctuality_counts_who_is_overdue(stage: Stage) -> None:
    leader = await leader_after_one_report(stage)
    await leader.send("/tinhhinh")
    for label in ("⛔ Giao ước thi đua 2026 (0/12)", "Biểu đồ", "Nộp đúng hạn"):
        await leader.press(label)

    pictured = [message["caption"] for message in await leader.messages() if message["caption"]]

    assert "Giao ước thi đua 2026: đúng hạn 0/12, quá hạn chưa nộp 12" in pictured[-1]


async def test_the_chart_of_the_days_marks_what_is_overdue_and_what_is_still_ahead(stage: Stage) -> None:
    leader = await leader_after_one_report(stage)
    await leader.send("/tinhhinh")
    for label in (REPORT, "Biểu đồ", "Các hạn trong năm"):
        await leader.press(label)

    pictured = [message["caption"] for message in await leader.messages() if message["caption"]]

    assert pictured[-1].splitlines()[1:] == [
        "⛔ Kế hoạch thi đua của đơn vị 2026: hết ngày 31/1 (thứ Bảy), đã nộp 0/12",
        "⛔ Giao ước thi đua 2026: hết ngày 29/3 (Chủ nhật), đã nộp 0/12",
        "⏳ Báo cáo 6 tháng 2026: hết ngày 14/5 (thứ Năm), đã nộp 1/12",
    ]


async def test_a_chart_compares_with_the_pledge_only_what_can_be_compared(stage: Stage) -> None:
    unit = await officer(stage, "phuong-1", chat_id=901)
    await hand_in_pledge(stage, unit)
    await hand_in_report(stage, unit)
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)
    await leader.send("/tinhhinh")
    await leader.press(REPORT)
    await leader.press("Biểu đồ")

    await leader.press("So với giao ước")

    caption = [message for message in await leader.messages() if message.get("photo")][-1]["caption"]
    assert caption.startswith("So với giao ước · Báo cáo 6 tháng 2026 · lúc 08:00, 5/5\nĐã nộp 1/12.")
    assert "Số hộ nghèo giảm 80 %" in caption
