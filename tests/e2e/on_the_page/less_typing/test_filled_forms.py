"""A report of fifteen indicators goes in with its form in Excel, filled and sent back, and one tap."""

import asyncio
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.async_api import FilePayload, Locator, expect

from tests.e2e.on_the_page.seat import WIDTH, DemoSeat, newest
from tests.support.browser import button, phone

OFFICER = "Cán bộ Phường 5"
FORM = "BC-6-thang-2026_PHUONG-5.xlsx"
FIGURES = (12.5, 46.2, 68.4, 92.8, 210, 12, 140, 65, 3, 2, 96.5, 18, 4, 88.9, 6)
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def test_a_filled_form_goes_in_with_one_tap(seat: DemoSeat) -> None:
    shown = phone(seat.page, OFFICER)
    await shown.get_by_role("link", name="Mở đường dẫn").click()
    for label in ("Đồng ý", f"Dùng tên: {OFFICER}", "Chuyên viên", "Gửi số điện thoại của tôi", "Báo cáo"):
        await seat.press(shown, label)
    await seat.press(shown, "Tải mẫu Excel")

    await send(seat, shown, filled(await download(seat, shown)))
    await expect(newest(shown)).to_contain_text("Bot đọc được 15 chỉ tiêu, chưa ghi")
    await seat.press(shown, "Ghi và nộp")

    await expect(newest(shown)).to_contain_text("Đã nhận: Báo cáo 6 tháng 2026 · Phường 5")
    assert await seat.page.evaluate("document.documentElement.scrollWidth") == WIDTH


async def download(seat: DemoSeat, shown: Locator) -> bytes:
    link = shown.get_by_role("link", name=FORM).last
    await expect(link).to_be_visible()
    async with seat.page.expect_download() as loading:
        await link.click()
    saved = Path(await (await loading.value).path())
    return await asyncio.to_thread(saved.read_bytes)


def filled(form: bytes) -> bytes:
    book, saved = load_workbook(BytesIO(form)), BytesIO()
    for row, figure in enumerate(FIGURES, start=7):
        book.worksheets[0][f"G{row}"] = figure
    book.save(saved)
    return saved.getvalue()


async def send(seat: DemoSeat, shown: Locator, content: bytes) -> None:
    await seat.ground.pause()
    await button(shown, "Gửi tệp, ảnh hoặc thứ khác").click()
    async with seat.page.expect_file_chooser() as chooser:
        await shown.get_by_role("menuitem", name="Tệp").click()
        await (await chooser.value).set_files(FilePayload(name=FORM, mimeType=EXCEL, buffer=content))
