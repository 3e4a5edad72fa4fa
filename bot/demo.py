"""The demo: sandbox, bot, scheduler and a sample season in one process, with an hour that can be wound."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import ClientSession

from bot.app import App, open_app
from bot.sample import CLUSTER_HEAD, GROUP_TITLE, PEOPLE, SamplePerson
from bot.season import play_season
from bot.settings import Settings
from bot.speaker import open_speaker
from bot.talker import Talker, open_talker, polling
from channels.pacing import Pacer
from domain.people import CONSENT_VERSION
from domain.roles import Role
from handlers.menus import set_command_menus
from sandbox.clock import WoundClock
from sandbox.limits import Meter
from sandbox.server import Sandbox
from scheduler.jobs import Speaker
from usecases.boards import bind_cluster
from usecases.organisation import caretaker
from usecases.outbox import count_waiting
from usecases.people import invite, join

TOKEN = "4242:sandbox"  # noqa: S105 (it opens nothing but the sandbox)
USERNAME = "thidua_bot"
DEFAULT_START = datetime(2026, 5, 5, 8)  # noqa: DTZ001 (an hour on the wall)


class PlayedClock(WoundClock):
    """Winding it plays the time in between: it stops wherever the product has something to say."""

    def __init__(self, memory: Path) -> None:
        super().__init__()
        memory.parent.mkdir(parents=True, exist_ok=True)
        self._memory = memory
        self.speaker: Speaker | None = None
        self.is_remembered = memory.exists()
        if self.is_remembered:
            self.offset = timedelta(seconds=float(memory.read_text()))

    def set(self, to: datetime) -> None:
        super().set(to)
        self._memory.write_text(str(self.offset.total_seconds()))

    async def wind(self, to: datetime) -> None:
        while (moment := await self._next_moment()) and moment <= to:
            await self._stop_at(moment)
        await self._stop_at(to)

    async def wind_to_next(self) -> None:
        await self._stop_at(await self._next_moment() or self.now() + timedelta(days=1))

    async def _next_moment(self) -> datetime | None:
        return await self.speaker.next_moment() if self.speaker else None

    async def _stop_at(self, moment: datetime) -> None:
        self.set(moment)
        if self.speaker:
            await self.speaker.tick()


@asynccontextmanager
async def open_demo(*, host: str, port: int, at: datetime | None, data: Path) -> AsyncIterator[str]:
    """Everything runs while this is open; gives the page's address. A folder used before goes on where it stopped."""
    settings = _settings(data)
    clock = PlayedClock(data / "clock")
    if at or not clock.is_remembered:
        clock.set((at or DEFAULT_START).replace(tzinfo=settings.zone))

    async with open_app(settings, clock) as app:
        quiet = Quiet(app)
        sandbox = Sandbox(
            token=TOKEN, username=USERNAME, data=data / "sandbox", timekeeper=clock, is_quiet=quiet.is_quiet
        )
        await sandbox.start(host, port)
        try:
            await play_season(app, until=clock.now())
            async with _running(app, sandbox.url, quiet, clock):
                await Cast(app, sandbox).enter()
                yield sandbox.url
        finally:
            await sandbox.stop()


def _settings(data: Path) -> Settings:
    """Its own, whatever the environment says: the demo never touches what is real."""
    return Settings(data=data, telegram_token=None, database_url=None, redis_url=None, files=None, webhook_url=None)


@asynccontextmanager
async def _running(app: App, url: str, quiet: "Quiet", clock: PlayedClock) -> AsyncIterator[None]:
    settings = app.settings.model_copy(update={"telegram_api": url})
    app = App(settings, app.contexts, app.files)
    # Days wound in a moment are days to the pacer, too.
    pacer = Pacer(clock=Meter(clock.now))
    async with (
        open_talker(app, token=TOKEN) as talker,
        open_speaker(app, token=TOKEN, pacer=pacer) as speaker,
        polling(talker),
    ):
        await set_command_menus(talker.bot)
        quiet.talker, clock.speaker = talker, speaker
        speaker.start()
        try:
            yield
        finally:
            await speaker.stop()


class Quiet:
    """Knows when there is nothing left to answer or to deliver."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.talker: Talker | None = None

    async def is_quiet(self) -> bool:
        if self.talker is None or self.talker.in_flight.count:
            return False
        async with self._app.contexts.open() as ctx:
            return await count_waiting(ctx) == 0


class Cast:
    """The people of the demo, with their phones, and their cluster's group."""

    def __init__(self, app: App, sandbox: Sandbox) -> None:
        self._app = app
        self._sandbox = sandbox

    async def enter(self) -> None:
        """Nothing where they stand already."""
        async with ClientSession() as http, http.get(f"{self._sandbox.url}/sandbox/state") as answer:
            if (await answer.json())["chats"]:
                return
            for person in PEOPLE:
                await self._post(http, "/sandbox/users", id=person.id, name=person.name, phone=person.phone)
                code = await self._invite(person)
                if person.has_joined:
                    await self._join(person, code)
                    await self._post(http, f"/sandbox/chats/{person.id}/send", **{"as": person.id, "text": "/start"})
                else:
                    self._sandbox.leave_link(
                        person.id, "Phòng Văn hóa - Xã hội gửi anh/chị đường dẫn này", deep_link(USERNAME, code)
                    )
            await self._gather(http)

    async def _invite(self, person: SamplePerson) -> str:
        async with self._app.contexts.open() as ctx:
            office = await caretaker(ctx)
        async with self._app.contexts.open(office) as ctx:
            return await invite(ctx, unit=person.unit, role=person.role, days=365)

    async def _join(self, person: SamplePerson, code: str) -> None:
        async with self._app.contexts.open() as ctx:
            await join(
                ctx,
                code=code,
                consent=CONSENT_VERSION,
                name=person.name,
                position="Chuyên viên",
                phone=person.phone,
                channel="telegram",
                chat_id=person.id,
            )

    async def _gather(self, http: ClientSession) -> None:
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
        async with self._app.contexts.open_for(channel="telegram", chat_id=CLUSTER_HEAD.id) as ctx:
            await bind_cluster(ctx, channel="telegram", chat_id=group["id"])

    async def _post(self, http: ClientSession, path: str, **body: object) -> dict[str, int]:
        async with http.post(f"{self._sandbox.url}{path}", json=body) as answer:
            answer.raise_for_status()
            found: dict[str, int] = await answer.json()
            return found


def deep_link(username: str, code: str) -> str:
    return f"https://t.me/{username}?start={code}"


async def run_demo(*, host: str, port: int, at: datetime | None, data: Path) -> None:
    async with open_demo(host=host, port=port, at=at, data=data) as url:
        print(f"Mở trang này trong trình duyệt: {url}/", flush=True)  # noqa: T201 (what the command is for)
        await asyncio.Event().wait()
