"""Resumable uploads: the core of the tus protocol 1.0 with its extensions «creation» and «termination».

https://tus.io/protocols/resumable-upload: POST announces a file, HEAD says how much of it has arrived, PATCH goes on
there.
"""

import base64
import binascii
from http import HTTPStatus

from aiohttp import web

from domain.errors import Refusal
from domain.upload_links import AnnouncedFile, UploadLimits
from usecases.upload_links.files import announce_file, find_file, forget_files
from usecases.upload_links.links import UploadingView, enter
from web.contexts import OpenPageContext
from web.parts import PartFolder, disk_full
from web.streams import append, pieces_of

VERSION = "1.0.0"
_BODY = "application/offset+octet-stream"
_MOST_DIGITS = 15


class TusRoutes:
    """Answers to the script of the page, and to any other client of the protocol."""

    def __init__(self, contexts: OpenPageContext, parts: PartFolder, limits: UploadLimits, *, patience: float) -> None:
        """A client that sends nothing for `patience` seconds is cut off; what it has sent stays."""
        self._contexts = contexts
        self._parts = parts
        self._limits = limits
        self._patience = patience

    def routes(self) -> tuple[web.RouteDef, ...]:
        return (
            web.options("/t/{token}/files", self.describe),
            web.post("/t/{token}/files", self.announce),
            web.head("/t/{token}/files/{key}", self.tell_offset),
            web.patch("/t/{token}/files/{key}", self.go_on),
            web.post("/t/{token}/files/{key}", self.go_on_by_post),
            web.delete("/t/{token}/files/{key}", self.give_up),
        )

    async def describe(self, _: web.Request) -> web.Response:
        return web.Response(status=HTTPStatus.NO_CONTENT, headers=self._capabilities())

    def _capabilities(self) -> dict[str, str]:
        return {
            "Tus-Resumable": VERSION,
            "Tus-Version": VERSION,
            "Tus-Extension": "creation,termination",
            "Tus-Max-Size": str(self._limits.file),
        }

    async def announce(self, request: web.Request) -> web.Response:
        if (response := self._other_version(request)) is not None:
            return response
        size = _number(request, "Upload-Length")
        notes = _metadata(request)
        modified = notes.get("modified", "")
        file = AnnouncedFile(
            notes.get("filename", ""), size, int(modified) if modified.isdecimal() and len(modified) < 16 else None
        )
        async with self._contexts.open() as ctx:
            holder = await enter(ctx, request.match_info["token"])
            if not await self._parts.has_room(size):
                raise disk_full()
            announced = await announce_file(holder.ctx, holder, file, limits=self._limits)
        offset = await self._parts.size(announced.key)
        headers = {"Location": f"files/{announced.key}", "Upload-Offset": str(offset), "Tus-Resumable": VERSION}
        return web.Response(status=HTTPStatus.CREATED, headers=headers)

    async def tell_offset(self, request: web.Request) -> web.Response:
        if (response := self._other_version(request)) is not None:
            return response
        file = await self._file(request)
        offset = await self._parts.size(file.key)
        headers = {"Upload-Offset": str(offset), "Upload-Length": str(file.size), "Tus-Resumable": VERSION}
        return web.Response(headers=headers)

    async def go_on_by_post(self, request: web.Request) -> web.Response:
        """PATCH for networks that let only GET and POST through."""
        if request.headers.get("X-HTTP-Method-Override") != "PATCH":
            raise web.HTTPMethodNotAllowed(request.method, ["HEAD", "PATCH", "DELETE"])
        return await self.go_on(request)

    async def go_on(self, request: web.Request) -> web.Response:
        if (response := self._other_version(request)) is not None:
            return response
        if request.content_type != _BODY:
            raise web.HTTPUnsupportedMediaType
        offset = _number(request, "Upload-Offset")
        file = await self._file(request)
        async with self._parts.hold(file.key) as part:
            if offset != part.size:
                raise Refusal("offset-differs", "Phần đã tải không khớp. Trang tự hỏi lại rồi tải tiếp.")
            if (request.content_length or 0) > file.size - offset:
                raise Refusal("upload-too-large", "Trình duyệt gửi nhiều hơn độ dài của tệp. Anh/chị chọn lại tệp.")
            await append(part, pieces_of(request.content.readany, self._patience), most=file.size)
            headers = {"Upload-Offset": str(part.size), "Tus-Resumable": VERSION}
        response = web.Response(status=HTTPStatus.NO_CONTENT, headers=headers)
        if not request.content.is_eof():
            response.force_close()
        return response

    async def give_up(self, request: web.Request) -> web.Response:
        if (response := self._other_version(request)) is not None:
            return response
        async with self._contexts.open() as ctx:
            holder = await enter(ctx, request.match_info["token"])
            file = await find_file(holder.ctx, holder, request.match_info["key"])
            async with self._parts.hold(file.key):
                await forget_files(holder.ctx, holder, (file.key,))
        await self._parts.delete(file.key)
        return web.Response(status=HTTPStatus.NO_CONTENT, headers={"Tus-Resumable": VERSION})

    async def _file(self, request: web.Request) -> UploadingView:
        async with self._contexts.open() as ctx:
            holder = await enter(ctx, request.match_info["token"])
            return await find_file(holder.ctx, holder, request.match_info["key"])

    def _other_version(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Tus-Resumable") == VERSION:
            return None
        return web.Response(status=HTTPStatus.PRECONDITION_FAILED, headers=self._capabilities())


def _number(request: web.Request, name: str) -> int:
    """Return a header's number. Raises HTTPBadRequest unless it is a plain one, not negative."""
    value = request.headers.get(name, "")
    if not value.isascii() or not value.isdecimal() or len(value) > _MOST_DIGITS:
        raise web.HTTPBadRequest(text=f"{name} must be a number")
    return int(value)


def _metadata(request: web.Request) -> dict[str, str]:
    """Return {key: text} of the header Upload-Metadata; what is not readable is left out."""
    found = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return found
