"""Demo: sandbox, bot, scheduler and a sample season in one process, with a clock to wind."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientSession

from bot.app import TELEGRAM_CHANNEL, App, open_migrated_app
from bot.scheduler_service import open_scheduler_service
from bot.settings import LOOPBACK, Settings
from bot.telegram.receiver import TelegramBot, open_telegram_bot, polling
from bot.web_service import running_page
from channels.pacing import Pacer
from demo.sample import CLUSTER_HEAD, GROUP_TITLE, PEOPLE, SamplePerson
from demo.season import play_season
from demo.wound_clock import PlayedClock
from domain.people.people import CONSENT_VERSION
from domain.roles import Role
from handlers.menus import set_command_menus
from sandbox.server import Sandbox
from sandbox.world.limits import Meter
from usecases.outbox.sending import count_waiting
from usecases.people.invite_links import deep_link
from usecases.people.invites import invite
from usecases.people.joining import JoinForm, join

TOKEN = "4242:sandbox"  # noqa: S105 (it opens nothing but the sandbox)
USERNAME = "thidua_bot"
INVITATION = "Sở Nội vụ mời anh/chị vào bot thi đua, khen thưởng. Bấm «Mở đường dẫn» để nhận nhiệm vụ."
FINISH_WITHIN = 0.5
"""Seconds for running work at the end; nothing is far away here."""
SETTLES_WITHIN = 10
"""Seconds for the bot's first answers, so that the page opens on a group with its greeting and scoreboard."""
DEFAULT_START = datetime(2026, 5, 5, 8)  # noqa: DTZ001 (an hour on the wall)


@asynccontextmanager
async def open_demo(*, host: str, port: int, at: datetime | None, data: Path) -> AsyncIterator[str]:
    """Run the demo and yield its page's URL. A folder used before continues where it stopped."""
    settings = _settings(data / "thidua")
    clock = PlayedClock(data / "clock")
    if at or not clock.is_remembered:
        clock.set((at or DEFAULT_START).replace(tzinfo=settings.zone))
    await _prepare_season(settings, clock)

    async with open_migrated_app(settings, clock) as app:
        idle_check = IdleCheck(app)
        sandbox = Sandbox(
            token=TOKEN, username=USERNAME, data=data / "sandbox", timekeeper=clock, is_quiet=idle_check.is_quiet
        )
        await sandbox.start(host, port)
        try:
            async with _running(app, sandbox.url, idle_check, clock):
                await Cast(app, sandbox).enter()
                yield sandbox.url
        finally:
            await sandbox.stop()


async def _prepare_season(settings: Settings, clock: PlayedClock) -> None:
    """Play the season in a folder of its own and move it into place; an interrupted one begins again."""
    if settings.data.exists():
        return
    draft = settings.data.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    async with open_migrated_app(_settings(draft), clock) as app:
        await play_season(app, until=clock.now())
    draft.replace(settings.data)


def _settings(data: Path) -> Settings:
    """Return settings that ignore the environment: the demo never touches real data."""
    return Settings(
        data=data, telegram_token=None, database_url=None, redis_url=None, files=None, webhook_url=None, web_url=None
    )


@asynccontextmanager
async def _running(app: App, url: str, idle_check: "IdleCheck", clock: PlayedClock) -> AsyncIterator[None]:
    # The pacer counts wound time as well.
    pacer = Pacer(clock=Meter(clock.now), spreads=False)
    async with (
        _with_page(app, url) as app,
        open_telegram_bot(app, token=TOKEN) as telegram_bot,
        open_scheduler_service(app, token=TOKEN, pacer=pacer) as service,
        polling(telegram_bot, finish_within=FINISH_WITHIN),
    ):
        await set_command_menus(telegram_bot.bot)
        idle_check.telegram_bot, clock.service = telegram_bot, service
        service.start()
        try:
            yield
        finally:
            clock.stop()
            await service.stop(within=FINISH_WITHIN)


@asynccontextmanager
async def _with_page(app: App, url: str) -> AsyncIterator[App]:
    """Serve the page for large uploads beside the sandbox, on any free port of the same address."""
    host = urlsplit(url).hostname or LOOPBACK
    settings = app.settings.model_copy(update={"telegram_api": url, "web_host": host, "web_port": 0})
    async with running_page(replace(app, settings=settings)) as port:
        page = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        yield replace(app, settings=settings.model_copy(update={"web_url": page}))


class IdleCheck:
    """Check whether nothing is left to answer or to deliver."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.telegram_bot: TelegramBot | None = None

    async def is_quiet(self) -> bool:
        if self.telegram_bot is None or self.telegram_bot.in_flight.count:
            return False
        async with self._app.contexts.open() as ctx:
            return await count_waiting(ctx) == 0


class Cast:
    """People of the demo with their phones, and their cluster's group."""

    def __init__(self, app: App, sandbox: Sandbox) -> None:
        self._app = app
        self._sandbox = sandbox

    async def enter(self) -> None:
        """Do each step that is still missing, so that an interrupted start is finished by the next one."""
        async with ClientSession() as http:
            state = await self._get(http, "/sandbox/state")
            groups = [chat["id"] for chat in state["chats"] if chat["title"] == GROUP_TITLE]
            if groups and await self._was_said(http, groups[0], "/ganketcum"):
                return
            for person in PEOPLE:
                await self._post(http, "/sandbox/users", id=person.id, name=person.name, phone=person.phone)
                await (self._let_in(http, person) if person.has_joined else self._send_invite(http, person))
            group = groups[0] if groups else await self._create_group(http)
            await self._post(http, "/sandbox/idle", timeout=SETTLES_WITHIN)
            await self._post(http, f"/sandbox/chats/{group}/send", **{"as": CLUSTER_HEAD.id, "text": "/ganketcum"})
            await self._post(http, "/sandbox/idle", timeout=SETTLES_WITHIN)

    async def _let_in(self, http: ClientSession, person: SamplePerson) -> None:
        async with self._app.contexts.open_for(channel=TELEGRAM_CHANNEL, chat_id=person.id) as ctx:
            is_known = not ctx.actor.is_guest
        if not is_known:
            await self._join(person, await self._invite(person))
        if not await self._was_said(http, person.id, "/start"):
            await self._post(http, f"/sandbox/chats/{person.id}/send", **{"as": person.id, "text": "/start"})

    async def _send_invite(self, http: ClientSession, person: SamplePerson) -> None:
        if not await self._get(http, f"/sandbox/links?as={person.id}"):
            link = deep_link(USERNAME, await self._invite(person))
            self._sandbox.leave_link(person.id, INVITATION, link)

    async def _invite(self, person: SamplePerson) -> str:
        async with self._app.contexts.as_caretaker() as ctx:
            return await invite(ctx, unit=person.unit, role=person.role, days=365)

    async def _join(self, person: SamplePerson, code: str) -> None:
        async with self._app.contexts.open() as ctx:
            await join(
                ctx,
                code,
                JoinForm(
                    consent=CONSENT_VERSION,
                    name=person.name,
                    position="Chủ tịch" if person.role is Role.LEADER else "Chuyên viên",
                    phone=person.phone,
                ),
                channel=TELEGRAM_CHANNEL,
                chat_id=person.id,
            )

    async def _create_group(self, http: ClientSession) -> int:
        others = [person.id for person in PEOPLE if person.role is not Role.LEADER and person != CLUSTER_HEAD]
        bot = int(TOKEN.partition(":")[0])
        group = await self._post(
            http,
            "/sandbox/chats",
            title=GROUP_TITLE,
            type="supergroup",
            members=[CLUSTER_HEAD.id, *others, bot],
            admins=[bot],
        )
        return int(group["id"])

    async def _was_said(self, http: ClientSession, chat: int, text: str) -> bool:
        messages = await self._get(http, f"/sandbox/chats/{chat}/messages?as={max(chat, 0) or CLUSTER_HEAD.id}")
        return any(message["text"] == text for message in messages)

    async def _get(self, http: ClientSession, path: str) -> Any:
        async with http.get(f"{self._sandbox.url}{path}") as answer:
            answer.raise_for_status()
            return await answer.json()

    async def _post(self, http: ClientSession, path: str, **body: object) -> Any:
        async with http.post(f"{self._sandbox.url}{path}", json=body) as answer:
            answer.raise_for_status()
            return await answer.json()


async def run_demo(*, host: str, port: int, at: datetime | None, data: Path) -> None:
    async with open_demo(host=host, port=port, at=at, data=data) as url:
        print(f"Mở trang này trong trình duyệt: {url}/", flush=True)  # noqa: T201 (what the command is for)
        await asyncio.Event().wait()
