"""Figures pasted into a report, or sent elsewhere: one table, looked over and entered with one tap."""

import unicodedata
from decimal import Decimal

import pytest

from domain.plans.deadlines import DutyKind
from tests.support.stage import Phone, Stage
from tests.support.steps.filling import acting, duty, hand_in_pledge, remember_last_year
from usecases.submissions.reports import enter_value, read_report

REPORT = """Thu ngân sách: 12,5 tỷ đồng
Tỷ lệ giải ngân vốn đầu tư công: 46,2%
Thu nhập bình quân đầu người: 68,4 triệu đồng/người/năm
Tỷ lệ bao phủ bảo hiểm y tế: 93,4%
Số người tham gia bảo hiểm xã hội tự nguyện: 210 người
Số hộ nghèo giảm: 12 hộ
Số lao động được giới thiệu việc làm: 140 người
Số lao động được dạy nghề: 65 người
Số sáng kiến, mô hình cải cách hành chính: 3 mô hình
Số lượt vi phạm kỷ luật, giờ giấc làm việc: 2 lượt
Tỷ lệ hồ sơ đất đai giải quyết đúng hạn: 96,5%
Số hoạt động văn hóa, thể thao: 18 hoạt động
Số vụ phạm pháp hình sự: 4 vụ
Tỷ lệ khu phố không có ma túy: 88,9%
Số đảng viên mới kết nạp: 6 người"""
THREE = "Thu ngân sách 12,5 tỷ\nTỷ lệ bao phủ bảo hiểm y tế 93,4%\nSố hộ nghèo giảm 12 hộ"


@pytest.fixture
async def officer(stage: Stage) -> Phone:
    return await stage.phone("Cán bộ Phường 5", unit="phuong-5")


async def figures(stage: Stage, officer: Phone) -> dict[str, Decimal]:
    report = await duty(stage, officer.id, DutyKind.REPORT)
    async with acting(stage, officer.id) as ctx:
        lines = (await read_report(ctx, report.id)).lines
    return {line.indicator: line.value for line in lines if line.value is not None}


async def test_a_report_of_fifteen_goes_in_with_one_paste_and_one_tap(stage: Stage, officer: Phone) -> None:
    await officer.press("Báo cáo")

    table = await officer.send(REPORT)
    receipt = await officer.press("Ghi và nộp")

    assert table.startswith(
        "Báo cáo 6 tháng 2026 · Phường 5\nBot đọc được 15 chỉ tiêu, chưa ghi:\n1. Thu ngân sách: 12,5"
    )
    assert receipt.startswith("✅ Đã nhận: Báo cáo 6 tháng 2026 · Phường 5")
    assert len(await figures(stage, officer)) == 15


async def test_from_elsewhere_it_takes_one_tap_more(stage: Stage, officer: Phone) -> None:
    offered = await officer.send(REPORT)
    before = await figures(stage, officer)
    await officer.press("Đưa vào Báo cáo 6 tháng 2026")
    receipt = await officer.press("Ghi và nộp")

    assert offered.startswith("Bot nhận ra 15 chỉ tiêu trong tin này.")
    assert before == {}
    assert receipt.startswith("✅ Đã nhận: Báo cáo 6 tháng 2026 · Phường 5")


@pytest.mark.parametrize("place", ["/baocao", "/menu"])
async def test_a_question_with_numbers_stays_a_question(officer: Phone, place: str) -> None:
    await officer.send(place)

    for text in ("hạn giao ước 2026 khi nào", "bhyt phường 5 bao nhiêu", "thu ngân sách phường 1 và bhyt phường 2"):
        screen = await officer.send(text)

        assert "chưa ghi" not in screen
        assert "Bot nhận ra" not in screen


async def test_spellings_of_the_letters_do_not_matter(stage: Stage, officer: Phone) -> None:
    await officer.press("Báo cáo")

    await officer.send(unicodedata.normalize("NFD", THREE))
    summary = await officer.press("Ghi 3 chỉ tiêu")

    assert summary.startswith("✓ Đã ghi 3 chỉ tiêu.\n\nBáo cáo 6 tháng 2026 · Phường 5")
    assert await figures(stage, officer) == {
        "thu-ngan-sach": Decimal("12.5"),
        "bhyt": Decimal("93.4"),
        "ho-ngheo-giam": Decimal(12),
    }


async def test_what_is_not_exact_is_asked_back_and_the_rest_is_not_lost(stage: Stage, officer: Phone) -> None:
    await officer.press("Báo cáo")

    asked = await officer.send("Thu ngân sách 12,5 tỷ\nTỷ lệ bao phủ bảo hiểm y tế khoảng 93%\nhọp dân 3 buổi")
    table = await officer.press("93 %")
    await officer.press("Ghi 2 chỉ tiêu")

    assert "chưa phải số chính xác" in asked
    assert "Tỷ lệ bao phủ bảo hiểm y tế (%): anh/chị ghi số nào?" in asked
    assert "«họp dân 3 buổi»" in asked
    assert "Tỷ lệ bao phủ bảo hiểm y tế: 93 %" in table
    assert await figures(stage, officer) == {"thu-ngan-sach": Decimal("12.5"), "bhyt": Decimal(93)}


async def test_a_second_paste_adds_to_the_table(stage: Stage, officer: Phone) -> None:
    await officer.press("Báo cáo")
    await officer.send("Thu ngân sách 12,5 tỷ\nSố hộ nghèo giảm 12 hộ")

    added = await officer.send("Thu ngân sách 13 tỷ; Tỷ lệ bao phủ bảo hiểm y tế 93,4%")
    await officer.press("Ghi 3 chỉ tiêu")

    assert added.startswith("Đọc thêm 2 chỉ tiêu, trong đó 1 số thay số trước. Cả bảng có 3 số, chưa ghi.")
    assert (await figures(stage, officer))["thu-ngan-sach"] == Decimal(13)


async def test_an_edited_message_is_read_again(stage: Stage, officer: Phone) -> None:
    await officer.press("Báo cáo")
    await officer.send(THREE)
    pasted = [message for message in await officer.messages() if not message["from"]["is_bot"]][-1]

    body = {"as": officer.id, "message_id": pasted["message_id"], "text": THREE.replace("12,5 tỷ", "13,5 tỷ")}
    await stage.post(f"/sandbox/chats/{officer.id}/edit", **body)
    await stage.settle()
    table = await officer.screen()
    await officer.press("Ghi 3 chỉ tiêu")

    assert "1. Thu ngân sách: 13,5 tỷ đồng" in table
    assert (await figures(stage, officer))["thu-ngan-sach"] == Decimal("13.5")


async def test_the_column_of_a_copied_table_is_found_by_its_heading(officer: Phone) -> None:
    await officer.press("Báo cáo")

    rows = ("STT\tChỉ tiêu\tĐVT\tKế hoạch\tThực hiện", "1\tThu ngân sách\ttỷ đồng\t15\t13,1", "2\tBHYT\t%\t95\t93,6")
    table = await officer.send("\n".join(rows))

    assert "Bot đọc được 2 chỉ tiêu, chưa ghi:\n1. Thu ngân sách: 13,1 tỷ đồng\n4. Tỷ lệ bao phủ" in table
    assert await officer.buttons() == ["Ghi 2 chỉ tiêu", "Sửa một dòng", "‹ Không ghi"]


async def test_last_periods_figures_are_a_proposal_in_which_a_few_lines_change(stage: Stage, officer: Phone) -> None:
    last = {"thu-ngan-sach": Decimal("11.5"), "bhyt": Decimal("92.8")}
    await remember_last_year(stage, "phuong-5", by=officer.id, figures=last)
    await officer.press("Báo cáo")

    proposed = await officer.press("Như 6 tháng 2025, sửa vài dòng")
    before = await figures(stage, officer)
    await officer.send("Thu ngân sách 12 tỷ\nSố hộ nghèo giảm 9 hộ")
    await officer.press("Ghi 3 chỉ tiêu")

    assert "Số của 6 tháng 2025, chưa ghi." in proposed
    assert "2 dòng vẫn bằng 6 tháng 2025: anh/chị xem kỹ rồi hãy ghi." in proposed
    assert "Còn 13 chỉ tiêu chưa có số" in proposed
    assert before == {}
    assert await figures(stage, officer) == {
        "thu-ngan-sach": Decimal(12),
        "bhyt": Decimal("92.8"),
        "ho-ngheo-giam": Decimal(9),
    }


async def test_last_periods_figures_alone_are_not_handed_in_at_once(stage: Stage, officer: Phone) -> None:
    report = await duty(stage, officer.id, DutyKind.REPORT)
    async with acting(stage, officer.id) as ctx:
        asked = [line.indicator for line in (await read_report(ctx, report.id)).lines]
    last = dict.fromkeys(asked, Decimal(50))
    await remember_last_year(stage, "phuong-5", by=officer.id, figures=last)
    await officer.press("Báo cáo")

    await officer.press("Như 6 tháng 2025, sửa vài dòng")
    proposed = await officer.buttons()
    await officer.press("Ghi 15 chỉ tiêu")

    assert "Ghi và nộp" not in proposed
    assert "Nộp báo cáo" in await officer.buttons()


async def test_a_reason_is_asked_for_after_all_others_are_entered(stage: Stage, officer: Phone) -> None:
    await remember_last_year(stage, "phuong-5", by=officer.id, figures={"thu-ngan-sach": Decimal(30)})
    await officer.press("Báo cáo")
    screen = await officer.send(THREE)
    if "khác xa" in screen:
        await officer.press("12,5 tỷ đồng")

    asked = await officer.press("Ghi 3 chỉ tiêu")
    entered = await figures(stage, officer)
    corrected = await officer.send("thu ngân sách 13 tỷ")
    summary = await officer.send("Năm nay dồn sang quý sau")

    assert asked.startswith("✓ Đã ghi 2 chỉ tiêu. Còn 1 số cần lý do.\n\nThu ngân sách: 12,5 tỷ đồng, thấp hơn 58 %")
    assert len(entered) == 2
    assert corrected.startswith(
        "Đổi «Thu ngân sách» thành 13 tỷ đồng, chưa ghi.\n\nThu ngân sách: 13 tỷ đồng, thấp hơn"
    )
    assert summary.startswith("✓ Thu ngân sách: 13 tỷ đồng\n\nBáo cáo 6 tháng 2026 · Phường 5")
    assert (await figures(stage, officer))["thu-ngan-sach"] == Decimal(13)


async def test_a_colleagues_figure_in_between_is_shown_before_it_is_replaced(stage: Stage, officer: Phone) -> None:
    colleague = await stage.phone("Cán bộ thứ hai Phường 5", unit="phuong-5")
    report = await duty(stage, officer.id, DutyKind.REPORT)
    await officer.press("Báo cáo")
    await officer.send(THREE)
    async with acting(stage, colleague.id) as ctx:
        await enter_value(ctx, report.id, indicator="thu-ngan-sach", value=Decimal(14))

    refused = await officer.press("Ghi 3 chỉ tiêu")
    shown = await officer.screen()
    between = await figures(stage, officer)
    await officer.press("Ghi 3 chỉ tiêu")

    assert refused.startswith("Vừa có người trong đơn vị sửa nội dung này, nên chưa ghi gì.")
    assert "Thu ngân sách: 14 → 12,5 tỷ đồng" in shown
    assert "Cán bộ thứ hai Phường 5 đã ghi số cũ" in shown
    assert between == {"thu-ngan-sach": Decimal(14)}
    assert (await figures(stage, officer))["thu-ngan-sach"] == Decimal("12.5")


async def test_a_name_that_was_corrected_is_understood_the_next_time(officer: Phone) -> None:
    await officer.press("Báo cáo")
    first = await officer.send("Tổng thu cân đối: 12,5 tỷ\nSố hộ nghèo giảm 12 hộ")
    await officer.press("Sửa một dòng")
    await officer.press("«Tổng thu cân đối: 12,5 tỷ»")
    await officer.press("1. Thu ngân sách")
    await officer.press("Ghi 2 chỉ tiêu")

    again = await officer.send("Tổng thu cân đối: 13 tỷ\nSố hộ nghèo giảm 13 hộ")

    assert "Chưa hiểu: «Tổng thu cân đối: 12,5 tỷ»" in first
    assert "1. Thu ngân sách: 12,5 → 13 tỷ đồng" in again
    assert "Chưa hiểu" not in again


async def test_a_pledge_takes_a_table_where_its_campaigns_are_chosen(officer: Phone) -> None:
    await officer.press("Giao ước")

    table = await officer.send(REPORT)
    await officer.press("Ghi 15 chỉ tiêu")
    await officer.press("Phong trào")
    await officer.press("Dân vận khéo")
    await officer.press("Tiếp ›")
    receipt = await officer.press("Nộp giao ước")

    assert "Còn thiếu: chọn phong trào thi đua" in table
    assert receipt.startswith("✅ Đã nhận: Giao ước thi đua 2026 · Phường 5")


async def test_the_open_line_by_its_name_is_an_answer_and_no_table(stage: Stage, officer: Phone) -> None:
    await officer.press("Báo cáo")

    screen = await officer.send("thu ngân sách 12,5 tỷ")
    other = await officer.send("bao phủ bảo hiểm y tế 93,4%")

    assert screen.startswith("✓ Thu ngân sách: 12,5 tỷ đồng")
    assert "4. Tỷ lệ bao phủ bảo hiểm y tế: 93,4 %" in other
    assert await figures(stage, officer) == {"thu-ngan-sach": Decimal("12.5")}


async def test_an_open_pledge_and_an_open_report_are_both_offered(stage: Stage, officer: Phone) -> None:
    await officer.send(THREE)
    both = await officer.buttons()
    await hand_in_pledge(stage, officer.id)
    await officer.press("‹ Quay lại")
    await officer.send(THREE)

    assert both == ["Đưa vào Báo cáo 6 tháng 2026", "Đưa vào Giao ước thi đua 2026", "‹ Quay lại"]
    assert await officer.buttons() == ["Đưa vào Báo cáo 6 tháng 2026", "‹ Quay lại"]


async def test_a_button_of_a_table_that_has_changed_enters_nothing(stage: Stage, officer: Phone) -> None:
    colleague = await stage.phone("Cán bộ thứ hai Phường 5", unit="phuong-5")
    report = await duty(stage, officer.id, DutyKind.REPORT)
    await officer.press("Báo cáo")
    await officer.send(THREE)
    old = await officer.last()
    await officer.send("/menu")
    async with acting(stage, colleague.id) as ctx:
        await enter_value(ctx, report.id, indicator="thu-ngan-sach", value=Decimal(14))

    body = {"as": officer.id, "text": "Ghi 3 chỉ tiêu", "message_id": old["message_id"]}
    async with stage.http.post(f"{stage.sandbox.url}/sandbox/chats/{officer.id}/press", json=body) as answer:
        pressed = answer.status
    await stage.settle()

    assert pressed in (200, 404)
    assert await figures(stage, officer) == {"thu-ngan-sach": Decimal(14)}
