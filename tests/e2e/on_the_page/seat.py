"""Place before the page of a demo, on a small phone.

With THIDUA_WRITE_SCREENSHOTS=1 the pictures of docs/man-hinh are taken again.
"""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession
from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e.playground import Playground
from tests.e2e.processes import address, forked
from tests.support.browser import button, open_page, phone

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
async def seated(browser: Browser, opened_demo: Path, folder: Path) -> AsyncIterator[DemoSeat]:
    """Go on with a copy of the opened demo."""
    shutil.copytree(opened_demo, folder / "demo")
    async with (
        forked("demo", "--port", "0", "--data", str(folder / "demo")) as program,
        ClientSession() as http,
        open_page(browser, width=WIDTH, height=HEIGHT) as page,
    ):
        ground = Playground(folder / "demo", http, await address(program))
        await ground.settle()
        await page.goto(ground.url)
        yield DemoSeat(ground, page)


def newest(shown: Locator) -> Locator:
    return shown.locator(".message:not(.out)").last


def writes_pictures() -> bool:
    return bool(os.environ.get("THIDUA_WRITE_SCREENSHOTS"))
