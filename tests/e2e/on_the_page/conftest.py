"""The place that each test takes before the page of a demo of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.e2e.on_the_page.seat import DemoSeat, seated


@pytest.fixture
async def seat(browser: Browser, opened_demo: Path, tmp_path: Path) -> AsyncIterator[DemoSeat]:
    async with seated(browser, opened_demo, tmp_path) as seat:
        yield seat
