"""The demo's organisation on processes of their own, which its people reach over the sandbox's HTTP.

There is one process with SQLite, or two bots and two schedulers with PostgreSQL and Redis.
"""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from aiohttp import ClientSession

from bot.app import App
from bot.settings import Settings
from demo.demo import TOKEN, Cast
from demo.season import play_season
from domain.calendar import VIETNAM
from sandbox.server import Sandbox
from tests.e2e.installations.process import run_process
from tests.e2e.installations.shared_clock import StoryClock
from tests.e2e.playground import Playground
from tests.support.founded import open_new_app
from tests.support.servers.forking import Forked, fork
from tests.support.servers.proxy import free_port, listening, proxy
from usecases.reminders.next_moment import next_moment

BEGINS = datetime(2026, 5, 5, 8, tzinfo=VIETNAM)
"""Where the demo begins."""
STARTS_WITHIN = 60
STANDS_BY = "another scheduler is active, standing by"
IS_ACTIVE = "this scheduler is active now"


@dataclass
class RunningProcess:
    """One process, which can be ended and started again; what it says is in its log."""

    sides: tuple[str, ...]
    folder: Path
    settings: dict[str, str]
    log: Path
    process: Forked | None = None

    def start(self) -> None:
        with self.log.open("ab") as said:
            out = said.fileno()
            forked = fork(run_process, str(self.folder), *self.sides, out=out, err=out, **self.settings)
        self.process = Forked(forked)

    async def end(self, how: signal.Signals) -> int:
        """Send the signal if the process runs, wait for its end, and return its code."""
        assert self.process is not None
        self.process.send_signal(how)
        return await asyncio.wait_for(self.process.wait(), 20)

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""


@dataclass
class Installation(Playground):
    """An installation behind a sandbox, its people, and its processes."""

    app: App | None = None
    cast: Cast | None = None
    port: int = 0
    """Port of the webhook."""
    answered: Counter[str] = field(default_factory=Counter)
    """{address of a bot: updates that it has answered}."""
    bots: list[RunningProcess] = field(default_factory=list)
    schedulers: list[RunningProcess] = field(default_factory=list)

    @property
    def active(self) -> RunningProcess:
        """The scheduler that works."""
        working = [one for one in self.schedulers if STANDS_BY not in one.said or IS_ACTIVE in one.said]
        (found,) = (one for one in working if one.process is not None and one.process.returncode is None)
        return found

    @property
    def complaints(self) -> list[str]:
        """What the logs of the processes say of errors."""
        said = "\n".join(one.said for one in (*self.bots, *self.schedulers))
        return [line for line in said.splitlines() if "ERROR" in line or "Traceback" in line]

    async def enter(self) -> None:
        """Let the people of the demo enter, after a guest whose answer shows that everything runs."""
        assert self.cast is not None
        await (await self.newcomer("Khách", number=9)).type("/start")
        assert (await self.post("/sandbox/idle", timeout=STARTS_WITHIN))["idle"]
        await self.cast.enter()
        await self.settle()

    async def is_quiet(self) -> bool:
        """Whether every update that was received has been answered."""
        assert self.app is not None
        async with self.app.contexts.open() as ctx:
            return not await ctx.uow.inbox.unanswered()


@asynccontextmanager
async def one_process(folder: Path) -> AsyncIterator[Installation]:
    """Run bot and scheduler in one process on SQLite, by polling."""
    async with _with_sandbox(folder, Settings(data=folder / "data")) as (installation, settings):
        process = RunningProcess(("bot", "scheduler"), folder, settings, folder / "run.log")
        installation.bots, installation.schedulers = [process], [process]
        async with _started(installation):
            yield installation


@asynccontextmanager
async def four_processes(folder: Path, *, database: str, redis: str) -> AsyncIterator[Installation]:
    """Run two bots behind one address and two schedulers on PostgreSQL and Redis; the second scheduler stands by."""
    port = free_port()
    servers = Settings(
        data=folder / "data", database_url=database, redis_url=redis, webhook_url=f"http://127.0.0.1:{port}/telegram"
    )
    hosts = ["127.0.0.2", "127.0.0.3"]
    async with _with_sandbox(folder, servers) as (installation, settings), proxy(port, hosts) as answered:
        installation.port, installation.answered = port, answered
        installation.bots = [
            RunningProcess(("bot",), folder, settings | {"THIDUA_WEBHOOK_HOST": host}, folder / f"bot-{host}.log")
            for host in hosts
        ]
        installation.schedulers = [
            RunningProcess(("scheduler",), folder, settings, folder / f"scheduler-{number}.log") for number in (1, 2)
        ]
        async with _started(installation):
            await asyncio.gather(*(listening(host, port) for host in hosts))
            await _one_stands_by(installation)
            yield installation


@asynccontextmanager
async def _with_sandbox(folder: Path, settings: Settings) -> AsyncIterator[tuple[Installation, dict[str, str]]]:
    """Play what the demo's season has brought until it begins; yield the installation without its processes."""
    folder.mkdir()  # noqa: ASYNC240 (done once, before anything runs)
    clock = StoryClock(folder, begins=BEGINS)
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(ClientSession())
        app = await stack.enter_async_context(open_new_app(settings, clock))
        await play_season(app, until=BEGINS)
        installation = Installation(folder, http, app=app)
        sandbox = Sandbox(token=TOKEN, timekeeper=clock, is_quiet=installation.is_quiet)
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        installation.url = sandbox.url
        clock.asks(lambda: _next_moment(app))
        installation.cast = Cast(replace(app, settings=settings), sandbox)
        environment = {name: getattr(settings, name) for name in ("data", "database_url", "redis_url", "webhook_url")}
        yield (
            installation,
            {
                "THIDUA_TELEGRAM_TOKEN": TOKEN,
                "THIDUA_TELEGRAM_API": sandbox.url,
                **{f"THIDUA_{name.upper()}": str(value) for name, value in environment.items() if value is not None},
            },
        )


@asynccontextmanager
async def _started(installation: Installation) -> AsyncIterator[None]:
    """Start the processes, and end them on leaving."""
    processes = [*installation.schedulers, *(one for one in installation.bots if one not in installation.schedulers)]
    try:
        for process in processes:
            process.start()
        yield
    finally:
        await asyncio.gather(*(process.end(signal.SIGTERM) for process in processes if process.process is not None))


async def _one_stands_by(installation: Installation) -> None:
    async with asyncio.timeout(STARTS_WITHIN):
        while not any(STANDS_BY in one.said for one in installation.schedulers):  # noqa: ASYNC110 (processes have no event)
            await asyncio.sleep(0.05)


async def _next_moment(app: App) -> datetime:
    async with app.contexts.open() as ctx:
        return await next_moment(ctx)
