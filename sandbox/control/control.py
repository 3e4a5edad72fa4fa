"""Control API, v1: a script or the page acts in place of people and time."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import quote

from aiohttp import web
from pydantic import ValidationError

from sandbox.api.callbacks import Callbacks
from sandbox.api.commands import commands_for
from sandbox.control import gatherings, people, views
from sandbox.control.bodies import (
    Act,
    AutoDeleted,
    Body,
    Deleted,
    Edited,
    MembersChange,
    Migrated,
    NewChat,
    NewFaults,
    NewTopic,
    NewUser,
    Pinned,
    Press,
    TopicChange,
    Uploaded,
    Wait,
    Wind,
    Words,
)
from sandbox.errors import ControlError
from sandbox.world.clock import WoundClock, from_iso, in_vietnam
from sandbox.world.events import Event, as_server_sent
from sandbox.world.faults import Faults
from sandbox.world.members import set_blocked
from sandbox.world.records import SandboxMessage
from sandbox.world.topics import close_topic, delete_topic, open_topic
from sandbox.world.world import World

B = TypeVar("B", bound=Body)
HEARTBEAT = 15.0


class Control:
    """Routes under /sandbox."""

    def __init__(self, world: World, callbacks: Callbacks, *, idle: Callable[[float], Awaitable[bool]]) -> None:
        self._world = world
        self._callbacks = callbacks
        self._idle = idle
        self.faults = Faults()

    def routes(self) -> list[web.RouteDef]:
        chat = r"/sandbox/chats/{chat:-?\d+}"
        return [
            web.get("/sandbox/state", self.read_state),
            web.get("/sandbox/events", self.listen),
            web.get("/sandbox/links", self.read_links),
            web.post("/sandbox/users", self.add_user),
            web.post("/sandbox/chats", self.add_chat),
            web.post(f"{chat}/members", self.change_members),
            web.get(f"{chat}/messages", self.read_messages),
            web.get(f"{chat}/commands", self.read_commands),
            web.get(f"{chat}/pace", self.read_pace),
            web.get(chat + "/files/{file}", self.read_file),
            web.post(f"{chat}/send", self.send),
            web.post(f"{chat}/edit", self.edit),
            web.post(f"{chat}/delete", self.delete),
            web.post(f"{chat}/autodelete", self.set_auto_delete),
            web.post(f"{chat}/migrate", self.migrate),
            web.post(f"{chat}/topics", self.open_topic),
            web.post(f"{chat}/topics/change", self.change_topic),
            web.post(f"{chat}/pin", self.pin),
            web.post(f"{chat}/press", self.press),
            web.post(f"{chat}/upload", self.upload),
            web.post(f"{chat}/contact", self.share_contact),
            web.post(f"{chat}/sticker", self.send_sticker),
            web.post(f"{chat}/voice", self.send_voice),
            web.post("/sandbox/clock", self.wind),
            web.post("/sandbox/idle", self.wait_until_idle),
            web.post("/sandbox/faults", self.set_faults),
        ]

    async def read_state(self, _: web.Request) -> web.Response:
        return web.json_response(views.state(self._world))

    async def add_user(self, request: web.Request) -> web.Response:
        return web.json_response(views.user(gatherings.add_person(self._world, await _read(request, NewUser))))

    async def add_chat(self, request: web.Request) -> web.Response:
        return web.json_response(views.chat(gatherings.add_group(self._world, await _read(request, NewChat))))

    async def change_members(self, request: web.Request) -> web.Response:
        body = await _read(request, MembersChange)
        return web.json_response(views.chat(gatherings.change_members(self._world, _chat(request), body)))

    async def read_messages(self, request: web.Request) -> web.Response:
        chat = self._world.visible_chat(_chat(request), _viewer(request))
        return web.json_response(views.messages(self._world, chat.id))

    async def read_commands(self, request: web.Request) -> web.Response:
        viewer = _viewer(request)
        chat = self._world.visible_chat(_chat(request), viewer)
        found = commands_for(self._world, chat.id, viewer)
        return web.json_response([{"command": item.command, "description": item.description} for item in found])

    async def read_pace(self, request: web.Request) -> web.Response:
        """Answer with the most calls of the bot to this chat in any 60 seconds."""
        return web.json_response({"busiest_minute": self._world.pace.busiest_minute(_chat(request))})

    async def read_links(self, request: web.Request) -> web.Response:
        viewer = self._world.person(_viewer(request)).id
        links = [{"text": link.text, "url": link.url} for link in self._world.links if link.user_id == viewer]
        return web.json_response(links)

    async def read_file(self, request: web.Request) -> web.Response:
        file = self._world.files.get(request.match_info["file"])
        if file is None:
            raise ControlError(404, "Không còn tệp này")
        way = "inline" if file.kind == "photo" else "attachment"
        headers = {
            "Content-Type": file.mime,
            "Content-Disposition": f"{way}; filename*=UTF-8''{quote(file.name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        }
        return web.Response(body=self._world.shelf.read(file.unique_id), headers=headers)

    async def send(self, request: web.Request) -> web.Response:
        return _message(people.say(self._world, _chat(request), await _read(request, Words)))

    async def edit(self, request: web.Request) -> web.Response:
        body = await _read(request, Edited)
        return _message(people.edit(self._world, _chat(request), body.actor, body.message_id, body.text))

    async def delete(self, request: web.Request) -> web.Response:
        body = await _read(request, Deleted)
        people.delete(self._world, _chat(request), body.actor, body.message_id)
        return web.json_response({})

    async def set_auto_delete(self, request: web.Request) -> web.Response:
        body = await _read(request, AutoDeleted)
        return _message(people.set_auto_delete(self._world, _chat(request), body.actor, body.seconds))

    async def migrate(self, request: web.Request) -> web.Response:
        body = await _read(request, Migrated)
        moved = gatherings.migrate(self._world, _chat(request), body.actor, is_announced=body.is_announced)
        return web.json_response(views.chat(moved))

    async def open_topic(self, request: web.Request) -> web.Response:
        body = await _read(request, NewTopic)
        person = self._world.user(self._world.person(body.actor))
        return web.json_response({"thread_id": open_topic(self._world, _chat(request), person, body.name)})

    async def change_topic(self, request: web.Request) -> web.Response:
        body = await _read(request, TopicChange)
        if body.change == "delete":
            delete_topic(self._world, _chat(request), body.thread_id)
        else:
            person = self._world.user(self._world.person(body.actor))
            close_topic(self._world, _chat(request), person, body.thread_id)
        return web.json_response({})

    async def pin(self, request: web.Request) -> web.Response:
        body = await _read(request, Pinned)
        people.pin(self._world, _chat(request), body.actor, body.message_id, is_pinned=body.is_pinned)
        return web.json_response({})

    async def press(self, request: web.Request) -> web.Response:
        body = await _read(request, Press)
        is_late = body.is_late or self.faults.expires_query()
        answer = await people.press(self._world, self._callbacks, _chat(request), body, is_late=is_late)
        return web.json_response({"alert": answer.text} if answer and answer.text else {})

    async def upload(self, request: web.Request) -> web.Response:
        body = await _read(request, Uploaded)
        try:
            content = base64.b64decode(body.content_base64, validate=True)
        except ValueError as error:
            raise ControlError(400, f"Nội dung tệp gửi lên bị hỏng (content_base64: {error})") from error
        return _message(people.upload(self._world, _chat(request), body, content))

    async def share_contact(self, request: web.Request) -> web.Response:
        body = await _read(request, Act)
        return _message(people.share_contact(self._world, _chat(request), body.actor))

    async def send_sticker(self, request: web.Request) -> web.Response:
        body = await _read(request, Act)
        return _message(people.send_sticker(self._world, _chat(request), body.actor))

    async def send_voice(self, request: web.Request) -> web.Response:
        body = await _read(request, Act)
        return _message(people.send_voice(self._world, _chat(request), body.actor))

    async def wind(self, request: web.Request) -> web.Response:
        body = await _read(request, Wind)
        timekeeper = self._world.timekeeper
        await self._wind(body)
        if isinstance(timekeeper, WoundClock):
            self._world.notes.put("clock_offset", str(timekeeper.offset.total_seconds()))
        self._world.events.tell("clock")
        return web.json_response({"now": in_vietnam(timekeeper.now())})

    async def _wind(self, body: Wind) -> None:
        if body.next:
            await self._world.timekeeper.wind_to_next()
        else:
            await self._world.timekeeper.wind(_moment(body, self._world.timekeeper.now()))

    async def wait_until_idle(self, request: web.Request) -> web.Response:
        body = await _read(request, Wait)
        return web.json_response({"idle": await self._idle(body.timeout)})

    async def set_faults(self, request: web.Request) -> web.Response:
        """Set the faults; a fault that is not named is off."""
        body = await _read(request, NewFaults)
        self.faults = Faults(body.rate_429, body.retry_after, body.drop, body.late_presses, body.lost_edits)
        blocked = {self._world.person(person_id).id for person_id in body.blocked_users}
        for person in list(self._world.people):
            set_blocked(self._world, person, is_blocked=person.id in blocked)
        return web.json_response(body.model_dump())

    async def listen(self, request: web.Request) -> web.StreamResponse:
        """Send server-sent events until the page disconnects."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        with suppress(ConnectionResetError), self._world.events.listen() as queue:
            await response.write(b": connected\n\n")
            while line := await _next_line(queue):
                await response.write(line)
        return response


def _moment(body: Wind, now: datetime) -> datetime:
    try:
        if body.now is not None:
            return from_iso(body.now)
        if body.advance is not None:
            return now + timedelta(seconds=body.advance)
    except (ValueError, OverflowError) as error:
        raise ControlError(400, f"Ngày giờ chưa đúng. Ví dụ: 2026-05-14T08:00 ({error})") from error
    raise ControlError(400, "Chưa có giờ để chỉnh: cần một trong now, advance, next")


async def _next_line(queue: asyncio.Queue[Event | None]) -> bytes | None:
    """Return the next event, or a heartbeat, or None when the sandbox closes."""
    try:
        event = await asyncio.wait_for(queue.get(), HEARTBEAT)
    except TimeoutError:
        return b": still here\n\n"
    return as_server_sent(event) if event else None


def _message(post: SandboxMessage) -> web.Response:
    return web.json_response(views.message(post))


def _chat(request: web.Request) -> int:
    return int(request.match_info["chat"])


def _viewer(request: web.Request) -> int:
    """Return the id of the person whose phone is meant; without `as`, the owner of the private chat."""
    viewer = request.query.get("as", request.match_info.get("chat", ""))
    if not viewer.isdecimal():
        raise ControlError(400, "Chưa rõ xem bằng điện thoại của ai: as cần mã số của một người")
    return int(viewer)


async def _read(request: web.Request, shape: type[B]) -> B:
    try:
        return shape.model_validate_json(await request.read() or b"{}")
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise ControlError(400, f"Dữ liệu gửi lên chưa đúng ({where or 'JSON'}: {first['msg']})") from error
