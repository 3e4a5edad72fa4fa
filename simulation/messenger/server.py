"""The server: calls of bots come in over HTTP, updates go out by polling or by webhook."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from simulation.messenger.arrivals import ArrivalMeter
from simulation.messenger.chats import WireChats
from simulation.messenger.road import UpdateRoad

BOT = {"id": 4242, "is_bot": True, "first_name": "Bot thi đua", "username": "thidua_bot"}
TOKEN = "4242:bench"  # noqa: S105 (opens nothing)
_LOOPBACK = "127.0.0.1"
Fields = dict[str, str]


class LoopbackMessenger:
    """Holds the newest screen of each chat; `meter` counts and paces what is sent, as the messenger would."""

    def __init__(self, meter: ArrivalMeter | None = None) -> None:
        self.chats = WireChats(BOT)
        self.road = UpdateRoad()
        self.calls = 0
        self.address = ""
        self.is_away = False
        """Whether every call fails, as when the messenger is down."""
        self._meter = meter
        self._numbers = count(1)
        self._methods: dict[str, Callable[[Fields], Any]] = {
            "getme": lambda _: BOT,
            "sendmessage": self.chats.show,
            "editmessagetext": self.chats.show,
            "editmessagereplymarkup": self.chats.relabel,
            "setwebhook": self.road.register,
            "getfile": self.chats.find_file,
        }

    def send(self, chat_id: int, text: str) -> None:
        """Let a person say something."""
        self._give({"message": self.chats.said(chat_id, text)})

    def attach(self, chat_id: int, name: str, content: bytes) -> None:
        """Let a person send a file."""
        self._give({"message": self.chats.attached(chat_id, name, content)})

    def press(self, chat_id: int, data: str) -> None:
        """Let a person press a button below the newest screen."""
        self._give({"callback_query": self.chats.pressed(chat_id, data)})

    def _give(self, event: dict[str, Any]) -> None:
        number = next(self._numbers)
        if "callback_query" in event:
            event["callback_query"]["id"] = str(number)
        self.road.give(number, json.dumps({"update_id": number, **event}))

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if self.is_away:
            return web.Response(status=502)
        method = request.path.rpartition("/")[2].lower()
        if content := self.chats.files.get(method):
            return web.Response(body=content)
        try:
            body = await request.read()
        except ConnectionError:
            # Whoever was killed in the middle of a call has said nothing.
            return web.Response(status=400)
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
        if method == "getupdates":
            return _raw(await self.road.poll(float(fields.get("timeout", 0)), offset=int(fields.get("offset", 0))))
        self.calls += 1
        if self._meter and method.startswith("send") and (wait := self._meter.arrive(int(fields["chat_id"]))):
            return _refused(wait)
        perform = self._methods.get(method)
        return _raw(json.dumps(perform(fields) if perform else True))


def _raw(result: str) -> web.Response:
    return web.Response(text=f'{{"ok":true,"result":{result}}}', content_type="application/json")


def _refused(wait: int) -> web.Response:
    told = {"ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {wait}"}
    return web.json_response({**told, "parameters": {"retry_after": wait}}, status=429)


@asynccontextmanager
async def serving_messenger(meter: ArrivalMeter | None = None) -> AsyncIterator[LoopbackMessenger]:
    """Serve on a free loopback port; `address` is then the base URL."""
    messenger = LoopbackMessenger(meter)
    runner = web.ServerRunner(web.Server(messenger.answer, access_log=None))
    await runner.setup()
    try:
        site = web.TCPSite(runner, _LOOPBACK, 0)
        await site.start()
        messenger.address = f"http://{_LOOPBACK}:{runner.addresses[0][1]}"
        async with messenger.road:
            yield messenger
    finally:
        # A bot that has just been stopped may still hold a connection open.
        async with asyncio.timeout(5):
            await runner.cleanup()
