"""The web page for large uploads, and a browser's side of it without a browser."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp

from domain.upload_links import MEGABYTE, UploadLimits
from tests.support.stage import Product
from tests.support.steps.filling import acting
from usecases.upload_links.links import issue_link
from web.parts import PartFolder
from web.server import make_application, serving

LIMITS = UploadLimits(file=200 * MEGABYTE, link=200 * MEGABYTE)
VERSION = {"Tus-Resumable": "1.0.0"}


@dataclass
class Uploader:
    """Client of one link."""

    http: aiohttp.ClientSession
    url: str
    """Address of the link's page."""

    async def page(self) -> str:
        async with self.http.get(self.url) as answer:
            return await answer.text()

    async def announce(self, name: str, size: int, *, modified: int | None = 1) -> aiohttp.ClientResponse:
        notes = f"filename {_coded(name)}" + (f",modified {_coded(str(modified))}" if modified is not None else "")
        headers = {**VERSION, "Upload-Length": str(size), "Upload-Metadata": notes}
        return await self.http.post(f"{self.url}/files", headers=headers)

    async def begin(self, name: str, size: int, *, modified: int | None = 1) -> str:
        """Announce a file and return its address."""
        answer = await self.announce(name, size, modified=modified)
        assert answer.status == 201, await answer.text()
        return f"{self.url}/{answer.headers['Location']}"

    async def offset(self, file: str) -> int:
        async with self.http.head(file, headers=VERSION) as answer:
            assert answer.headers["Cache-Control"] == "no-store"
            return int(answer.headers["Upload-Offset"])

    async def send(self, file: str, content: bytes, *, offset: int | str) -> aiohttp.ClientResponse:
        headers = {**VERSION, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        return await self.http.patch(file, data=content, headers=headers)

    async def finish(self, *, seen: int | None = None) -> aiohttp.ClientResponse:
        headers = {"Accept": "application/json"}
        return await self.http.post(f"{self.url}/finish", data={"seen": str(seen or "")}, headers=headers)

    async def upload(self, name: str, content: bytes) -> aiohttp.ClientResponse:
        """Upload a whole file and finish."""
        await self.send(await self.begin(name, len(content)), content, offset=0)
        return await self.finish()


@dataclass
class PageHost:
    """The page of an installation, served on this machine."""

    product: Product
    http: aiohttp.ClientSession
    url: str
    parts: PartFolder

    async def link(self, chat_id: int, dossier: int, requirement: str) -> Uploader:
        """Issue a link as the officer of this chat."""
        async with acting(self.product, chat_id) as ctx:
            link = await issue_link(ctx, dossier, requirement=requirement)
        return Uploader(self.http, f"{self.url}/t/{link.token}")

    def unknown(self, token: str = "x" * 32) -> Uploader:
        return Uploader(self.http, f"{self.url}/t/{token}")


@asynccontextmanager
async def page_host(
    product: Product, folder: Path, *, limits: UploadLimits = LIMITS, patience: float = 30.0
) -> AsyncIterator[PageHost]:
    parts = PartFolder(folder)
    application = make_application(product.app.contexts, parts, product.app.files, limits, patience=patience)
    async with (
        serving(application, host="127.0.0.1", port=0, patience=patience) as port,
        aiohttp.ClientSession() as http,
    ):
        yield PageHost(product, http, f"http://127.0.0.1:{port}", parts)


def with_page(product: Product, url: str) -> Product:
    """Return the installation with the page's public address in its settings."""
    settings = product.app.settings.model_copy(update={"web_url": url})
    return Product(replace(product.app, settings=settings), product.clock)


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
