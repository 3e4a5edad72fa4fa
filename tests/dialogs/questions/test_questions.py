"""Questions typed on a phone: answered above the open screen, which stays one press away."""

import pytest

from domain.roles import Role
from tests.support.stage import Phone, Stage


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


@pytest.mark.parametrize("text", ["phường 3 nộp chưa", "phường 99 nộp chưa", "bhyt các phường", "ai chưa tham gia"])
async def test_a_question_beyond_ones_own_is_refused_alike_whether_or_not_there_is_such_a_unit(
    officer: Phone, text: str
) -> None:
    screen = await officer.send(text)

    assert screen.startswith("Anh/chị xem được: Phường 5, việc nộp của Cụm 1.")


async def test_a_text_that_says_nothing_is_answered_with_three_questions_that_fit(officer: Phone) -> None:
    screen = await officer.send("trời hôm nay đẹp quá")

    assert screen.startswith("Bot chưa hiểu tin này. Anh/chị bấm một nút bên dưới, hoặc hỏi, ví dụ:")
    assert "«hạn báo cáo 6 tháng khi nào», «Phường 5 nộp chưa», «ai chưa nộp báo cáo 6 tháng»" in screen


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("/Viec", "Việc của tôi"),
        ("viec", "Việc của tôi"),
        ("MENU", "Phường 5 · Cụm 1"),
        ("huỷ", "Đã dừng."),
        ("giúp", "Trợ giúp"),
        ("nộp báo cáo", "Báo cáo 6 tháng 2026"),
        ("gặp người thật", "Gọi ai?"),
    ],
)
async def test_words_open_their_screen_also_inside_a_report(officer: Phone, text: str, opens: str) -> None:
    await officer.send("/baocao")

    assert opens in (await officer.send(text)).splitlines()[0]


async def test_a_reason_is_a_reason_unless_it_is_a_command(officer: Phone) -> None:
    await officer.send("/baocao")
    await officer.press("Không có số liệu")

    kept = await officer.send("báo cáo chưa nộp lên cấp trên")
    await officer.press("Không có số liệu")
    left = await officer.send("menu")

    assert "2/15" in kept
    assert left.startswith("Phường 5 · Cụm 1")
