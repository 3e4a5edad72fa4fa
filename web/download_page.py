"""The page of one paper that the messenger does not send, and the paper itself, streamed."""

import logging
from urllib.parse import quote

from aiohttp import web

from domain.errors import Refusal
from usecases.ports import FileStore
from usecases.upload_links.downloads import DownloadView, open_download
from web.contexts import OpenPageContext
from web.pages import HEADERS, page

logger = logging.getLogger(__name__)


class DownloadPage:
    def __init__(self, contexts: OpenPageContext, files: FileStore) -> None:
        self._contexts = contexts
        self._files = files

    def routes(self) -> tuple[web.RouteDef, ...]:
        return web.get("/o/{token}", self.show), web.post("/o/{token}", self.send)

    async def show(self, request: web.Request) -> web.Response:
        """Show what there is. The paper itself needs a press: messengers open links to preview them."""
        return page("download", file=await self._file(request), token=request.match_info["token"])

    async def send(self, request: web.Request) -> web.StreamResponse:
        file = await self._file(request)
        pieces = aiter(self._files.stream(file.key))
        try:
            piece: bytes | None = await anext(pieces, None)
        except FileNotFoundError as error:
            raise Refusal("file-erased", "Tệp này không còn được lưu.") from error
        response = web.StreamResponse(headers={**HEADERS, "Content-Disposition": _attachment(file.file_name)})
        response.content_type = "application/octet-stream"
        response.content_length = file.size
        await response.prepare(request)
        try:
            while piece:
                await response.write(piece)
                piece = await anext(pieces, None)
            await response.write_eof()
        except Exception:
            # Nothing but an end before its length tells the client that the paper is not whole.
            logger.warning("a download was cut off", exc_info=True)
            if request.transport is not None:
                request.transport.abort()
        return response

    async def _file(self, request: web.Request) -> DownloadView:
        async with self._contexts.open() as ctx:
            return await open_download(ctx, request.match_info["token"])


def _attachment(file_name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"
