"""Questions typed on a phone: answered above the open screen, which stays one press away."""

import pytest

from domain.roles import Role
from tests.support.stage import Phone, Stage
from tests.support.steps.filling import hand_in_report


@pytest.fixture
async def leader(stage: Stage) -> Phone:
    return await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)


@pytest.fixture
async def officer(stage: Stage) -> Phone:
    return await stage.phone("Cán bộ Phường 5", unit="phuong-5")


async def test_a_leader_goes_down_from_the_authority_to_the_unit_and_back(leader: Phone) -> None:
    asked = await leader.send("ai chua nop bc 6 thang")
    cluster = await leader.press("Cụm 2")
    unit = await leader.press("Phường 4")

    assert asked.startswith("Chưa nộp · Báo cáo 6 tháng 2026 · lúc 08:00, 5/5\nĐã nộp 0/12 (0 %)")
    assert cluster.startswith("Chưa nộp · Báo cáo 6 tháng 2026 · Cụm 2 · lúc 08:00, 5/5\nĐã nộp 0/6 (0 %)")
    assert unit.startswith("Tình hình nộp · Phường 4 · lúc 08:00, 5/5")
    assert await leader.press("‹ Quay lại") == cluster
    assert await leader.press("‹ Quay lại") == asked
    assert (await leader.press("‹ Quay lại")).startswith("UBND tỉnh Mẫu")


async def test_a_question_inside_a_report_keeps_the_report_one_press_away(officer: Phone) -> None:
    await officer.send("/baocao")

    answered = await officer.send("hạn giao ước khi nào")
    back = await officer.press("‹ Quay lại")

    assert "Giao ước thi đua 2026: hạn 29/3" in answered
    assert back.startswith("Báo cáo 6 tháng 2026 · 1/15")


async def test_what_can_be_meant_in_two_ways_is_asked_back(leader: Phone) -> None:
    asked = await leader.send("bao hiem")
    answered = await leader.press("Số liệu · Tỷ lệ bao phủ bảo hiểm y tế · Báo cáo 6 tháng 2026")

    assert asked.startswith("Anh/chị muốn hỏi điều nào?")
    assert "Có số 0/" in answered


async def test_a_question_beyond_ones_own_is_refused_alike_whether_or_not_there_is_such_a_unit(officer: Phone) -> None:
    for text in ("phường 3 nộp chưa", "phường 99 nộp chưa", "bhyt các phường", "ai chưa tham gia"):
        screen = await officer.send(text)

        assert screen.startswith("Anh/chị xem được: Phường 5, việc nộp của Cụm 1."), text


async def test_a_text_that_says_nothing_is_answered_with_three_questions_that_fit(officer: Phone) -> None:
    screen = await officer.send("trời hôm nay đẹp quá")

    assert screen.startswith("Bot chưa hiểu tin này. Anh/chị bấm một nút bên dưới, hoặc hỏi, ví dụ:")
    assert "«hạn báo cáo 6 tháng khi nào», «Phường 5 nộp chưa», «ai chưa nộp báo cáo 6 tháng»" in screen


DOORS = {
    "/Viec": "Việc của tôi",
    "viec": "Việc của tôi",
    "MENU": "Phường 5 · Cụm 1",
    "huỷ": "Đã dừng.",
    "giúp": "Trợ giúp",
    "nộp báo cáo": "Báo cáo 6 tháng 2026",
    "xin gia hạn với": "Xin gia hạn",
    "gặp người thật": "Gọi ai?",
}
"""{what is typed: how the screen begins that it opens}."""


async def test_words_open_their_screen_also_inside_a_report(officer: Phone) -> None:
    for text, opens in DOORS.items():
        await officer.send("/baocao")

        assert (await officer.send(text)).startswith(opens), text


async def test_a_reason_is_a_reason_unless_it_is_a_command(officer: Phone) -> None:
    await officer.send("/baocao")
    await officer.press("Không có số liệu")

    kept = await officer.send("báo cáo chưa nộp lên cấp trên")
    await officer.press("Không có số liệu")
    left = await officer.send("menu")

    assert "2/15" in kept
    assert left.startswith("Phường 5 · Cụm 1")


async def test_an_answer_goes_into_the_group_with_units_and_counts_only(stage: Stage, leader: Phone) -> None:
    head = await stage.phone("Cụm trưởng Cụm 1", unit="phuong-1")
    group = await stage.group("Nhóm Cụm 1", head)
    await group.send(head, "/ganketcum")
    await leader.send("ai chưa nộp báo cáo 6 tháng cụm 1")

    told = await leader.press("Gửi vào nhóm")
    await stage.service.tick()
    again = await leader.press("Gửi vào nhóm")

    posted = (await group.last(head))["text"]
    assert told.startswith("✅ Đã gửi vào nhóm của Cụm 1.")
    assert posted.startswith("Cụm 1 · Báo cáo 6 tháng 2026 · lúc 08:0")
    assert "Chưa nộp: Phường 1, Phường 2, Trường THPT Mẫu, Sở Tài chính, Phường 5, Phường 6" in posted
    assert again.startswith("Câu trả lời này đã gửi vào nhóm lúc 08:0")


@pytest.mark.usefixtures("officer")
async def test_a_leader_reminds_and_exports_from_the_answer(leader: Phone) -> None:
    await leader.send("ai chưa nộp báo cáo 6 tháng cụm 1")

    exported = await leader.press("Xuất Excel")
    asked = await leader.press("Nhắc 6 đơn vị này")
    sent = await leader.press("Gửi nhắc")

    files = [message["document"]["file_name"] for message in await leader.messages() if message.get("document")]
    assert [name.split("_")[0] for name in files] == ["tinh-hinh"]
    assert exported.startswith("Chưa nộp · Báo cáo 6 tháng 2026 · Cụm 1")
    assert asked.startswith("Gửi nhắc cho 1 đơn vị?")
    assert sent.startswith("✅ Đã gửi nhắc cho 1 đơn vị.")


async def test_the_standing_body_goes_down_to_the_submission_with_its_papers(stage: Stage) -> None:
    clerk = await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)
    await hand_in_report(stage, (await stage.phone("Cán bộ Phường 1", unit="phuong-1")).id)

    await clerk.send("p1 nộp bc 6 tháng chưa")
    sheet = await clerk.press("Xem Báo cáo 6 tháng 2026")

    assert sheet.startswith("Phường 1 · Báo cáo 6 tháng 2026")


async def test_an_officer_takes_the_blank_form(officer: Phone) -> None:
    asked = await officer.send("tải mẫu báo cáo")
    await officer.press("Tải mẫu (Excel)")

    files = [message["document"]["file_name"] for message in await officer.messages() if message.get("document")]
    assert "15 chỉ tiêu · hạn: hết ngày 14/5 (thứ Năm)" in asked
    assert files == ["BC-6-thang-2026_PHUONG-5.xlsx"]


async def test_a_group_is_not_answered(stage: Stage, leader: Phone) -> None:
    group = await stage.group("Nhóm Cụm 1", leader)
    before = len(await group.messages(leader))

    await stage.post(f"/sandbox/chats/{group.id}/send", **{"as": leader.id, "text": "phường 5 nộp chưa"})
    await stage.settle()

    assert len(await group.messages(leader)) == before + 1


async def test_words_after_the_status_command_are_read_as_a_question_if_they_name_nothing(leader: Phone) -> None:
    named = await leader.send("/tinhhinh cụm 1")
    asked = await leader.send("/TinhHinh p5 bc 6 thang")
    unknown = await leader.send("/tinhhinh cụm 9")

    assert named.startswith("Tình hình nộp · Cụm 1 · lúc")
    assert asked.startswith("Tình hình nộp · Báo cáo 6 tháng 2026 · Phường 5")
    assert unknown.startswith("Không có cụm «cụm 9». Các cụm: Cụm 1, Cụm 2.")
