"""The demo as a person plays it on its page on a small phone: an officer's first week, their group, their leader.

With THIDUA_WRITE_SCREENSHOTS=1 the pictures of docs/man-hinh are taken again.
"""

import re
from collections.abc import Iterable

import pytest
from playwright.async_api import FilePayload, expect

from tests.e2e.on_the_page.seat import PICTURES, WIDTH, DemoSeat, newest
from tests.e2e.playground import Player, Playground
from tests.support.browser import button, phone
from tests.support.files import pdf

OFFICER, GROUP, LEADER = "Cán bộ Phường 5", "Nhóm Cụm 1", "Chủ tịch UBND tỉnh Mẫu"
OFFICER_ID = 101
LARGEST_PICTURE = 150_000
FIRST_FIGURES = ("12,5 tỷ", "46,2%", "68,4")
OTHER_FIGURES = ("92,8", "210", "12", "140", "65", "3", "2", "96,5", "18", "4", "88,9", "6")


async def test_the_first_week_of_an_officer(seat: DemoSeat) -> None:
    await reads_what_it_is_and_what_to_press(seat)
    await joins_by_the_card(seat)
    await hands_in_some_figures(seat)
    await uploads_a_file_where_a_number_is_awaited(seat)
    await is_reminded_with_a_button(seat)
    await finishes_and_the_board_of_the_group_changes(seat)
    await the_leader_asks_for_the_status(seat)
    assert await seat.page.evaluate("document.documentElement.scrollWidth") == WIDTH


async def reads_what_it_is_and_what_to_press(seat: DemoSeat) -> None:
    shown = phone(seat.page, OFFICER)
    note, guide = seat.page.locator(".brand-note"), seat.page.locator("#guide")
    await expect(note).to_contain_text("bot thi đua, khen thưởng của một tỉnh mẫu; không gửi gì ra ngoài máy này")
    await expect(guide).to_contain_text("Mỗi tên ở hàng trên là một điện thoại")
    await expect(shown).to_contain_text("Bấm «Mở đường dẫn»")
    for part in (note, guide, button(seat.page, "Tua đồng hồ để bot nhắc hạn")):
        await expect(part).to_be_in_viewport(ratio=1)
    others = seat.page.get_by_role("navigation").get_by_role("button")
    await expect(others.nth(1)).to_be_in_viewport(ratio=0.3)
    await button(seat.page, "Tua đồng hồ để bot nhắc hạn").click()
    await expect(button(seat.page, "Đến mốc nhắc kế tiếp")).to_be_visible()
    await seat.page.keyboard.press("Escape")


async def joins_by_the_card(seat: DemoSeat) -> None:
    shown = phone(seat.page, OFFICER)
    await shown.get_by_role("link", name="Mở đường dẫn").click()
    await expect(newest(shown)).to_contain_text("Trước khi bắt đầu")

    for label in ("Đồng ý", f"Dùng tên: {OFFICER}", "Chuyên viên", "Gửi số điện thoại của tôi"):
        await seat.press(shown, label)

    await expect(newest(shown)).to_contain_text("Còn 2 việc phải nộp")
    await expect(button(shown, "Việc của tôi (2)")).to_be_visible()


async def hands_in_some_figures(seat: DemoSeat) -> None:
    shown = phone(seat.page, OFFICER)
    await seat.press(shown, "Báo cáo")
    await expect(newest(shown)).to_contain_text("Báo cáo 6 tháng 2026 · 1/15")

    for number, figure in enumerate(FIRST_FIGURES, start=2):
        await seat.say(shown, figure)
        await expect(newest(shown)).to_contain_text(f"Báo cáo 6 tháng 2026 · {number}/15")


async def uploads_a_file_where_a_number_is_awaited(seat: DemoSeat) -> None:
    shown = phone(seat.page, OFFICER)
    paper = FilePayload(name="Tờ trình Phường 5.pdf", mimeType="application/pdf", buffer=pdf(2))

    await button(shown, "Gửi tệp, ảnh hoặc thứ khác").click()
    async with seat.page.expect_file_chooser() as chooser:
        await shown.get_by_role("menuitem", name="Tệp").click()
    await (await chooser.value).set_files(paper)

    await expect(shown.get_by_role("link", name=f"Tải về {paper['name']}")).to_be_visible()
    await expect(newest(shown)).to_contain_text("Bot không thấy số của chỉ tiêu nào")
    await expect(newest(shown)).to_contain_text("Báo cáo 6 tháng 2026 · 4/15")


async def is_reminded_with_a_button(seat: DemoSeat) -> None:
    shown = phone(seat.page, OFFICER)
    await button(seat.page, "Chỉnh đồng hồ").click()
    await button(seat.page, "Đến mốc nhắc kế tiếp").click()

    await expect(seat.page.get_by_label("Giờ của sân tập")).to_contain_text("thứ Năm, 7/5/2026 07:3")
    await expect(newest(shown)).to_contain_text("Nhắc hạn · Phường 5")
    await expect(newest(shown)).to_contain_text("còn 7 ngày, hết ngày 14/5 (thứ Năm). Đã điền 3/15")
    await button(seat.page, "Chỉnh đồng hồ").click()
    await expect(button(shown, "Điền tiếp (3/15)")).to_be_in_viewport(ratio=1)
    await seat.picture("can-bo")

    await seat.press(shown, "Điền tiếp (3/15)")
    await expect(newest(shown)).to_contain_text("Báo cáo 6 tháng 2026 · 4/15")


async def finishes_and_the_board_of_the_group_changes(seat: DemoSeat) -> None:
    group = await seat.turn_to(GROUP)
    board = group.locator(".message", has_text="Cụm 1 · Báo cáo 6 tháng 2026").first
    await expect(board).to_contain_text("2: Phường 5, Phường 6")
    await expect(button(group, "Đến tin đã ghim: Cụm 1 · Báo cáo 6 tháng 2026")).to_be_visible()

    await finish_the_figures(seat.ground, OTHER_FIGURES)
    shown = await seat.turn_to(OFFICER)
    await seat.press(shown, "Nộp báo cáo")
    await expect(newest(shown)).to_contain_text("Đã nhận: Báo cáo 6 tháng 2026 · Phường 5")

    await seat.turn_to(GROUP)
    await expect(board).to_contain_text(re.compile("5/6: .*Phường 5"))
    await expect(board).to_contain_text("1: Phường 6")
    await expect(board).to_contain_text("đã sửa")
    await button(group, "Đến tin đã ghim: Cụm 1 · Báo cáo 6 tháng 2026").click()
    await expect(board).to_be_in_viewport(ratio=1)
    await seat.picture("nhom-cum")


async def finish_the_figures(ground: Playground, figures: Iterable[str]) -> None:
    """Submit the rest through HTTP: on the page it would be the same twelve times."""
    assert "Nộp báo cáo" not in await Player(ground, OFFICER_ID).send_all(figures)


async def the_leader_asks_for_the_status(seat: DemoSeat) -> None:
    shown = await seat.turn_to(LEADER)
    await seat.say(shown, "/tinhhinh")

    await expect(newest(shown)).to_contain_text("Tình hình nộp")
    await expect(newest(shown)).to_contain_text("Báo cáo 6 tháng 2026 · hạn hết 14/5: 10/12, thiếu 2")
    await expect(shown.get_by_role("button", name="Báo cáo 6 tháng 2026 (10/12)")).to_be_visible()
    await seat.picture("lanh-dao")


@pytest.mark.parametrize("name", ["can-bo", "nhom-cum", "lanh-dao"])
def test_the_kept_pictures_are_small(name: str) -> None:
    assert 0 < (PICTURES / f"{name}.png").stat().st_size < LARGEST_PICTURE
