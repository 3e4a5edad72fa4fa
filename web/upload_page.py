"""The page of one link: what it uploads, a plain form for browsers without scripts, and the end of the upload."""

import secrets
from functools import partial
from http import HTTPStatus

from aiohttp import BodyPartReader, web

from domain.errors import Refusal
from domain.upload_links import AnnouncedFile, UploadLimits
from usecases.ports import FileStore
from usecases.upload_links.attaching import attach_upload
from usecases.upload_links.files import announce_file, forget_files
from usecases.upload_links.links import LinkHolder, enter, read_link
from web.contexts import OpenPageContext
from web.pages import page
from web.parts import PartFolder, disk_full
from web.refusals import wants_json
from web.streams import PIECE, append, pieces_of

_FORM_ROOM = 64 * 1024
"""Bytes of a form beside its files."""
_LONGEST_NUMBER = 10
_FIELD = 1024
"""Bytes that are read of a field without a file."""


class UploadPage:
    def __init__(
        self,
        contexts: OpenPageContext,
        parts: PartFolder,
        files: FileStore,
        limits: UploadLimits,
        *,
        patience: float,
    ) -> None:
        self._contexts = contexts
        self._parts = parts
        self._files = files
        self._limits = limits
        self._patience = patience

    def routes(self) -> tuple[web.RouteDef, ...]:
        return (
            web.get("/t/{token}", self.show),
            web.post("/t/{token}", self.take_form),
            web.post("/t/{token}/finish", self.finish),
        )

    async def show(self, request: web.Request) -> web.Response:
        """Show the page. Nothing changes by it: messengers open links to preview them."""
        async with self._contexts.open() as ctx:
            holder = await enter(ctx, request.match_info["token"])
            link = await read_link(holder.ctx, holder)
        if link.is_used:
            return page("done", link=link, requirement=link.requirement)
        arrived = {file.key: await self._parts.size(file.key) for file in link.files}
        token = request.match_info["token"]
        return page("upload", link=link, arrived=arrived, limits=self._limits, token=token)

    async def finish(self, request: web.Request) -> web.Response:
        fields = await request.post()
        return await self._finish(request, seen=_seen(str(fields.get("seen", ""))))

    async def _finish(self, request: web.Request, *, seen: int | None) -> web.Response:
        async with self._contexts.open() as ctx:
            holder = await enter(ctx, request.match_info["token"])
            name = f"finish-{holder.link_id}"
            async with self._parts.hold(name):
                try:
                    await attach_upload(holder, seen=seen, limits=self._limits, parts=self._parts, files=self._files)
                finally:
                    await self._parts.delete(name)
        if wants_json(request):
            return web.json_response({"code": "done"})
        return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": _page_from(request)})

    async def take_form(self, request: web.Request) -> web.Response:
        """Take the files of a plain form, in place of what was uploaded before, and finish."""
        if (request.content_length or 0) > self._limits.link + _FORM_ROOM:
            raise Refusal(
                "upload-too-much", f"Tệp quá {self._limits.file_words}. Anh/chị quét lại nhẹ hơn hoặc tách tệp."
            )
        if request.content_type != "multipart/form-data":
            raise web.HTTPUnsupportedMediaType
        async with self._contexts.open() as ctx:
            holder = await enter(ctx, request.match_info["token"])
            link = await read_link(holder.ctx, holder)
            if not await self._parts.has_room(request.content_length or self._limits.link):
                raise disk_full()
            await forget_files(holder.ctx, holder, tuple(file.key for file in link.files))
            for file in link.files:
                await self._parts.delete(file.key)
            seen = await self._take_fields(request, holder)
        return await self._finish(request, seen=seen)

    async def _take_fields(self, request: web.Request, holder: LinkHolder) -> int | None:
        """Store the form's files, and return the attachment that its page showed."""
        seen = None
        async for field in await request.multipart():
            if isinstance(field, BodyPartReader) and field.name == "seen":
                seen = _seen((await field.read_chunk(_FIELD)).decode(errors="replace"))
            elif isinstance(field, BodyPartReader) and field.name == "file" and field.filename:
                await self._take(holder, field)
        return seen

    async def _take(self, holder: LinkHolder, field: BodyPartReader) -> None:
        """Store one file of a form; its size is known only at its end."""
        arriving = secrets.token_hex(16)
        try:
            async with self._parts.hold(arriving) as part:
                await append(part, pieces_of(partial(field.read_chunk, PIECE), self._patience), most=self._limits.file)
                file = AnnouncedFile(field.filename or "", part.size)
                announced = await announce_file(holder.ctx, holder, file, limits=self._limits)
                await self._parts.rename(arriving, announced.key)
        finally:
            await self._parts.delete(arriving)


def _seen(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _LONGEST_NUMBER else None


def _page_from(request: web.Request) -> str:
    """Return the page's address relative to the request's, which a proxy may have shortened."""
    token = request.match_info["token"]
    return f"../{token}" if request.path.endswith("/finish") else token
