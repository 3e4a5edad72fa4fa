"""Server of the sandbox: Bot API, control API and page, on this machine only."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiogram.types import User
from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.api.botapi import BotApi
from sandbox.api.callbacks import Callbacks
from sandbox.api.methods import Methods
from sandbox.api.webhook import Courier
from sandbox.control import views
from sandbox.control.control import Control
from sandbox.guard import check_address, explain, guard
from sandbox.world.clock import Timekeeper
from sandbox.world.idle import Activity
from sandbox.world.records import LeftLink
from sandbox.world.store import Rows
from sandbox.world.world import World

STATIC = Path(__file__).parent / "static"
STATIC_PATH = "/static"
# Seconds for running answers when the sandbox stops; then they are cancelled.
FINISH_WITHIN = 0.3
# A file of 50 MB travels as base64 in the control API.
LARGEST_REQUEST = 80 * 1024 * 1024


BOT_NAME = "Bot thi đua"


class Sandbox:
    """Telegram of one bot. With `data` everything survives a kill; without, everything is in memory."""

    def __init__(
        self,
        *,
        token: str,
        username: str = "thidua_bot",
        data: Path | None = None,
        timekeeper: Timekeeper | None = None,
        is_quiet: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        bot = User(id=_bot_id(token), is_bot=True, first_name=BOT_NAME, username=username)
        if data:
            data.mkdir(parents=True, exist_ok=True)
        self._rows = Rows(data / "sandbox.sqlite3" if data else None)
        self._world = World(bot=bot, timekeeper=timekeeper, rows=self._rows, files=data / "files" if data else None)
        activity = self._activity = Activity(self._world.updates, is_quiet)
        callbacks = Callbacks()
        self._control = Control(self._world, callbacks, idle=activity.wait)
        self._api = BotApi(self._world, Methods(callbacks), self._control, activity, token=token)
        self._runner: web.AppRunner | None = None
        self._courier: asyncio.Task[None] | None = None
        self._answering: set[asyncio.Task[Any]] = set()
        self._url: str | None = None

    @property
    def url(self) -> str:
        """Base URL, http://127.0.0.1:PORT. Raises RuntimeError before the start."""
        if self._url is None:
            raise RuntimeError("the sandbox is not started")
        return self._url

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one. Raises ValueError for any host but this machine."""
        check_address(host)
        runner = self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=FINISH_WITHIN)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        name = f"[{host}]" if ":" in host else host
        self._url = f"http://{name}:{runner.addresses[0][1]}"
        self._courier = asyncio.create_task(Courier(self._world, self._api).run())

    async def stop(self) -> None:
        self._world.updates.close()
        self._world.events.close()
        if self._courier:
            self._courier.cancel()
            with suppress(asyncio.CancelledError):
                await self._courier
        if self._runner:
            await self._hang_up(self._runner)
        self._rows.close()

    async def _hang_up(self, runner: web.AppRunner) -> None:
        """Cancel requests that wait for a button's answer, for idleness or for a wound day, before closing the rows."""
        await runner.cleanup()
        # Cancelled requests end only in the event loop's next rounds.
        await asyncio.gather(*self._answering, return_exceptions=True)

    async def becomes_idle(self, *, within: float) -> bool:
        """Whether the bot had nothing left to do before so many seconds were over."""
        return await self._activity.wait(within)

    def messages(self, chat_id: int, *, viewer: int) -> list[dict[str, Any]]:
        """Return the messages of a chat that a user sees, oldest first, as the control API shows them.

        Raises ControlError if the user is not in that chat.
        """
        return views.messages(self._world, self._world.visible_chat(chat_id, viewer).id)

    def leave_link(self, user_id: int, text: str, url: str) -> None:
        """Show a card on a user's phone before the first message, such as an invite from the office."""
        self._world.links.put(LeftLink(user_id, text, url))
        self._world.events.tell("user", user_id)
        self._rows.commit()

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[guard, explain, self._commit], client_max_size=LARGEST_REQUEST)
        application.add_routes(self._control.routes())
        application.add_routes(self._api.routes())
        application.add_routes([web.get("/", _page), web.static(STATIC_PATH, STATIC)])
        application.on_response_prepare.append(_let_nobody_keep)
        return application

    @web.middleware
    async def _commit(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Commit what a request changed before it is answered."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 (a request is answered in a task)
        self._answering.add(task)
        try:
            return await handler(request)
        finally:
            self._answering.discard(task)
            self._rows.commit()


async def _page(_: web.Request) -> web.FileResponse:
    return web.FileResponse(STATIC / "index.html")


async def _let_nobody_keep(request: web.Request, response: web.StreamResponse) -> None:
    """Let browsers ask for the page and its parts each time: parts of different versions do not fit together."""
    if request.path == "/" or request.path.startswith(STATIC_PATH):
        response.headers["Cache-Control"] = "no-cache"


def _bot_id(token: str) -> int:
    number, colon, secret = token.partition(":")
    if not (number.isdecimal() and colon and secret):
        raise ValueError("a token looks like 123456:secret")
    return int(number)
