from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.stage import House, housed


@pytest.fixture
async def stage(database: str | None, tmp_path: Path) -> AsyncIterator[House]:
    """Run every test of a use case on both databases."""
    async with housed(tmp_path, database_url=database) as stage:
        yield stage
