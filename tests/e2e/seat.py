"""Place before the page of a demo, on a small phone.

With THIDUA_WRITE_SCREENSHOTS=1 the pictures of docs/man-hinh are taken again.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.e2e.playground import Playground, playground
from tests.support.browser import button, open_browser, open_page, phone

WIDTH, HEIGHT = 390, 844
PICTURES = Path("docs/man-hinh")


@dataclass
class DemoSeat:
    """Place before the page of a demo."""

    ground: Playground
    page: Page

    async def turn_to(self, owner: str) -> Locator:
        """Turn to this phone, whatever it has unread."""
        await self.page.get_by_role("navigation").get_by_role("button", name=owner).click()
        shown = phone(self.page, owner)
        await expect(shown).to_be_visible()
        return shown

    async def press(self, shown: Locator, label: str) -> None:
        await self.ground.pause()
        await button(shown, label).last.click()

    async def say(self, shown: Locator, text: str) -> None:
        await self.ground.pause()
        field = shown.get_by_role("textbox")
        await field.fill(text)
        await field.press("Enter")

    async def picture(self, name: str) -> None:
        if writes_pictures():
            await self.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")


@asynccontextmanager
async def seated(folder: Path, *, at: str = "2026-05-05T08:00") -> AsyncIterator[DemoSeat]:
    async with (
        open_browser() as browser,
        playground(folder / "demo", at=at) as ground,
        open_page(browser, width=WIDTH, height=HEIGHT) as page,
    ):
        await page.goto(ground.url)
        yield DemoSeat(ground, page)


def newest(shown: Locator) -> Locator:
    return shown.locator(".message:not(.out)").last


def writes_pictures() -> bool:
    return bool(os.environ.get("THIDUA_WRITE_SCREENSHOTS"))
