"""On a small phone, the standing body sends a plan's document, decides on its duties and loads it."""

from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Locator, expect

from plans.catalogue import parse_plan
from tests.e2e.on_the_page.seat import PICTURES, WIDTH, DemoSeat, newest
from tests.plan_texts.documents import plan_document
from tests.support.browser import button

CLERK, OFFICER = "Chuyên viên Sở Nội vụ", "Cán bộ Phường 5"
LARGEST_PICTURE = 150_000
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def test_a_plan_goes_from_its_document_to_loaded_duties(seat: DemoSeat, tmp_path: Path) -> None:
    shown = await seat.turn_to(CLERK)
    await sends_the_document(seat, shown)
    await decides_on_each_duty(seat, shown)
    await loads_the_plan(seat, shown, tmp_path)
    await the_officer_has_a_duty_more(seat)
    assert await seat.page.evaluate("document.documentElement.scrollWidth") == WIDTH


async def sends_the_document(seat: DemoSeat, shown: Locator) -> None:
    await seat.say(shown, "/docvanban")
    await expect(newest(shown)).to_contain_text("Đọc văn bản kế hoạch")

    await button(shown, "Gửi tệp, ảnh hoặc thứ khác").click()
    async with seat.page.expect_file_chooser() as chooser:
        await shown.get_by_role("menuitem", name="Tệp").click()
    await (await chooser.value).set_files(FilePayload(name="KH 15.docx", mimeType=WORD, buffer=plan_document()))

    await expect(newest(shown)).to_contain_text("3 hạn: ✅ 0 đúng · ⛔ 0 bỏ · ⏳ 3 chưa xem")
    await seat.picture("doc-van-ban-danh-sach")


async def decides_on_each_duty(seat: DemoSeat, shown: Locator) -> None:
    await seat.press(shown, "Xem hạn tiếp theo")
    await expect(newest(shown)).to_contain_text("Hạn: trước ngày 10/6, hằng năm")
    await expect(newest(shown)).to_contain_text("Ngày cuối: hết ngày 9/6 (thứ Ba) năm 2026")
    await seat.picture("doc-van-ban")
    await seat.press(shown, "Đúng")
    await expect(newest(shown)).to_contain_text("Hạn 2/3")
    await seat.press(shown, "Bỏ")
    await expect(newest(shown)).to_contain_text("Hạn 3/3")

    await seat.press(shown, "Sửa")
    await seat.press(shown, "Tên việc")
    await seat.say(shown, "Kế hoạch của trường")
    await expect(newest(shown)).to_contain_text("Kế hoạch của trường")
    await seat.press(shown, "‹ Xong")
    await seat.press(shown, "Đúng")

    await expect(newest(shown)).to_contain_text("3 hạn: ✅ 2 đúng · ⛔ 1 bỏ · ⏳ 0 chưa xem")


async def loads_the_plan(seat: DemoSeat, shown: Locator, folder: Path) -> None:
    await seat.press(shown, "Nạp kế hoạch…")
    await seat.press(shown, "Chỉ tiêu: ⚠ chưa có")
    await newest(shown).get_by_role("button", name="15 chỉ tiêu").click()
    await seat.press(shown, "Xem sẽ nạp gì")
    await expect(newest(shown)).to_contain_text("19/5/2026 Kế hoạch của trường: trường học")
    await seat.picture("nap-ke-hoach")
    await seat.press(shown, "Tải bản YAML")
    link = shown.get_by_role("link", name=".yaml").last
    async with seat.page.expect_download() as download:
        await link.click()
    await (await download.value).save_as(folder / "ke-hoach.yaml")
    await expect(newest(shown)).to_contain_text("Nạp «Công tác thi đua, khen thưởng năm 2026»?")
    await seat.press(shown, "Nạp kế hoạch")

    await expect(newest(shown)).to_contain_text("✅ Đã nạp, ")
    plan = parse_plan((folder / "ke-hoach.yaml").read_text("utf-8"), file="ke-hoach.yaml")
    assert [rule.title for rule in plan.deadlines][1:] == ["Kế hoạch của trường"]


async def the_officer_has_a_duty_more(seat: DemoSeat) -> None:
    shown = await seat.turn_to(OFFICER)
    await shown.get_by_role("link", name="Mở đường dẫn").click()
    for label in ("Đồng ý", f"Dùng tên: {OFFICER}", "Chuyên viên", "Gửi số điện thoại của tôi"):
        await seat.press(shown, label)
    await seat.press(shown, "Việc của tôi (3)")

    await expect(newest(shown)).to_contain_text("hết ngày 9/6 (thứ Ba)")


@pytest.mark.parametrize("name", ["doc-van-ban-danh-sach", "doc-van-ban", "nap-ke-hoach"])
def test_the_kept_pictures_are_small(name: str) -> None:
    assert 0 < (PICTURES / f"{name}.png").stat().st_size < LARGEST_PICTURE
