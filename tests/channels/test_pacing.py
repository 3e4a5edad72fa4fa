import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import RetryAfter
from telegram.ext import ExtBot

from channels.pacing import Pacer, TurnTooLate
from channels.sliding_window import PUSHED_PER_MINUTE
from sandbox.server import Sandbox
from sandbox.world.limits import RateWindow
from tests.channels.conftest import TOKEN, Control
from tests.channels.swift import run_swiftly

WORKERS = 8
HAIR = 1e-6

people = st.integers(1, 40)
groups = st.integers(-3, -1)


@dataclass
class Wire:
    """A fake messenger that records the time and chat of each call, and refuses as it is told."""

    refuses: Callable[[float], int] = field(default=lambda _: 0)
    calls: list[tuple[float, int]] = field(default_factory=list)
    refused: list[tuple[float, int]] = field(default_factory=list)

    async def take(self, chat_id: int) -> bool:
        now = asyncio.get_running_loop().time()
        if pause := self.refuses(now):
            self.refused.append((now, pause))
            raise RetryAfter(pause)
        self.calls.append((now, chat_id))
        return True

    def hours(self, chat_id: int | None = None) -> list[float]:
        return [hour for hour, chat in self.calls if chat_id in (None, chat)]


async def send(pacer: Pacer, wire: Wire, chat_id: int) -> None:
    data = {"chat_id": chat_id}
    await pacer.process_request(wire.take, (chat_id,), {}, "sendMessage", data, None)


async def send_all(pacer: Pacer, wire: Wire, chats: list[int]) -> None:
    """Send as the outbox does: a few workers take from one queue."""
    queue = list(reversed(chats))

    async def work() -> None:
        while queue:
            await send(pacer, wire, queue.pop())

    await asyncio.gather(*(work() for _ in range(WORKERS)))


def most_within(hours: list[float], span: float) -> int:
    """Return the most calls in any half-open interval of this length."""
    return max((sum(start <= hour < start + span - HAIR for hour in hours) for start in hours), default=0)


@settings(max_examples=40, deadline=None)
@given(st.lists(people | groups, max_size=150), st.integers(1, 30))
def test_no_limit_is_passed_in_any_sliding_window(chats: list[int], per_second: int) -> None:
    wire = Wire()

    run_swiftly(send_all(Pacer(per_second=per_second, patience=10_000), wire, chats))

    assert most_within(wire.hours(), 1) <= per_second
    for chat_id in set(chats):
        limit, span = (PUSHED_PER_MINUTE, 60) if chat_id < 0 else (1, 1)
        assert most_within(wire.hours(chat_id), span) <= limit
    assert Counter(chat for _, chat in wire.calls) == Counter(chats)


def test_the_share_is_used_to_the_full() -> None:
    wire = Wire()

    run_swiftly(send_all(Pacer(per_second=20), wire, list(range(1, 1001))))

    assert 1000 / wire.hours()[-1] >= 0.99 * 20


def test_without_spreading_a_seconds_calls_are_made_at_once_and_never_more() -> None:
    wire = Wire()

    run_swiftly(send_all(Pacer(per_second=20, spreads=False), wire, list(range(1, 101))))

    assert wire.hours()[19] == wire.hours()[0]
    assert most_within(wire.hours(), 1) == 20


def test_without_spreading_a_person_gets_a_burst_and_then_one_a_second() -> None:
    wire = Wire()

    run_swiftly(send_all(Pacer(spreads=False, patience=10_000), wire, [1] * 60))

    hours = wire.hours(1)
    assert hours[19] - hours[0] < 1
    assert most_within(hours, 20) == 20


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), max_size=5))
def test_nothing_is_sent_before_a_pause_has_passed_and_nothing_is_lost(penalties: list[tuple[int, int]]) -> None:
    left = sorted(penalties, reverse=True)

    def refuses(now: float) -> int:
        return left.pop()[1] if left and now >= left[-1][0] else 0

    wire = Wire(refuses)
    run_swiftly(send_all(Pacer(patience=10_000), wire, list(range(1, 301))))

    for refused_at, pause in wire.refused:
        assert not [hour for hour in wire.hours() if refused_at < hour < refused_at + pause - HAIR]
    assert sorted(chat for _, chat in wire.calls) == list(range(1, 301))


@dataclass
class Road:
    """A messenger far away that counts calls as they arrive, each at least `shortest` seconds after it was made."""

    seed: int
    per_second: int = 20
    shortest: float = 0.08
    jitter: float = 0.03
    pause_every: int = 0
    arrivals: list[float] = field(default_factory=list)
    too_many: int = 0
    into_a_pause: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._window = RateWindow(self.per_second, 1.0 - HAIR)
        self._told_until = 0.0

    async def take(self, _: int) -> bool:
        self.into_a_pause += asyncio.get_running_loop().time() < self._told_until - HAIR
        await self._way()
        at = asyncio.get_running_loop().time()
        self.arrivals.append(at)
        self.too_many += self._window.wait(at) > 0
        self._window.take(at)
        is_refused = self.pause_every and len(self.arrivals) % self.pause_every == 0
        await self._way()
        if is_refused:
            self._told_until = asyncio.get_running_loop().time() + 2
            raise RetryAfter(2)
        return True

    async def _way(self) -> None:
        await asyncio.sleep(self.shortest / 2 + self._random.random() * self.jitter)


@dataclass
class UnevenRoad(Road):
    """A road on which either the way there or the way back takes long, never both and never none."""

    shortest: float = 0.004

    async def take(self, chat_id: int) -> bool:
        _IS_LONG_THERE.set(self._random.random() < 0.5)
        return await super().take(chat_id)

    async def _way(self) -> None:
        is_long = _IS_LONG_THERE.get()
        _IS_LONG_THERE.set(not is_long)
        await asyncio.sleep(self.shortest if is_long else 0)


_IS_LONG_THERE: ContextVar[bool] = ContextVar("is_long_there")


async def send_along(pacer: Pacer, road: Road, chats: range) -> None:
    queue = list(chats)

    async def work() -> None:
        while queue:
            await pacer.process_request(road.take, (0,), {}, "sendMessage", {"chat_id": queue.pop()}, None)

    await asyncio.gather(*(work() for _ in range(WORKERS)))


@pytest.mark.parametrize("seed", range(5))
def test_calls_that_overtake_each_other_pass_no_limit_of_the_messenger(seed: int) -> None:
    road = Road(seed, jitter=0.3)

    run_swiftly(send_along(Pacer(per_second=20, patience=10_000), road, range(1, 401)))

    assert len(road.arrivals) == 400
    assert not road.too_many


def test_ways_that_are_never_short_both_in_one_call_pass_no_limit() -> None:
    road = UnevenRoad(seed=1)

    run_swiftly(send_along(Pacer(per_second=20, patience=10_000), road, range(1, 401)))

    assert not road.too_many


def test_a_way_that_takes_long_costs_no_calls_once_it_is_known() -> None:
    road = Road(1, shortest=0.25, jitter=0.02)

    run_swiftly(send_along(Pacer(per_second=20), road, range(1, 1001)))

    assert not road.too_many
    assert 800 / (road.arrivals[-1] - road.arrivals[-801]) >= 0.97 * 20


def test_nothing_leaves_for_a_messenger_that_has_asked_for_a_pause() -> None:
    road = Road(1, pause_every=40)

    run_swiftly(send_along(Pacer(patience=10_000), road, range(1, 401)))

    assert len(road.arrivals) > 400
    assert not road.into_a_pause


def test_a_turn_that_comes_too_late_is_not_waited_for() -> None:
    wire = Wire(lambda now: 0 if now >= 3600 else 3600)
    pacer = Pacer(patience=45)

    with pytest.raises(TurnTooLate):
        run_swiftly(send(pacer, wire, 1))

    assert len(wire.refused) == 1


def test_a_full_group_does_not_keep_others_waiting() -> None:
    wire = Wire()

    run_swiftly(send_all(Pacer(patience=100), wire, [-1] * (PUSHED_PER_MINUTE + 2) + [1, 2, 3]))

    assert all(hour < 2 for hour, chat in wire.calls if chat > 0)
    assert wire.hours(-1)[PUSHED_PER_MINUTE] >= 60


def test_chats_that_rest_are_forgotten() -> None:
    pacer = Pacer()

    run_swiftly(send_all(pacer, Wire(), list(range(1, 5001))))

    assert len(pacer._chats) <= 20 * 61


async def test_a_wound_clock_counts_as_time_that_passed() -> None:
    wire, hours = Wire(), iter(range(0, 10**9, 3600))
    pacer = Pacer(clock=lambda: float(next(hours)))

    began = time.perf_counter()
    for _ in range(5):
        await send(pacer, wire, 1)

    assert time.perf_counter() - began < 1


async def test_the_bot_itself_waits_out_a_429(sandbox: Sandbox, control: Control, person: int) -> None:
    bot: ExtBot[None] = ExtBot(TOKEN, base_url=f"{sandbox.url}/bot", rate_limiter=Pacer())
    async with bot:
        await control("faults", rate_429=1, retry_after=1)
        sending = asyncio.create_task(bot.send_message(person, "Nhắc hạn"))
        await asyncio.sleep(0.3)
        await control("faults")

        began = time.perf_counter()
        message = await sending

    assert message.text == "Nhắc hạn"
    assert time.perf_counter() - began > 0.5
