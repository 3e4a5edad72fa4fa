"""A founded database and a unit of work on it, on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from models.unit_of_work import UnitOfWork
from tests.support.stage import Product, opened_product


@pytest.fixture
async def product(tmp_path: Path, database: str | None) -> AsyncIterator[Product]:
    async with opened_product(tmp_path, database_url=database) as product:
        yield product


@pytest.fixture
async def uow(product: Product) -> AsyncIterator[UnitOfWork]:
    async with UnitOfWork(product.app.contexts.engine) as uow:
        yield uow
