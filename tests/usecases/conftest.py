from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.stage import Product, opened_product


@pytest.fixture
async def stage(database: str | None, tmp_path: Path) -> AsyncIterator[Product]:
    """Run every test of a use case on both databases."""
    async with opened_product(tmp_path, database_url=database) as stage:
        yield stage
