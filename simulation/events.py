"""Foundation of a simulated year: apps, clock, random numbers, and the queue of events."""

import heapq
import itertools
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import App
from bot.settings import Settings
from domain.calendar import VIETNAM
from simulation.oracle import ReminderOracle, expected_duties
from usecases.context import Context
from usecases.duties.holidays import vietnam_calendar
from usecases.ports import MessageContent, OutgoingDocument, Unreachable

YEAR = 2026
DAYS = 365
BEGINS = datetime(YEAR - 1, 12, 20, 8, tzinfo=VIETNAM)
HOUR = timedelta(hours=1)

UNIT_NEWS = "<b>Đơn vị thay đổi</b>"
"""Beginning of a message that is no reminder."""


class ManualClock:
    """Clock that shows the hour it is set to, in UTC."""

    def __init__(self) -> None:
        self.hour = BEGINS

    def now(self) -> datetime:
        return self.hour.astimezone(UTC)


class Recorder:
    """Channel that passes every message to the oracle; a person who has blocked the bot is unreachable."""

    def __init__(self, oracle: ReminderOracle, clock: ManualClock) -> None:
        self._oracle = oracle
        self._clock = clock
        self._ids = itertools.count(1)

    async def send(self, chat_id: int, content: MessageContent, *, thread_id: int | None = None) -> int:
        if thread_id is not None:
            raise AssertionError(f"no forum is in this year: {chat_id}, {thread_id}")
        recipient = self._oracle.recipients.get(chat_id)
        if recipient is not None and not recipient.is_reachable:
            raise Unreachable("blocked")
        if not content.html.startswith(UNIT_NEWS):
            self._oracle.record_message(chat_id, content.html, self._clock.hour)
        return next(self._ids)

    async def send_document(self, chat_id: int, document: OutgoingDocument) -> str | None:
        raise AssertionError(f"nothing is announced in this year: {chat_id}, {document}")

    async def edit(self, chat_id: int, message_id: int, content: MessageContent) -> None:
        raise AssertionError(f"no board hangs in this year: {chat_id}, {message_id}, {content}")

    async def pin(self, chat_id: int, message_id: int) -> bool:
        raise AssertionError(f"no board hangs in this year: {chat_id}, {message_id}")

    async def pinned(self, chat_id: int) -> int | None:
        raise AssertionError(f"no board hangs in this year: {chat_id}")

    async def unpin(self, chat_id: int, message_id: int) -> None:
        raise AssertionError(f"no board hangs in this year: {chat_id}, {message_id}")


Act = Callable[[], Awaitable[None]]


class EventQueue:
    """Queue of events, each at its hour."""

    def __init__(self, folder: Path, *, units: int, seed: int, days: int = DAYS) -> None:
        self._settings = Settings(
            data=folder, telegram_token=None, database_url=None, redis_url=None, files=None, webhook_url=None
        )
        self._count = units
        self._days = days
        self._rng = random.Random(seed)
        self._clock = ManualClock()
        self.oracle = ReminderOracle(vietnam_calendar(YEAR - 1, YEAR + 1), expected_duties(YEAR))
        self._events: list[tuple[datetime, int, Act]] = []
        self._numbers = itertools.count(1)
        self._apps: list[App] = []

    async def _live_until(self, hour: datetime) -> None:
        while self._events and self._events[0][0] <= hour:
            at, _, act = heapq.heappop(self._events)
            self._clock.hour = max(self._clock.hour, at)
            await act()
        self._clock.hour = hour

    def _at(self, hour: datetime, act: Act) -> None:
        heapq.heappush(self._events, (hour, next(self._numbers), act))

    def _any_hour(self) -> datetime:
        return datetime(YEAR, 1, 1, tzinfo=VIETNAM) + timedelta(seconds=self._rng.randrange(DAYS * 24 * 3600))

    def _any_hours(self, count: int) -> list[datetime]:
        return [self._any_hour() for _ in range(count)]

    @asynccontextmanager
    async def _office(self) -> AsyncIterator[Context]:
        contexts = self._apps[0].contexts
        async with contexts.as_caretaker() as ctx:
            yield ctx
