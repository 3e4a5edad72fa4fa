"""Stage for stories: the whole bot against the sandbox over HTTP, with phones to type on and a clock to wind."""

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.app import TELEGRAM_CHANNEL, App
from bot.settings import Settings
from bot.telegram.dispatcher import make_routers
from bot.telegram.receiver import TelegramBot, open_telegram_bot, polling
from channels.pacing import Pacer
from channels.telegram import TelegramChannel
from domain.people.people import CONSENT_VERSION
from domain.roles import Role
from sandbox.server import Sandbox
from sandbox.world.clock import WoundClock, next_morning
from sandbox.world.limits import Meter
from scheduler.jobs import SchedulerService
from tests.support.founded import START, copy_founded, open_sharing_engines
from usecases.duties.opening import open_duties
from usecases.people.invites import invite
from usecases.people.joining import JoinForm, join

if TYPE_CHECKING:
    from aiogram import Router

TOKEN = "4242:sandbox"

# aiogram reads the certificates of all authorities for each bot; those here speak without any.
ssl.create_default_context = cache(ssl.create_default_context)  # type: ignore[assignment] # it takes the same


@dataclass
class Product:
    """Product without a messenger: its database, its clock, and people who have joined."""

    app: App
    clock: WoundClock

    def wind(self, to: datetime) -> None:
        """Set the clock; nobody is reminded of what lies in between."""
        self.clock.set(to)

    async def let_join(self, chat_id: int, *, name: str, phone: str, unit: str, role: Role) -> None:
        """Let a person join without using a phone."""
        async with self.app.contexts.open() as ctx:
            code = await self.invite(unit=unit, role=role)
            await join(
                ctx,
                code,
                JoinForm(consent=CONSENT_VERSION, name=name, position="Chuyên viên", phone=phone),
                channel="telegram",
                chat_id=chat_id,
            )

    async def invite(self, *, unit: str, role: Role = Role.OFFICER, days: int = 30) -> str:
        async with self.app.contexts.as_caretaker() as ctx:
            return await invite(ctx, unit=unit, role=role, days=days)

    async def open_duties(self) -> None:
        async with self.app.contexts.open() as ctx:
            await open_duties(ctx)


@dataclass
class Stage(Product):
    """Product with the bot running against the sandbox, and phones to reach it."""

    telegram_bot: TelegramBot
    sandbox: Sandbox
    http: aiohttp.ClientSession
    service: SchedulerService
    phones: int = field(default=0)

    async def group(self, title: str, *members: "Phone") -> "StageGroup":
        """Create a group chat of these people and the bot."""
        state = await self.get("/sandbox/state")
        ids = [*(phone.id for phone in members), f"@{state['bots'][0]['username']}"]
        made = await self.post("/sandbox/chats", title=title, type="supergroup", members=ids)
        await self.settle()
        return StageGroup(self, made["id"])

    async def phone(self, name: str, *, unit: str | None = None, role: Role = Role.OFFICER) -> "Phone":
        """Create a phone; with a unit, its owner has joined already."""
        self.phones += 1
        number = f"+8490000{self.phones:04}"
        user = await self.post("/sandbox/users", name=name, phone=number)
        phone = Phone(self, user["id"])
        if unit is not None:
            await self.let_join(user["id"], name=name, phone=number, unit=unit, role=role)
            await phone.send("/menu")
        return phone

    async def pass_time(self, to: datetime) -> None:
        """Pass the time day by day, and send what the scheduler has each morning and at the end."""
        while (morning := next_morning(self.clock.now())) < to:
            await self.speak_at(morning)
        await self.speak_at(to)

    async def speak_at(self, hour: datetime) -> None:
        """Jump to this hour and send what the scheduler has then."""
        self.clock.set(hour)
        await self.service.tick()

    async def post(self, path: str, **body: Any) -> Any:
        self._let_seconds_pass()
        async with self.http.post(f"{self.sandbox.url}{path}", json=body) as answer:
            answer.raise_for_status()
            return await answer.json()

    async def get(self, path: str) -> Any:
        async with self.http.get(f"{self.sandbox.url}{path}") as answer:
            answer.raise_for_status()
            return await answer.json()

    def _let_seconds_pass(self) -> None:
        """A few between two actions of a person, which respects Telegram's limits."""
        self.clock.set(self.clock.now() + timedelta(seconds=3))

    async def settle(self) -> None:
        """Wait until the bot has answered everything, and has stored that it has."""
        self._let_seconds_pass()
        assert await self.sandbox.becomes_idle(within=10)
        await self.telegram_bot.inbox.store_conclusions()


@dataclass(frozen=True)
class Phone:
    """Private chat of one person with the bot."""

    stage: Stage
    id: int

    async def send(self, text: str) -> str:
        """Type a message and return the screen that answers it."""
        await self.stage.post(f"/sandbox/chats/{self.id}/send", **{"as": self.id, "text": text})
        await self.stage.settle()
        return await self.screen()

    async def press(self, label: str) -> str:
        """Press the newest button with this label; return the alert if there is one, else the screen."""
        answer = await self.stage.post(f"/sandbox/chats/{self.id}/press", **{"as": self.id, "text": label})
        await self.stage.settle()
        return str(answer.get("alert") or await self.screen())

    async def upload(
        self,
        file_name: str,
        content: bytes,
        *,
        kind: str = "document",
        caption: str | None = None,
        album: str | None = None,
    ) -> str:
        await self.post_file(file_name, content, kind=kind, caption=caption, album=album)
        await self.stage.settle()
        return await self.screen()

    async def post_file(
        self, file_name: str, content: bytes, *, kind: str, caption: str | None = None, album: str | None = None
    ) -> None:
        """Send a file without waiting for the answer, as files of an album are sent."""
        await self.stage.post(
            f"/sandbox/chats/{self.id}/upload",
            **{
                "as": self.id,
                "file_name": file_name,
                "content_base64": base64.b64encode(content).decode(),
                "kind": kind,
                "caption": caption,
                "media_group_id": album,
            },
        )

    async def share_contact(self) -> str:
        await self.stage.post(f"/sandbox/chats/{self.id}/contact", **{"as": self.id})
        await self.stage.settle()
        return await self.screen()

    async def messages(self) -> list[dict[str, Any]]:
        return self.stage.sandbox.messages(self.id, viewer=self.id)

    async def last(self) -> dict[str, Any]:
        """Return the bot's newest message."""
        return [message for message in await self.messages() if message["from"]["is_bot"]][-1]

    async def screen(self) -> str:
        message = await self.last()
        return str(message["text"] or message["caption"] or "")

    async def sees(self, text: str) -> None:
        """Wait until the bot sends this text unasked; it may be taking its last message away at the moment."""
        async with asyncio.timeout(10):
            while not await self._has(text):  # noqa: ASYNC110 (what comes over HTTP has no event here)
                await asyncio.sleep(0.02)

    async def _has(self, text: str) -> bool:
        of_bot = [message for message in await self.messages() if message["from"]["is_bot"]]
        return bool(of_bot) and text in str(of_bot[-1]["text"] or of_bot[-1]["caption"] or "")

    async def buttons(self) -> list[str]:
        return [button["text"] for row in (await self.last())["buttons"] for button in row]

    async def keyboard(self) -> list[str]:
        """Return the labels of the keyboard below the chat, if there is one."""
        rows = [row for message in await self.messages() for row in message.get("reply_keyboard", [])]
        return [button["text"] for row in rows for button in row]


@dataclass(frozen=True)
class StageGroup:
    stage: Stage
    id: int

    async def send(self, phone: Phone, text: str) -> dict[str, Any]:
        """Type a message in the group and return the bot's newest message."""
        await self.stage.post(f"/sandbox/chats/{self.id}/send", **{"as": phone.id, "text": text})
        await self.stage.settle()
        return await self.last(phone)

    async def press(self, phone: Phone, label: str) -> str:
        """Press the newest button with this label and return the popup."""
        answer = await self.stage.post(f"/sandbox/chats/{self.id}/press", **{"as": phone.id, "text": label})
        await self.stage.settle()
        return str(answer.get("alert") or "")

    async def messages(self, phone: Phone) -> list[dict[str, Any]]:
        return self.stage.sandbox.messages(self.id, viewer=phone.id)

    async def last(self, phone: Phone) -> dict[str, Any]:
        return [message for message in await self.messages(phone) if message["from"]["is_bot"]][-1]


@asynccontextmanager
async def opened_product(
    folder: Path, *, at: datetime = START, database_url: str | None = None
) -> AsyncIterator[Product]:
    """Open the sample organisation under the sample plan, with that day's duties open, in the given database if any."""
    clock = WoundClock()
    clock.set(at)
    if database_url is None:
        await copy_founded(folder, at=at)
    async with open_sharing_engines(Settings(data=folder, database_url=database_url), clock) as app:
        yield Product(app, clock)


@asynccontextmanager
async def staged(folder: Path, *, at: datetime = START, database_url: str | None = None) -> AsyncIterator[Stage]:
    """Open the sample organisation with the bot running and the sandbox to reach it."""
    async with opened_product(folder, at=at, database_url=database_url) as product, on_stage(product) as stage:
        yield stage


@asynccontextmanager
async def on_stage(product: Product) -> AsyncIterator[Stage]:
    """Run the bot for any installation, with the sandbox to reach it."""
    talkers: list[TelegramBot] = []
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(token=TOKEN, timekeeper=product.clock, is_quiet=partial(_is_quiet, talkers))
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        app = replace(product.app, settings=product.app.settings.model_copy(update={"telegram_api": sandbox.url}))
        routers = stack.enter_context(lent_routers())
        telegram_bot = await stack.enter_async_context(open_telegram_bot(app, token=TOKEN, routers=routers))
        talkers.append(telegram_bot)
        await stack.enter_async_context(polling(telegram_bot))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        pacer = Pacer(clock=Meter(product.clock.now), spreads=False)
        telegram = await stack.enter_async_context(TelegramChannel(TOKEN, api=sandbox.url, pacer=pacer))
        service = SchedulerService(app.contexts, {TELEGRAM_CHANNEL: telegram}, files=app.files)
        yield Stage(app, product.clock, telegram_bot, sandbox, http, service)


@contextmanager
def lent_routers() -> "Iterator[tuple[Router, ...]]":
    """Lend the handlers and dialogs, which know no app, to one dispatcher after another: 50 dialogs are made once."""
    routers = _LENT.pop() if _LENT else make_routers()
    yield routers
    for router in routers:
        # aiogram has no word for taking a router away from its dispatcher.
        router._parent_router = None
    _LENT.append(routers)


_LENT: "list[tuple[Router, ...]]" = []
"""Routers not in use."""


async def _is_quiet(talkers: list[TelegramBot]) -> bool:
    """Whether the bot, once it exists, is handling no update."""
    return not any(telegram_bot.in_flight.count for telegram_bot in talkers)
