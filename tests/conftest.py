from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stage import Stage, staged


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot on a stage of its own, on 5 May 2026 at 08:00."""
    async with staged(tmp_path) as stage:
        yield stage


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest story first, so that no worker waits for it at the end."""
    items.sort(key=lambda item: "e2e" not in item.path.parts)
