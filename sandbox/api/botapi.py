"""Bot API over HTTP: /bot<token>/METHOD, and the download of files."""

import inspect
import json
from typing import Any

from aiogram.types import TelegramObject
from aiohttp import web

from sandbox.api.calls import WHOLE_NUMBER, Form, read_form
from sandbox.api.files import at_path
from sandbox.api.methods import Methods, Result
from sandbox.control.control import Control
from sandbox.errors import ApiError
from sandbox.world.idle import Activity
from sandbox.world.world import World


class BotApi:
    """Handler that answers as Telegram would, or as the configured faults require."""

    def __init__(self, world: World, methods: Methods, control: Control, activity: Activity, *, token: str) -> None:
        self._world = world
        self._methods = methods
        self._control = control
        self._activity = activity
        self._token = token

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.answer),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one call; a refusal has Telegram's code as its HTTP status, too."""
        faults = self._control.faults
        is_lost = faults.loses_answer()
        if is_lost and faults.loses_request():
            return _hang_up(request)
        try:
            response = _ok(await self._call(request))
        except ApiError as refusal:
            response = refused(refusal)
        return _hang_up(request) if is_lost else response

    async def _call(self, request: web.Request) -> str:
        name = request.match_info["method"]
        if request.match_info["token"] != self._token:
            raise ApiError(401, "Unauthorized")
        _refuse_unless_posted(request, name)
        self._control.faults.refuse(name)
        self._methods.find(name)
        form = await read_form(request)
        if name.lower() == "getupdates":
            return await self.perform(name, form)
        if (chat_id := _chat_of(name, form)) is not None:
            self._world.pace.note(chat_id)
        with self._activity.call():
            return await self.perform(name, form)

    async def perform(self, name: str, form: Form) -> str:
        """Perform a method and return its result as JSON. Raises ApiError if Telegram would refuse it."""
        result = self._methods.find(name).answer(self._world, form)
        return to_json(await result if inspect.isawaitable(result) else result)

    async def download(self, request: web.Request) -> web.Response:
        """Answer with a file. Its path may come with escaped colons and spaces, which the router has decoded."""
        if request.match_info["token"] != self._token:
            return refused(ApiError(401, "Unauthorized"))
        found = at_path(self._world, request.match_info["path"])
        if found is None:
            return refused(ApiError(404, "Not Found"))
        file, content = found
        return web.Response(body=content, headers={"Content-Type": file.mime})


def _chat_of(name: str, form: Form) -> int | None:
    """Return the chat in which the call does something, or None if it only reads."""
    chat_id = str(form.fields.get("chat_id", ""))
    return None if name.lower().startswith("get") or not WHOLE_NUMBER.fullmatch(chat_id) else int(chat_id)


def _refuse_unless_posted(request: web.Request, name: str) -> None:
    """Refuse a GET that changes something: a foreign page can make a browser GET any URL without an Origin header."""
    reads = name.lower().startswith("get") and name.lower() != "getupdates"
    if request.method != "POST" and not (request.method == "GET" and reads):
        raise ApiError(405, "Method Not Allowed: the sandbox takes calls that change something by POST only")


def to_json(result: Result) -> str:
    match result:
        case TelegramObject():
            return result.model_dump_json(by_alias=True, exclude_none=True)
        case list():
            return f"[{','.join(_item(item) for item in result)}]"
    return json.dumps(result)


def _item(item: Any) -> str:
    """Return the item as JSON; updates are JSON already."""
    return item if isinstance(item, str) else to_json(item)


def _ok(result: str) -> web.Response:
    return web.Response(text=f'{{"ok":true,"result":{result}}}', content_type="application/json")


def refused(error: ApiError) -> web.Response:
    body: dict[str, object] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.code)


def _hang_up(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.close()
    return web.Response()
