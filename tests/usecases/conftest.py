from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.services import need, postgres_database
from tests.stage import House, housed


@pytest.fixture(params=["sqlite", "postgresql"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    """Every use case runs on both databases."""
    if request.param == "sqlite":
        async with housed(tmp_path) as stage:
            yield stage
        return
    need("PostgreSQL")
    async with postgres_database() as url, housed(tmp_path, database_url=url) as stage:
        yield stage
