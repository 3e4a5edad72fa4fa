from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.stage import Product, opened_product
from tests.support.steps.dossiers import DECEMBER, begin
from tests.support.steps.filling import officer
from tests.web.uploading import PageHost, Uploader, page_host


@dataclass
class Desk:
    """An officer of Phường 5 (chat 1) with a dossier, and a link for its «Tờ trình»."""

    product: Product
    host: PageHost
    dossier: int
    link: Uploader

    async def another_link(self, requirement: str = "to-trinh") -> Uploader:
        return await self.host.link(1, self.dossier, requirement)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with opened_product(tmp_path, at=DECEMBER) as product, page_host(product, tmp_path / "uploads") as host:
        await officer(product, "phuong-5", chat_id=1)
        dossier = await begin(product, 1)
        yield Desk(product, host, dossier, await host.link(1, dossier, "to-trinh"))
