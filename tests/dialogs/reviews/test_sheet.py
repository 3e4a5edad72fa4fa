"""A review on two phones: sent back with a reason, mended in a few taps, taken in."""

from datetime import timedelta
from decimal import Decimal

from domain.roles import Role
from tests.support import files
from tests.support.stage import Phone, Stage
from tests.support.steps import dossiers
from tests.support.steps.filling import remember_last_year
from tests.support.steps.reachability import lose
from tests.support.steps.reviewing import BUDGET, accept, heads_first, report_in, submission_of


async def people(stage: Stage) -> tuple[Phone, Phone]:
    """An officer whose budget figure looks ten times too high, and somebody of the standing body."""
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    clerk = await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)
    await remember_last_year(stage, "phuong-5", by=officer.id, figures={BUDGET: Decimal("1.2")})
    return officer, clerk


async def return_budget(clerk: Phone) -> str:
    await clerk.send("/duyet")
    await clerk.press("Phường 5 · Báo cáo 6 tháng 2026")
    await clerk.press("Trả lại…")
    await clerk.press("❗ Thu ngân sách: 12 tỷ đồng")
    await clerk.press("Tiếp ›")
    await clerk.send("Có lẽ nhầm đơn vị, là 1,2?")
    return await clerk.press("Gửi trả lại")


async def test_a_wrong_figure_comes_back_alone_and_is_mended_in_two_taps(stage: Stage) -> None:
    officer, clerk = await people(stage)
    await report_in(stage, officer.id)

    sent = await return_budget(clerk)
    pressed_at = stage.clock.now()
    await stage.service.deliver()
    returned, come_at = await officer.last(), stage.clock.now()
    question = await officer.press("Sửa dòng này")
    summary = await officer.send("1,3")
    receipt = await officer.press("Nộp báo cáo")
    await stage.service.deliver()
    again = await clerk.screen()
    done = await clerk.press("Tiếp nhận")
    answered = await clerk.last()
    too_late = await officer.press("Sửa dòng này")

    assert sent.startswith("↩ Đã trả lại Phường 5, Báo cáo 6 tháng 2026.\nĐã báo: cán bộ Phường 5.\n")
    assert come_at - pressed_at < timedelta(seconds=5)
    assert returned["text"].startswith(
        "↩ Cần sửa 1 dòng trong Báo cáo 6 tháng 2026 · Phường 5\n"
        "Thu ngân sách: 12 tỷ đồng. Lý do: «Có lẽ nhầm đơn vị, là 1,2?»\n"
        "14 dòng khác đã được nhận.\n"
    )
    assert [b["text"] for row in returned["buttons"] for b in row] == ["Sửa dòng này", "Hỏi lại người duyệt"]
    assert "↩ Đã ghi 12 tỷ đồng. Trả lại vì: «Có lẽ nhầm đơn vị, là 1,2?»" in question
    assert "14 dòng khác đã được nhận\n✅ 1. Thu ngân sách: 1,3 tỷ đồng" in summary
    assert receipt.startswith("✅ Đã nhận: Báo cáo 6 tháng 2026 · Phường 5")
    assert "đúng hạn\n" in receipt
    assert again.startswith(
        "↩ Phường 5 đã sửa và nộp lại Báo cáo 6 tháng 2026\nThu ngân sách: 12 tỷ đồng → 1,3 tỷ đồng"
    )
    assert done == "✅ Phường 5 · Báo cáo 6 tháng 2026: đã tiếp nhận."
    assert answered["text"] == f"{again}\n\n{done}"
    assert [button["text"] for row in answered["buttons"] for button in row] == ["Xem toàn bộ"]
    assert too_late == "Báo cáo 6 tháng 2026 đã được nộp lại rồi, anh/chị không phải làm gì thêm."


async def test_a_return_that_reaches_nobody_says_so_and_whom_to_call(stage: Stage) -> None:
    officer, clerk = await people(stage)
    await report_in(stage, officer.id)
    await lose(stage, officer.id)

    sent = await return_budget(clerk)
    listed = await clerk.send("/khonglienlac")

    assert sent.startswith(
        "↩ Đã trả lại Phường 5, Báo cáo 6 tháng 2026.\n"
        "⛔ Bot không nhắn được cho ai của Phường 5.\n"
        "Anh/chị gọi điện: Cán bộ Phường 5, 0900 000 001.\n"
    )
    assert "⛔ Phường 5: cán bộ đã chặn bot từ 5/5; cần gọi điện. Có mục bị trả lại từ 5/5, chưa sửa." in listed


async def test_a_question_travels_to_the_reviewer_and_its_answer_back(stage: Stage) -> None:
    officer, clerk = await people(stage)
    await report_in(stage, officer.id)
    await return_budget(clerk)
    await stage.service.deliver()

    await officer.press("Hỏi lại người duyệt")
    too_short = await officer.send("?")
    asked = await officer.send("Số 12 là đúng, có quyết định kèm theo")
    await stage.service.deliver()
    heard = await clerk.screen()
    await clerk.press("Trả lời")
    answered = await clerk.send("Anh/chị ghi lý do vào dòng ấy giúp")
    await stage.service.deliver()

    assert too_short.startswith("Anh/chị ghi rõ hơn bằng một câu, ví dụ: ")
    assert asked.startswith("✅ Đã gửi câu hỏi cho người duyệt.")
    assert heard.startswith("Phường 5 hỏi lại · Báo cáo 6 tháng 2026")
    assert answered.startswith("✅ Đã gửi câu trả lời cho Phường 5.")
    assert "Trả lời: «Anh/chị ghi lý do vào dòng ấy giúp»" in await officer.screen()
    assert await officer.buttons() == ["Sửa dòng này", "Hỏi lại người duyệt"]


async def test_a_paper_is_looked_at_sent_back_and_replaced_in_two_taps(stage: Stage) -> None:
    officer, clerk = await people(stage)
    stage.wind(dossiers.DECEMBER)
    await stage.open_duties()
    submission = await dossiers.begin(stage, officer.id)
    await dossiers.submit(stage, officer.id, submission)

    await clerk.send("/duyet")
    sheet = await clerk.press("Phường 5 · Hồ sơ khen thưởng 2026")
    await clerk.press("Xem tệp")
    await clerk.press("Tờ trình")
    handed = [message for message in await clerk.messages() if message.get("document")]
    await clerk.press("‹ Quay lại")
    await clerk.press("Trả lại…")
    await clerk.press("Tờ trình: to-trinh.pdf")
    await clerk.press("Tiếp ›")
    await clerk.press("Thiếu chữ ký hoặc con dấu")
    await clerk.press("Gửi trả lại")
    await stage.service.deliver()
    returned = await officer.screen()
    checklist = await officer.press("Sửa giấy tờ này")
    replaced = await officer.upload("to-trinh-moi.pdf", files.pdf(9))
    receipt = await officer.press("Nộp hồ sơ")

    assert "Giấy khen Giám đốc Sở Nội vụ: Phường 5" in sheet
    assert [message["document"]["file_name"] for message in handed] == ["TTr_PHUONG-5_2026.pdf"]
    assert "2 giấy tờ khác đã được nhận." in returned
    assert "↩ Tờ trình: «Thiếu chữ ký hoặc con dấu»" in checklist
    assert "để thay cho: Tờ trình" in checklist
    assert "đủ thành phần" in replaced
    assert receipt.startswith("✅ Đã nhận: Hồ sơ khen thưởng 2026 · Phường 5")


async def test_the_head_of_the_cluster_passes_on_what_it_has_seen(stage: Stage) -> None:
    officer, clerk = await people(stage)
    await heads_first(stage)
    head = await stage.phone("Cụm trưởng Cụm 1", unit="phuong-1")
    await report_in(stage, officer.id)

    waiting = await clerk.send("/duyet")
    its_stead = await clerk.press("⏳ Phường 5 · Báo cáo 6 tháng 2026")
    menu = await head.buttons()
    await head.send("/duyet")
    await head.press("Phường 5 · Báo cáo 6 tháng 2026")
    passed = await head.press("Đạt, chuyển cơ quan thường trực")
    refused = await officer.send("/duyet")

    assert "1 mục đang chờ đơn vị thẩm định trước (⏳)." in waiting
    assert "⏳ Chờ Phường 1 thẩm định trước." in its_stead
    assert "Chờ duyệt (0)" in menu
    assert passed.startswith("✅ Đã chuyển cơ quan thường trực: Phường 5, Báo cáo 6 tháng 2026.")
    assert refused.startswith("Lệnh này dành cho cơ quan thường trực")


async def test_what_was_accepted_is_corrected_on_request(stage: Stage) -> None:
    officer, clerk = await people(stage)
    await report_in(stage, officer.id)
    await accept(stage, await submission_of(stage, officer.id), by=clerk.id)

    await officer.press("Báo cáo")
    await officer.press("Xin sửa")
    await officer.press("Thu ngân sách: 12 tỷ đồng")
    figure = await officer.press("Tiếp ›")
    refused = await officer.send("nhầm")
    await officer.send("12.5")
    unsaid = await officer.send("nhầm")
    confirm = await officer.send("Kho bạc vừa đối chiếu lại")
    sent = await officer.press("Gửi yêu cầu")
    await stage.service.deliver()
    asked = await clerk.screen()
    await clerk.press("Xem và trả lời")
    allowed = await clerk.press("Cho sửa")
    await stage.service.deliver()

    assert figure.startswith("Số đúng là bao nhiêu?\nThu ngân sách: đang ghi 12 tỷ đồng")
    assert refused.startswith("Bot chưa đọc được số này.")
    assert unsaid.startswith("Anh/chị ghi rõ hơn bằng một câu")
    assert "Thu ngân sách: 12 tỷ đồng → 12,5 tỷ đồng\n" in confirm
    assert "Lý do: «Kho bạc vừa đối chiếu lại»" in confirm
    assert sent.startswith("✅ Đã gửi yêu cầu xin sửa.")
    assert asked.startswith("Phường 5 xin sửa nội dung đã tiếp nhận · Báo cáo 6 tháng 2026")
    assert "Thu ngân sách: 12 tỷ đồng → 12,5 tỷ đồng; Kho bạc vừa đối chiếu lại" in asked
    assert allowed.startswith("✅ Đã cho sửa: Phường 5, Báo cáo 6 tháng 2026.")
    assert (await officer.screen()).startswith("✅ Được sửa 1 dòng trong Báo cáo 6 tháng 2026")


async def test_after_an_acceptance_the_next_item_opens_by_its_own_button(stage: Stage) -> None:
    officer, clerk = await people(stage)
    other = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    for phone in (other, officer):
        await report_in(stage, phone.id)
    await clerk.send("/duyet")
    await clerk.press("Phường 1 · Báo cáo 6 tháng 2026")

    done = await clerk.press("Tiếp nhận")
    offered = await clerk.buttons()
    following = await clerk.press("Mục tiếp ›")

    assert done.startswith("✅ Đã tiếp nhận: Phường 1, Báo cáo 6 tháng 2026.")
    assert "Tiếp theo: Phường 5, Báo cáo 6 tháng 2026." in done
    assert offered == ["Xem lại mục này", "Mở lại…", "Mục tiếp ›", "‹ Danh sách chờ duyệt"]
    assert following.startswith("Phường 5 · Báo cáo 6 tháng 2026")


async def test_a_return_is_taken_back_and_the_unit_hears_of_it(stage: Stage) -> None:
    officer, clerk = await people(stage)
    await report_in(stage, officer.id)
    await return_budget(clerk)
    await stage.service.deliver()

    taken_back = await clerk.press("Thu hồi yêu cầu sửa")
    await stage.service.deliver()
    heard = await officer.screen()
    refused = await officer.press("Sửa dòng này")

    assert taken_back.startswith("Đã thu hồi yêu cầu sửa: Phường 5, Báo cáo 6 tháng 2026.")
    assert "Tiếp nhận" in await clerk.buttons()
    assert heard.startswith("Không phải sửa nữa: Báo cáo 6 tháng 2026 · Phường 5")
    assert refused == "Người duyệt đã thu hồi yêu cầu sửa Báo cáo 6 tháng 2026, anh/chị không phải làm gì thêm."


async def test_an_acceptance_is_reopened_later_with_a_reason(stage: Stage) -> None:
    officer, clerk = await people(stage)
    await report_in(stage, officer.id)
    await accept(stage, await submission_of(stage, officer.id), by=clerk.id)

    await clerk.send("/duyet")
    await clerk.press("Đã duyệt")
    await clerk.press("✅ Phường 5 · Báo cáo 6 tháng 2026")
    await clerk.press("Mở lại…")
    too_short = await clerk.send("12")
    reopened = await clerk.send("Số thu cần đối chiếu lại")
    await stage.service.deliver()

    assert too_short.startswith("Anh/chị ghi rõ hơn bằng một câu, ví dụ: ")
    assert reopened.startswith("Đã mở lại: Phường 5, Báo cáo 6 tháng 2026.")
    assert "Tiếp nhận" in await clerk.buttons()
    assert "Lý do: «Số thu cần đối chiếu lại»" in await officer.screen()


async def test_a_bulk_acceptance_is_undone_with_one_press(stage: Stage) -> None:
    clerk = await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)
    for unit in ("phuong-1", "phuong-2"):
        ward = await stage.phone(f"Cán bộ {unit}", unit=unit)
        await report_in(stage, ward.id)
    await clerk.send("/duyet")
    await clerk.press("Tiếp nhận các mục không có ❗")

    taken = await clerk.press("Tiếp nhận 2 mục")
    first_row = (await clerk.last())["buttons"][0]
    undone = await clerk.press("Hoàn tác (còn 10 phút)")

    assert taken.startswith("✅ Đã tiếp nhận 2 mục.")
    assert [button["text"] for button in first_row] == ["Đã duyệt"]
    assert undone.startswith("Đã hoàn tác 2 mục, các mục này chờ duyệt lại.")
    assert "Chờ duyệt: 2 mục" in undone


async def test_where_only_a_correction_waits_the_bulk_acceptance_says_so(stage: Stage) -> None:
    officer, clerk = await people(stage)
    await report_in(stage, officer.id)
    await accept(stage, await submission_of(stage, officer.id), by=clerk.id)
    await officer.press("Báo cáo")
    await officer.press("Xin sửa")
    await officer.press("Thu ngân sách: 12 tỷ đồng")
    await officer.press("Tiếp ›")
    await officer.send("12,5")
    await officer.send("Kho bạc vừa đối chiếu lại")
    await officer.press("Gửi yêu cầu")

    await clerk.send("/duyet")
    screen = await clerk.press("Tiếp nhận các mục không có ❗")

    assert screen.startswith("Không có mục nào nhận ngay được: 1 đơn xin sửa. Anh/chị mở từng mục.")
