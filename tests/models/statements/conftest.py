"""A founded database and a unit of work on it, on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from models.unit_of_work import UnitOfWork
from tests.support.stage import House, housed


@pytest.fixture
async def house(tmp_path: Path, database: str | None) -> AsyncIterator[House]:
    async with housed(tmp_path, database_url=database) as house:
        yield house


@pytest.fixture
async def uow(house: House) -> AsyncIterator[UnitOfWork]:
    async with UnitOfWork(house.app.contexts.engine) as uow:
        yield uow
