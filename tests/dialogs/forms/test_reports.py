from datetime import datetime
from decimal import Decimal

from domain.calendar import VIETNAM
from domain.plans.deadlines import DutyKind
from tests.support.stage import Phone, Stage
from tests.support.steps.filling import (
    FIGURES,
    acting,
    duty,
    fill_report,
    hand_in_pledge,
    hand_in_report,
    remember_last_year,
)
from usecases.people.joining import take_post
from usecases.submissions.reports import enter_value


async def officer_of(stage: Stage, unit: str = "phuong-5", *, name: str = "Cán bộ Phường 5") -> Phone:
    return await stage.phone(name, unit=unit)


async def test_whole_report_takes_fifteen_messages_and_three_taps(stage: Stage) -> None:
    officer = await officer_of(stage)

    await officer.press("Báo cáo")
    for figure in FIGURES:
        await officer.send(figure)
    receipt = await officer.press("Nộp báo cáo")
    menu = await officer.press("Xong")

    assert len(FIGURES) == 15
    assert receipt.startswith(
        "✅ Đã nhận: Báo cáo 6 tháng 2026 · Phường 5\nSố liệu ước thực hiện đến 30/4\nMã biên nhận BC26-"
    )
    assert "đúng hạn" in receipt
    assert menu.startswith("Phường 5")


async def test_question_stands_beside_pledge_last_period_and_median(stage: Stage) -> None:
    officer = await officer_of(stage)
    neighbour = await officer_of(stage, "phuong-6", name="Cán bộ Phường 6")
    await hand_in_pledge(stage, officer.id)
    await remember_last_year(stage, "phuong-5", by=officer.id, figures={"thu-ngan-sach": Decimal("12.5")})
    await hand_in_report(stage, neighbour.id, value="14")

    question = await officer.press("Báo cáo")

    assert question == (
        "Báo cáo 6 tháng 2026 · 1/15 · ước thực hiện\n"
        "Thu ngân sách (tỷ đồng)\n"
        "Giao ước: 15 · 6 tháng 2025: 12,5 · Mức giữa của cụm: 14\n"
        "Nhập số, ví dụ: 12,5. Dán cả bảng số liệu cũng được"
    )


async def test_answer_is_confirmed_above_the_next_question(stage: Stage) -> None:
    officer = await officer_of(stage)
    await hand_in_pledge(stage, officer.id)
    await officer.press("Báo cáo")

    screen = await officer.send("12")

    assert screen.startswith(
        "✓ Thu ngân sách: 12 tỷ đồng · đạt 80 % giao ước\n\nBáo cáo 6 tháng 2026 · 2/15 · ước thực hiện\n"
    )


async def test_figure_that_reads_two_ways_is_asked_back(stage: Stage) -> None:
    officer = await officer_of(stage)
    await officer.press("Báo cáo")

    asked = await officer.send("12,500")
    labels = await officer.buttons()
    taken = await officer.press("12.500")

    assert asked.startswith("«12,500» đọc được hai cách. Anh/chị ghi số nào?")
    assert labels == ["12,5", "12.500", "Nhập lại"]
    assert taken.startswith("✓ Thu ngân sách: 12.500 tỷ đồng")


async def test_a_point_for_a_comma_is_taken_without_a_question(stage: Stage) -> None:
    officer = await officer_of(stage)
    await officer.press("Báo cáo")

    assert (await officer.send("12.5")).startswith("✓ Thu ngân sách: 12,5 tỷ đồng")


async def test_the_last_period_tells_which_of_two_readings_is_meant(stage: Stage) -> None:
    officer = await officer_of(stage)
    await remember_last_year(stage, "phuong-5", by=officer.id, figures={"thu-ngan-sach": Decimal("12.1")})
    await officer.press("Báo cáo")

    assert (await officer.send("12,500")).startswith("✓ Thu ngân sách: 12,5 tỷ đồng")


async def test_fewer_is_better_where_a_ceiling_was_pledged(stage: Stage) -> None:
    officer = await officer_of(stage)
    await hand_in_pledge(stage, officer.id)
    await remember_last_year(stage, "phuong-5", by=officer.id, figures={"ky-luat": Decimal(40)})
    await officer.press("Báo cáo")
    for figure in FIGURES[:9]:
        await officer.send(figure)

    kept = await officer.send("5")
    await officer.press("‹ Câu trước")
    broken = await officer.send("16")
    summary = await officer.press("Xem tất cả")

    assert kept.startswith("✓ Số lượt vi phạm kỷ luật, giờ giấc làm việc: 5/15 lượt, trong mức giao ước")
    assert broken.startswith("✓ Số lượt vi phạm kỷ luật, giờ giấc làm việc: 16/15 lượt, vượt mức giao ước")
    assert "1. Thu ngân sách: 12,5 tỷ đồng (đạt 83,3 %)" in summary


async def test_another_figure_may_be_typed_instead_of_a_reading(stage: Stage) -> None:
    officer = await officer_of(stage)
    await officer.press("Báo cáo")
    await officer.send("12,500")

    screen = await officer.send("1.234,5")

    assert screen.startswith("✓ Thu ngân sách: 1.234,5 tỷ đồng")


async def test_wrong_figure_is_asked_again_and_nothing_is_lost(stage: Stage) -> None:
    officer = await officer_of(stage)
    await officer.press("Báo cáo")
    await officer.send("12,5")

    screen = await officer.send("khoảng một nửa")
    summary = await officer.press("Xem tất cả")

    assert screen.startswith("Bot chưa đọc được số này.")
    assert "Báo cáo 6 tháng 2026 · 2/15" in screen
    assert "1. Thu ngân sách: 12,5 tỷ đồng\n2. Tỷ lệ giải ngân vốn đầu tư công: chưa điền" in summary


async def test_figure_off_the_trend_asks_for_a_reason(stage: Stage) -> None:
    officer = await officer_of(stage)
    await remember_last_year(stage, "phuong-5", by=officer.id, figures={"thu-ngan-sach": Decimal("12.5")})
    await officer.press("Báo cáo")

    asked = await officer.send("7,4 tỷ")
    await officer.press("Đúng, ghi lý do")
    refused = await officer.send("7,4")
    taken = await officer.send("Giảm theo dự toán được giao")
    again = await officer.press("‹ Câu trước")

    assert asked == "Thu ngân sách: 7,4 tỷ đồng, thấp hơn 41 % so với 6 tháng 2025 (12,5 tỷ đồng). Đúng như vậy?"
    assert refused.startswith("Anh/chị ghi rõ hơn bằng một câu, ví dụ: «Năm nay dồn sang quý sau».")
    assert taken.startswith("✓ Thu ngân sách: 7,4 tỷ đồng")
    assert "Đang ghi: 7,4 (Giảm theo dự toán được giao)" in again


async def test_missing_figure_needs_a_reason(stage: Stage) -> None:
    officer = await officer_of(stage)
    await officer.press("Báo cáo")

    await officer.press("Không có số liệu")
    first = await officer.press("Chưa đến kỳ thống kê")
    await officer.press("Không có số liệu")
    second = await officer.send("Chưa có dự án nào")
    summary = await officer.press("Xem tất cả")

    assert first.startswith("✓ Thu ngân sách: không có số liệu (Chưa đến kỳ thống kê)")
    assert second.startswith("✓ Tỷ lệ giải ngân vốn đầu tư công: không có số liệu (Chưa có dự án nào)")
    assert "15 chỉ tiêu: 0 có số, 2 không có số liệu (có lý do), 13 chưa điền" in summary


async def test_skipped_question_is_met_again_from_the_summary(stage: Stage) -> None:
    officer = await officer_of(stage)
    await fill_report(stage, officer.id, leave_open=2)
    await officer.press("Báo cáo")

    await officer.press("Điền sau")
    summary = await officer.send("6")
    question = await officer.press("Điền tiếp (14/15)")

    assert "1 chưa điền" in summary
    assert question.startswith("Báo cáo 6 tháng 2026 · 14/15")


async def test_line_edited_from_the_summary_leads_back_there(stage: Stage) -> None:
    officer = await officer_of(stage)
    await fill_report(stage, officer.id)
    await officer.press("Báo cáo")

    await officer.press("Sửa một dòng")
    question = await officer.press("4. Tỷ lệ bao phủ bảo hiểm y tế")
    labels = await officer.buttons()
    summary = await officer.send("93,4")

    assert "Đang ghi: 12 (Thực tế như vậy)" in question
    assert labels == ["Không có số liệu", "‹ Quay lại"]
    assert summary.startswith("✓ Tỷ lệ bao phủ bảo hiểm y tế: 93,4 %\n\nBáo cáo 6 tháng 2026 · Phường 5")
    assert "4. Tỷ lệ bao phủ bảo hiểm y tế: 93,4 %" in summary


async def test_left_draft_goes_on_at_the_first_open_question(stage: Stage) -> None:
    officer = await officer_of(stage)
    await officer.press("Báo cáo")
    await officer.send("12,5")
    await officer.send("46,2")

    menu = await officer.press("Lưu, làm sau")
    stage.wind(datetime(2026, 5, 12, 9, tzinfo=VIETNAM))
    await officer.send("/menu")
    question = await officer.press("Báo cáo")

    assert menu.startswith("Bản nháp đã lưu.")
    assert question.startswith("Báo cáo 6 tháng 2026 · 3/15")


async def test_command_in_the_middle_of_a_question_loses_nothing(stage: Stage) -> None:
    officer = await officer_of(stage)
    await officer.press("Báo cáo")
    await officer.send("12,5")

    await officer.send("/huy")
    question = await officer.press("Báo cáo")

    assert question.startswith("Báo cáo 6 tháng 2026 · 2/15")


async def test_second_officer_learns_that_the_report_is_handed_in(stage: Stage) -> None:
    first = await officer_of(stage)
    second = await officer_of(stage, name="Cán bộ thứ hai Phường 5")
    await fill_report(stage, first.id)
    await first.press("Báo cáo")
    await second.press("Báo cáo")
    await first.press("Nộp báo cáo")

    alert = await second.press("Nộp báo cáo")

    assert alert.startswith("Báo cáo 6 tháng 2026 đã nộp rồi.")
    assert "✅ Đã nộp, mã biên nhận BC26-" in await second.screen()
    assert "Nộp báo cáo" not in await second.buttons()


async def test_what_a_colleague_changed_is_seen_before_it_is_handed_in(stage: Stage) -> None:
    first = await officer_of(stage)
    second = await officer_of(stage, name="Cán bộ thứ hai Phường 5")
    report = await fill_report(stage, first.id)
    await first.press("Báo cáo")
    async with acting(stage, second.id) as ctx:
        await enter_value(ctx, report.id, indicator="thu-ngan-sach", value=Decimal(13), replacing=(Decimal(12),))

    alert = await first.press("Nộp báo cáo")
    seen = await first.screen()
    receipt = await first.press("Nộp báo cáo")

    assert alert.startswith("Vừa có người trong đơn vị sửa nội dung này.")
    assert "1. Thu ngân sách: 13 tỷ đồng" in seen
    assert "Cán bộ thứ hai Phường 5" in seen
    assert receipt.startswith("✅ Đã nhận")


async def test_question_names_the_colleague_who_answered_it(stage: Stage) -> None:
    first = await officer_of(stage)
    second = await officer_of(stage, name="Cán bộ thứ hai Phường 5")
    await first.press("Báo cáo")
    await first.send("12,5")
    await second.press("Báo cáo")

    question = await second.press("‹ Câu trước")
    asked = await second.send("13")

    assert "Đang ghi: 12,5 · Cán bộ Phường 5, 08:00 thứ Ba, 5/5/2026" in question
    assert asked.startswith("Đổi 12,5 thành 13?\nThu ngân sách (tỷ đồng)\nCán bộ Phường 5 đã ghi số cũ.")
    assert await second.buttons() == ["Đổi", "Giữ 12,5", "Nhập lại"]
    assert "✓ Thu ngân sách: 13 tỷ đồng" in await second.press("Đổi")


async def test_a_colleague_is_told_at_once_that_a_figure_was_replaced(stage: Stage) -> None:
    first = await officer_of(stage)
    second = await officer_of(stage, name="Cán bộ thứ hai Phường 5")
    await first.press("Báo cáo")
    await first.send("66")
    await second.press("Báo cáo")
    await second.press("‹ Câu trước")
    await second.send("50")

    await second.send("dạ đúng ạ")
    await stage.service.tick()

    news = [str(message["text"]) for message in await first.messages()]
    assert (
        "Cán bộ thứ hai Phường 5 vừa đổi một số mà anh/chị đã ghi\nBáo cáo 6 tháng 2026 · Phường 5\n"
        "Thu ngân sách: 66 → 50 tỷ đồng"
    ) in news


async def test_a_colleagues_figure_is_kept_where_no_is_said(stage: Stage) -> None:
    first = await officer_of(stage)
    second = await officer_of(stage, name="Cán bộ thứ hai Phường 5")
    await first.press("Báo cáo")
    await first.send("66")
    await second.press("Báo cáo")
    await second.press("‹ Câu trước")
    await second.send("50")

    await second.press("Giữ 66")
    summary = await second.press("Xem tất cả")

    assert "1. Thu ngân sách: 66 tỷ đồng" in summary


async def test_having_no_figure_does_not_replace_a_colleagues_figure_unasked(stage: Stage) -> None:
    first = await officer_of(stage)
    second = await officer_of(stage, name="Cán bộ thứ hai Phường 5")
    await first.press("Báo cáo")
    await first.send("66")
    await second.press("Báo cáo")
    await second.press("‹ Câu trước")
    await second.press("Không có số liệu")

    asked = await second.press("Chưa đến kỳ thống kê")
    taken = await second.press("Đổi")

    assert asked.startswith("Đổi 66 thành «không có số liệu»?")
    assert taken.startswith("✓ Thu ngân sách: không có số liệu (Chưa đến kỳ thống kê)")


async def test_a_question_left_open_by_a_colleague_ends_with_the_receipt(stage: Stage) -> None:
    first = await officer_of(stage)
    second = await officer_of(stage, name="Cán bộ thứ hai Phường 5")
    await fill_report(stage, first.id, leave_open=1)
    await second.press("Báo cáo")
    await first.press("Báo cáo")
    await first.send("6")
    await first.press("Nộp báo cáo")

    screen = await second.send("7")

    assert screen.startswith("Báo cáo 6 tháng 2026 đã nộp rồi, mã biên nhận BC26-")
    assert "✅ Đã nộp, mã biên nhận BC26-" in screen


async def test_a_button_pressed_after_a_colleague_has_handed_in_shows_the_receipt(stage: Stage) -> None:
    first = await officer_of(stage)
    second = await officer_of(stage, name="Cán bộ thứ hai Phường 5")
    await fill_report(stage, first.id, leave_open=1)
    await second.press("Báo cáo")
    await second.press("Không có số liệu")
    await first.press("Báo cáo")
    await first.send("6")
    await first.press("Nộp báo cáo")

    screen = await second.press("Chưa đến kỳ thống kê")

    assert screen.startswith("Báo cáo 6 tháng 2026 đã nộp rồi, mã biên nhận BC26-")
    assert "✅ Đã nộp, mã biên nhận BC26-" in screen


async def reply(stage: Stage, phone: Phone, to: int, text: str) -> str:
    body = {"as": phone.id, "text": text, "reply_to": to}
    await stage.post(f"/sandbox/chats/{phone.id}/send", **body)
    await stage.settle()
    return await phone.screen()


async def edit(stage: Stage, phone: Phone, text: str, *, old: str) -> str:
    sent = next(message for message in await phone.messages() if message["text"] == old)
    body = {"as": phone.id, "message_id": sent["message_id"], "text": text}
    await stage.post(f"/sandbox/chats/{phone.id}/edit", **body)
    await stage.settle()
    return await phone.screen()


async def test_a_reply_to_an_earlier_question_answers_that_question(stage: Stage) -> None:
    officer = await officer_of(stage)
    await officer.press("Báo cáo")
    first = (await officer.last())["message_id"]
    await officer.send("12,5")

    screen = await reply(stage, officer, first, "13")
    summary = await officer.press("Xem tất cả")

    assert screen.startswith("✓ Thu ngân sách: 13 tỷ đồng\n\nBáo cáo 6 tháng 2026 · 2/15")
    assert "1. Thu ngân sách: 13 tỷ đồng\n2. Tỷ lệ giải ngân vốn đầu tư công: chưa điền" in summary


async def test_a_reply_to_a_message_that_asked_nothing_is_asked_back(stage: Stage) -> None:
    officer = await officer_of(stage)
    menu = (await officer.last())["message_id"]
    await officer.press("Báo cáo")
    await officer.send("12,5")
    await officer.send("/menu")
    await officer.press("Báo cáo")

    screen = await reply(stage, officer, menu, "13")
    summary = await officer.press("Xem tất cả")

    assert screen.startswith("Bot không rõ anh/chị trả lời câu nào")
    assert "2. Tỷ lệ giải ngân vốn đầu tư công: chưa điền" in summary


async def test_an_edited_answer_is_asked_about_and_changed(stage: Stage) -> None:
    officer = await officer_of(stage)
    await officer.press("Báo cáo")
    await officer.send("60")

    asked = await edit(stage, officer, "65", old="60")
    labels = await officer.buttons()
    changed = await officer.press("Đổi")

    assert asked == "Đổi 60 thành 65?\nThu ngân sách (tỷ đồng)"
    assert labels == ["Đổi", "Giữ 60", "Nhập lại"]
    assert changed.startswith("✓ Thu ngân sách: 65 tỷ đồng\n\nBáo cáo 6 tháng 2026 · 2/15")


async def test_an_edited_answer_is_kept_where_no_is_said(stage: Stage) -> None:
    officer = await officer_of(stage)
    await officer.press("Báo cáo")
    await officer.send("60")
    await edit(stage, officer, "65", old="60")

    screen = await officer.send("không ạ")
    summary = await officer.press("Xem tất cả")

    assert screen.startswith("Báo cáo 6 tháng 2026 · 2/15")
    assert "1. Thu ngân sách: 60 tỷ đồng" in summary


async def test_yes_and_no_are_understood_where_a_figure_is_off_the_trend(stage: Stage) -> None:
    officer = await officer_of(stage)
    await remember_last_year(stage, "phuong-5", by=officer.id, figures={"thu-ngan-sach": Decimal("125")})
    await officer.press("Báo cáo")

    await officer.send("74 tỷ")
    again = await officer.send("nhầm ạ")
    await officer.send("74 tỷ")
    why = await officer.send("dạ đúng ạ")

    assert again.startswith("Báo cáo 6 tháng 2026 · 1/15")
    assert why.startswith("Vì sao thấp hơn 41 %")


async def test_report_withdrawn_is_corrected_and_handed_in_again(stage: Stage) -> None:
    officer = await officer_of(stage)
    await hand_in_report(stage, officer.id)

    standing = await officer.press("Báo cáo")
    draft = await officer.press("Rút lại để sửa")
    receipt = await officer.press("Nộp báo cáo")

    assert "Rút lại để sửa được đến hết ngày 14/5 (thứ Năm)" in standing
    assert draft.startswith("Đã rút lại. Sửa xong, anh/chị nộp lại, chậm nhất hết ngày 14/5 (thứ Năm).")
    assert receipt.startswith("✅ Đã nhận")


async def test_report_cannot_be_withdrawn_after_the_last_valid_day(stage: Stage) -> None:
    officer = await officer_of(stage)
    await hand_in_report(stage, officer.id)
    stage.wind(datetime(2026, 5, 15, 9, tzinfo=VIETNAM))

    await officer.press("Báo cáo")

    assert await officer.buttons() == ["Trang 1/2", "›", "Nhập số 6 tháng 2025", "‹ Quay lại"]


async def test_late_report_is_taken_and_called_late(stage: Stage) -> None:
    officer = await officer_of(stage)
    await fill_report(stage, officer.id)
    stage.wind(datetime(2026, 5, 16, 9, tzinfo=VIETNAM))

    summary = await officer.press("Báo cáo")
    receipt = await officer.press("Nộp báo cáo")

    assert "Quá hạn 2 ngày (hạn hết 14/5)" in summary
    assert "16/5/2026 · trễ hạn" in receipt


async def test_receipt_leads_on_to_the_most_urgent_duty(stage: Stage) -> None:
    officer = await officer_of(stage)
    await hand_in_pledge(stage, officer.id)
    await fill_report(stage, officer.id)
    await officer.press("Báo cáo")

    await officer.press("Nộp báo cáo")

    owed = await duty(stage, officer.id, DutyKind.PLAN)
    assert await officer.buttons() == ["Tải bản Word để trình ký", f"Việc tiếp theo: {owed.title}", "Xong"]


async def test_receipt_stays_in_the_chat_when_one_goes_on(stage: Stage) -> None:
    officer = await officer_of(stage)
    await fill_report(stage, officer.id)
    await officer.press("Báo cáo")
    receipt = await officer.press("Nộp báo cáo")

    screen = await officer.press("Xong")

    assert screen.startswith("Phường 5 · Cụm 1")
    assert receipt in [message["text"] for message in await officer.messages()]


async def test_summary_is_read_page_by_page(stage: Stage) -> None:
    officer = await officer_of(stage)
    await fill_report(stage, officer.id)
    await officer.press("Báo cáo")

    second = await officer.press("›")

    assert "15. Số đảng viên mới kết nạp: 12 người\n" in second
    assert "8. " not in second


async def test_question_names_the_unit_to_who_serves_several(stage: Stage) -> None:
    officer = await officer_of(stage)
    code = await stage.invite(unit="phuong-6")
    async with acting(stage, officer.id) as ctx:
        await take_post(ctx, code)
    await officer.press("Báo cáo")

    question = await officer.press("⏳ Báo cáo 6 tháng 2026 · Phường 6")

    assert question.startswith("Báo cáo 6 tháng 2026 · Phường 6 · 1/15")


async def test_a_notice_of_the_messenger_is_no_wrong_figure(stage: Stage) -> None:
    officer = await officer_of(stage)
    await officer.press("Báo cáo")
    question = await officer.last()

    await stage.post(f"/sandbox/chats/{officer.id}/autodelete", **{"as": officer.id, "seconds": 86_400})
    await stage.settle()
    await stage.telegram_bot.bot.pin_chat_message(officer.id, question["message_id"])
    await stage.settle()

    said = [message["text"] for message in await officer.messages() if message["text"]]
    assert said[-1] == question["text"]
    assert (await officer.send("12,5")).startswith("✓ Thu ngân sách")
