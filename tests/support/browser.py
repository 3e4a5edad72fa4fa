"""Chromium without a window, and how a person finds things on the sandbox's page."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 10_000
"""Milliseconds to wait for an element."""


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """Open a browser; skip the test if Chromium is missing, or fail it in CI."""
    # The shell has no window to draw in, so that a page costs a tenth less.
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        if os.environ.get("THIDUA_TEST_ALL"):
            pytest.fail("chromium is missing, and THIDUA_TEST_ALL wants every test")
        pytest.skip("chromium is missing: the page is not tested")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def open_page(browser: Browser, *, width: int, height: int) -> AsyncIterator[Page]:
    """Open a page; an error in its scripts fails the test."""
    async with await browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN") as context:
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        broken: list[Exception] = []
        page.on("pageerror", lambda error: broken.append(error))
        yield page
        assert broken == []


def phone(page: Page, owner: str) -> Locator:
    return page.get_by_role("region", name=owner, exact=True)


def button(where: Page | Locator, name: str) -> Locator:
    return where.get_by_role("button", name=name, exact=True)
