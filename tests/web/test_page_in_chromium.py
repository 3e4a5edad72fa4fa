"""A paper too large for Telegram: sent in the chat, uploaded on the page of a small phone, cut off and resumed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route, expect

from domain.upload_links import MEGABYTE
from tests.support import files
from tests.support.browser import button, open_page
from tests.support.files import large_pdf
from tests.support.stage import Phone, Stage, on_stage, opened_product
from tests.support.steps.dossiers import DECEMBER, ward_dossier
from tests.web.uploading import page_host, with_page

pytestmark = pytest.mark.long

WIDTH, HEIGHT = 390, 844
NAME = "Tờ trình đề nghị.pdf"
SIZE = 24 * MEGABYTE
A_MINUTE = 60_000
"""Milliseconds for what takes long on a busy machine."""


@dataclass
class LargePaper:
    """An officer with a dossier, a large file on the phone, and the phone's browser."""

    stage: Stage
    officer: Phone
    page: Page
    file: Path
    pictures: Path

    async def link(self) -> str:
        """Return the address below the newest message that has one."""
        rows = [row for message in reversed(await self.officer.messages()) for row in message["buttons"]]
        return next(str(key["url"]) for row in rows for key in row if "url" in key)

    async def picture(self, name: str) -> None:
        await self.page.screenshot(path=self.pictures / f"{name}.png", animations="disabled", full_page=True)


@pytest.fixture
async def large(browser: Browser, tmp_path: Path) -> AsyncIterator[LargePaper]:
    file = tmp_path / NAME
    file.write_bytes(large_pdf(SIZE))
    async with (
        opened_product(tmp_path / "product", at=DECEMBER) as product,
        page_host(product, tmp_path / "uploads") as host,
        on_stage(with_page(product, host.url)) as stage,
        open_page(browser, width=WIDTH, height=HEIGHT) as page,
    ):
        yield LargePaper(stage, await ward_dossier(stage), page, file, tmp_path)


@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")
async def test_a_large_paper_is_offered_a_page_uploaded_cut_off_and_resumed(large: LargePaper) -> None:
    await large.officer.upload(NAME, large.file.read_bytes())
    await is_offered_the_page(large)
    await large.page.goto(await large.link())
    await reads_what_to_do(large)
    await is_cut_off_at_ninety_percent(large)
    await goes_on_by_itself(large)
    await is_told_in_the_chat(large)


async def is_offered_the_page(large: LargePaper) -> None:
    said = [str(message["text"]) for message in await large.officer.messages()][-2:]

    assert said[0].startswith(
        "Tệp 24 MB, quá 20 MB nên Telegram không chuyển cho bot được.\nTrang riêng để tải Tờ trình:"
    )
    assert "đến 08:00 thứ Tư, 2/12/2026" in said[0]
    assert "0/4 thành phần" in said[1]


async def reads_what_to_do(large: LargePaper) -> None:
    page = large.page
    await expect(page.get_by_role("heading", name="Tờ trình")).to_be_visible()
    await expect(page.get_by_text("Chọn tệp", exact=True)).to_be_in_viewport(ratio=1)
    await expect(button(page, "Tải lên")).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == WIDTH
    await large.picture("1-chon")


async def is_cut_off_at_ninety_percent(large: LargePaper) -> None:
    page, size = large.page, large.file.stat().st_size

    async def cut_off(route: Route) -> None:
        offset = int(route.request.headers.get("upload-offset", "0"))
        await (route.abort("internetdisconnected") if offset >= size * 9 // 10 else route.continue_())

    await page.route("**/files/*", cut_off)
    await page.locator("#file").set_input_files(large.file)
    lost = "Mất mạng. Phần đã tải được giữ lại."
    await expect(page.get_by_role("status")).to_contain_text(lost, timeout=A_MINUTE)
    await page.context.set_offline(True)

    await expect(page.locator(".state")).to_contain_text("Đang tải 9")
    await large.picture("2-mat-mang")


async def goes_on_by_itself(large: LargePaper) -> None:
    page, offsets = large.page, []
    page.on("request", lambda request: offsets.append(request.headers.get("upload-offset")))
    await page.unroute("**/files/*")
    await page.context.set_offline(False)

    await expect(page.get_by_text("Đã nhận")).to_be_visible(timeout=A_MINUTE)
    await expect(page.locator(".file")).to_contain_text(NAME)
    await expect(page.locator(".file")).to_contain_text("24 MB, 1 trang")
    await large.picture("3-da-nhan")
    assert min(int(offset) for offset in offsets if offset) >= large.file.stat().st_size * 9 // 10


async def is_told_in_the_chat(large: LargePaper) -> None:
    await large.stage.service.tick()

    assert (await large.officer.screen()).startswith(f"✅ Đã nhận {NAME}, 24 MB, 1 trang, cho Tờ trình\n")
    assert "1/4 thành phần" in await large.officer.press("Mở hồ sơ")


async def test_photos_chosen_on_the_page_become_one_file(large: LargePaper, tmp_path: Path) -> None:
    await large.officer.press("Tải tệp lớn")
    await large.page.goto(await large.link())
    photos = []
    for number in range(3):
        photos.append(tmp_path / f"Ảnh {number}.png")
        photos[-1].write_bytes(files.png(number))

    await large.page.locator("#file").set_input_files(photos)
    await expect(button(large.page, "Xong, ghép 3 ảnh thành 1 tệp")).to_be_visible()
    await large.picture("4-anh")
    await button(large.page, "Xong, ghép 3 ảnh thành 1 tệp").click()

    await expect(large.page.locator(".file")).to_contain_text("Tờ trình.pdf")
    await expect(large.page.locator(".file")).to_contain_text("3 trang")
