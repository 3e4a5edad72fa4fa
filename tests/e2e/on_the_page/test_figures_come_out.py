"""What comes out of the demo on a small phone: an answer and charts for the leader, the workbook and the draft for
the standing body.
"""

import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.async_api import Locator, expect

from tests.e2e.on_the_page.seat import PICTURES, WIDTH, DemoSeat, newest, writes_pictures
from tests.support.office import convert, need_office

LEADER, CLERK = "Chủ tịch UBND tỉnh Mẫu", "Chuyên viên Sở Nội vụ"
LARGEST_PICTURE = 150_000


async def test_figures_come_out(seat: DemoSeat, tmp_path: Path) -> None:
    need_office()
    await the_leader_asks_in_words(seat)
    await the_leader_looks_at_charts(seat)
    await the_standing_body_compiles(seat, tmp_path)
    assert await seat.page.evaluate("document.documentElement.scrollWidth") == WIDTH


async def the_leader_asks_in_words(seat: DemoSeat) -> None:
    shown = await seat.turn_to(LEADER)
    await seat.say(shown, "chua nop bc 6 thang cum 1")

    await expect(newest(shown)).to_contain_text("Báo cáo 6 tháng 2026")
    await expect(newest(shown)).to_contain_text("Phường 5, Phường 6")
    await seat.picture("hoi-dap")


async def the_leader_looks_at_charts(seat: DemoSeat) -> None:
    shown = await seat.turn_to(LEADER)
    await seat.say(shown, "/tinhhinh")
    await seat.press(shown, "⏳ Báo cáo 6 tháng 2026 (9/12)")
    await seat.press(shown, "Biểu đồ")
    pictures = shown.locator(".message:not(.out) img")
    charts = {"Tiến độ theo cụm": "bieu-do-tien-do", "So với giao ước": "bieu-do-giao-uoc"}
    for number, (label, name) in enumerate(charts.items(), start=1):
        await seat.press(shown, label)
        await expect(pictures).to_have_count(number)
        # The choice of charts stands below each picture: it is scrolled out, so that the words are seen.
        await pictures.last.evaluate("picture => picture.closest('.message').scrollIntoView()")
        await seat.picture(name)


async def the_standing_body_compiles(seat: DemoSeat, folder: Path) -> None:
    shown = await seat.turn_to(CLERK)
    await seat.say(shown, "/tonghop")
    await seat.press(shown, "Báo cáo 6 tháng 2026 (9/12)")
    await expect(newest(shown)).to_contain_text("Tổng hợp Báo cáo 6 tháng 2026")
    await seat.picture("tong-hop")

    await seat.press(shown, "Xuất Excel")
    workbook = await downloaded(seat, shown, folder, ".xlsx")
    await seat.press(shown, "Dự thảo báo cáo (Word)")
    draft = await downloaded(seat, shown, folder, ".docx")

    book = load_workbook(workbook)
    assert book.sheetnames[:3] == ["Tất cả", "Cụm 1", "Cụm 2"]
    if writes_pictures():
        await show_pages(workbook, draft)


async def downloaded(seat: DemoSeat, shown: Locator, folder: Path, ending: str) -> Path:
    link = shown.get_by_role("link", name=ending).last
    await expect(link).to_be_visible()
    async with seat.page.expect_download() as download:
        await link.click()
    target = folder / f"tep{ending}"
    await (await download.value).save_as(target)
    return target


async def show_pages(workbook: Path, draft: Path) -> None:
    """Take a picture of the sheet's first figures and of the draft's first page, as LibreOffice prints them."""
    convert(workbook.parent, workbook.name, to="pdf:calc_pdf_Export")
    workbook.with_suffix(".pdf").rename(workbook.with_name("excel.pdf"))
    convert(draft.parent, draft.name, to="pdf")
    excel = workbook.with_name("excel.pdf")
    for pdf, page, name in ((excel, "2", "tong-hop-excel"), (draft.with_suffix(".pdf"), "1", "du-thao")):
        command = ["pdftoppm", "-png", "-r", "70", "-singlefile", "-f", page, str(pdf), str(PICTURES / name)]
        subprocess.run(command, check=True)  # noqa: ASYNC221 (nothing else waits)


@pytest.mark.parametrize(
    "name", ["hoi-dap", "bieu-do-tien-do", "bieu-do-giao-uoc", "tong-hop", "tong-hop-excel", "du-thao"]
)
def test_the_kept_pictures_are_small(name: str) -> None:
    assert 0 < (PICTURES / f"{name}.png").stat().st_size < LARGEST_PICTURE
