"""A year of many units on a real database, with all that goes wrong in a year."""

import asyncio
import heapq
import itertools
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from bot.app import TELEGRAM_CHANNEL, App, open_app
from bot.judge import Judge, Life, Listener, asked_in
from bot.sample import AUTHORITY, PLAN
from bot.settings import Settings
from domain.calendar import VIETNAM
from domain.people import CONSENT_VERSION
from domain.roles import Role
from domain.units import ClusterKind, ClusterRole, UnitKind
from scheduler.jobs import Speaker
from usecases.catalogue import shipped_plan
from usecases.context import Context, action
from usecases.holidays import vietnam_calendar
from usecases.organisation import ClusterEntry, UnitEntry, caretaker, found_organisation
from usecases.people import invite, join
from usecases.plans import load_plan
from usecases.ports import Letter, Unreachable
from usecases.submissions import draft_for, hand_in
from usecases.successions import NewUnit, close_unit, merge_units, split_unit

YEAR = 2026
FOUNDED = date(YEAR - 1, 7, 1)
BEGINS = datetime(YEAR - 1, 12, 20, 8, tzinfo=VIETNAM)
CLUSTER = 25
OUTAGES = 14
LONGEST_OUTAGE = 72.0
"""Hours."""

UNIT_NEWS = "<b>Đơn vị thay đổi</b>"
"""Begins a message that reminds of nothing."""

_HOUR = timedelta(hours=1)


class Watch:
    """Shows what it is set to, in UTC."""

    def __init__(self) -> None:
        self.hour = BEGINS

    def now(self) -> datetime:
        return self.hour.astimezone(UTC)


class Recorder:
    """A road out that hands everything to the judge; who has blocked the bot is not reached."""

    def __init__(self, judge: Judge, watch: Watch) -> None:
        self._judge = judge
        self._watch = watch
        self._ids = itertools.count(1)

    async def send(self, chat_id: int, letter: Letter) -> int:
        listener = self._judge.listeners.get(chat_id)
        if listener is not None and not listener.is_reachable:
            raise Unreachable("blocked")
        if not letter.html.startswith(UNIT_NEWS):
            self._judge.hear(chat_id, letter.html, self._watch.hour)
        return next(self._ids)

    async def edit(self, chat_id: int, message_id: int, letter: Letter) -> None:
        raise AssertionError(f"no board hangs in this year: {chat_id}, {message_id}, {letter}")

    async def pin(self, chat_id: int, message_id: int) -> None:
        raise AssertionError(f"no board hangs in this year: {chat_id}, {message_id}")


Act = Callable[[], Awaitable[None]]


class Year:
    """Everything that happens, at its hour."""

    def __init__(self, folder: Path, *, units: int, seed: int) -> None:
        self._settings = Settings(
            data=folder, telegram_token=None, database_url=None, redis_url=None, files=None, webhook_url=None
        )
        self._count = units
        self._dice = random.Random(seed)
        self._watch = Watch()
        self.judge = Judge(vietnam_calendar(YEAR - 1, YEAR + 1), asked_in(YEAR))
        self._events: list[tuple[datetime, int, Act]] = []
        self._numbers = itertools.count(1)
        self._apps: list[App] = []
        self._speakers: list[Speaker] = []
        self._takers: set[str] = set()
        """They stay, so that what they take in has somewhere to go."""

    async def play(self) -> None:
        async with AsyncExitStack() as houses:
            await self._start(houses)
            await self._found()
            self._plan_changes()
            for hour in self._looks():
                await self._live_until(hour)
                await self._look()
                if self._dice.random() < 0.02:
                    await houses.aclose()
                    await self._start(houses)

    async def _start(self, houses: AsyncExitStack) -> None:
        """Two processes on one database."""
        self._apps = [await houses.enter_async_context(open_app(self._settings, self._watch)) for _ in range(2)]
        channels = {TELEGRAM_CHANNEL: Recorder(self.judge, self._watch)}
        self._speakers = [Speaker(app.contexts, channels) for app in self._apps]

    async def _found(self) -> None:
        codes = [f"dv-{number}" for number in range(1, self._count + 1)]
        units = [UnitEntry(code, f"Đơn vị {code[3:]}", UnitKind.COMMUNE, AUTHORITY) for code in codes]
        authority = UnitEntry(AUTHORITY, "UBND xã Mẫu", UnitKind.AUTHORITY, None)
        async with self._apps[0].contexts.open() as ctx:
            await found_organisation(ctx, units=[authority, *units], clusters=_clusters(codes), since=FOUNDED)
        async with self._apps[0].contexts.open() as ctx:
            await load_plan(ctx, shipped_plan(PLAN), authority=AUTHORITY, file=PLAN)
        for code in codes:
            self.judge.units[code] = Life(FOUNDED)
            is_late = self._dice.random() < 0.05
            self._at(self._any_hour() if is_late else BEGINS, partial(self._join, code))
            if self._dice.random() < 0.1:
                self._at(self._any_hour(), partial(self._join, code))

    def _looks(self) -> Iterator[datetime]:
        """Each morning's first, and a few at any hour; none while everything is down, one as soon as it is up."""
        outages = [(start, start + self._dice.uniform(1, LONGEST_OUTAGE) * _HOUR) for start in self._any_hours(OUTAGES)]
        first = datetime(YEAR, 1, 1, tzinfo=VIETNAM)
        days = [first + timedelta(days=number) for number in range(365)]
        hours = [day + timedelta(hours=7, minutes=self._dice.randint(25, 59)) for day in days]
        hours += [day + timedelta(minutes=self._dice.randrange(24 * 60)) for day in days if self._dice.random() < 0.7]
        hours += [end for _, end in outages if end.year == YEAR]
        yield from sorted(hour for hour in hours if not any(start <= hour < end for start, end in outages))

    async def _look(self) -> None:
        """What the schedulers do at this hour; now and then both at once, or cut off in the middle."""
        chance = self._dice.random()
        if chance < 0.15:
            await asyncio.gather(*(speaker.tick() for speaker in self._speakers))
        elif chance < 0.2:
            await self._speakers[0].look()
            return
        else:
            await self._speakers[0].look()
            await self._hand_in_something()
            await self._speakers[0].deliver()
        self.judge.look_back(self._watch.hour)
        if chance > 0.97:
            await self._set_back()

    async def _set_back(self) -> None:
        self._watch.hour -= _HOUR
        for _ in range(2):
            await self._speakers[1].tick()
            self._watch.hour += _HOUR / 2

    async def _live_until(self, hour: datetime) -> None:
        while self._events and self._events[0][0] <= hour:
            at, _, act = heapq.heappop(self._events)
            self._watch.hour = max(self._watch.hour, at)
            await act()
        self._watch.hour = hour

    def _at(self, hour: datetime, act: Act) -> None:
        heapq.heappush(self._events, (hour, next(self._numbers), act))

    def _any_hour(self) -> datetime:
        return datetime(YEAR, 1, 1, tzinfo=VIETNAM) + timedelta(seconds=self._dice.randrange(365 * 24 * 3600))

    def _any_hours(self, count: int) -> list[datetime]:
        return [self._any_hour() for _ in range(count)]

    # People.

    async def _join(self, unit: str) -> None:
        """Somebody new serves the unit, and has made up their mind when to hand in what."""
        ended = self.judge.units[unit].ended
        if ended is not None and ended < self._watch.hour.astimezone(VIETNAM).date():
            return
        chat = 1000 + next(self._numbers)
        async with self._office() as ctx:
            code = await invite(ctx, unit=unit, role=Role.OFFICER, days=30)
            await join(
                ctx,
                code=code,
                consent=CONSENT_VERSION,
                name=f"Cán bộ {unit}",
                position="Chuyên viên",
                phone=f"+849{chat:08}",
                channel=TELEGRAM_CHANNEL,
                chat_id=chat,
            )
        self.judge.listeners[chat] = Listener(unit, self._watch.hour)
        if self._dice.random() < 0.02:
            self._at(self._any_hour(), partial(self._block, chat))
        for asked in self.judge.asked:
            if self._dice.random() < 0.85:
                days = (asked.last - asked.opens).days + 8
                day = asked.opens + timedelta(days=self._dice.randrange(days))
                hour = datetime.combine(day, time(), VIETNAM) + timedelta(seconds=self._dice.randrange(24 * 3600))
                self._at(hour, partial(self._hand_in, chat, asked.title))

    async def _block(self, chat: int) -> None:
        self.judge.listeners[chat].is_reachable = False

    async def _hand_in(self, chat: int, title: str) -> None:
        unit = self.judge.listeners[chat].unit
        asked = next(asked for asked in self.judge.asked if asked.title == title)
        if not self.judge.owes(unit, asked, day=self._watch.hour.astimezone(VIETNAM).date()):
            return
        async with self._apps[0].contexts.open_for(channel=TELEGRAM_CHANNEL, chat_id=chat) as ctx:
            is_there = await hand_in_blank(ctx, title)
        if is_there:
            self.judge.handed_in.add((unit, title))

    async def _hand_in_something(self) -> None:
        """Between queueing and sending, which is when it matters."""
        if self._dice.random() * 1000 < self._count:
            await self._hand_in(self._dice.choice([*self.judge.listeners]), self._dice.choice(self.judge.asked).title)

    # Units.

    def _plan_changes(self) -> None:
        for share, act in ((20, self._merge), (50, self._take_in), (50, self._split), (50, self._close)):
            for hour in self._any_hours(max(1, self._count // share)):
                self._at(hour, act)

    async def _merge(self) -> None:
        first, second, day = self._pick(), self._pick(), self._day()
        if first == second:
            return
        new = self._new()
        async with self._office() as ctx:
            await merge_units(ctx, (first, second), into=new, day=day)
        self._ended(first, second, day=day)
        self._born(new, day=day)
        self._go_on((first, second), new.code, day=day)

    async def _take_in(self) -> None:
        first, second, day = self._pick(), self._pick(), self._day()
        if first != second:
            async with self._office() as ctx:
                await merge_units(ctx, (first,), into=second, day=day)
            self._takers.add(second)
            self._ended(first, day=day)
            self._go_on((first,), second, day=day)

    async def _split(self) -> None:
        unit, day = self._pick(), self._day()
        parts = [self._new(), self._new()]
        async with self._office() as ctx:
            await split_unit(ctx, unit, into=parts, day=day)
        self._ended(unit, day=day)
        for part in parts:
            self._born(part, day=day)
        self._go_on((unit,), parts[0].code, day=day)

    async def _close(self) -> None:
        unit, day = self._pick(), self._day()
        async with self._office() as ctx:
            await close_unit(ctx, unit, day=day)
        self._ended(unit, day=day)

    def _pick(self) -> str:
        """A unit of which no end is known, old enough for any of the days that may come up."""
        old = self._watch.hour.date() - timedelta(days=10)
        lives = self.judge.units.items()
        standing = [code for code, life in lives if not life.ended and life.born < old and code not in self._takers]
        return self._dice.choice(standing)

    def _day(self) -> date:
        """Decisions are often entered some days after, or weeks before."""
        return self._watch.hour.astimezone(VIETNAM).date() + timedelta(days=self._dice.randint(-5, 20))

    def _new(self) -> NewUnit:
        number = next(self._numbers)
        return NewUnit(f"moi-{number}", f"Đơn vị mới {number}")

    def _ended(self, *codes: str, day: date) -> None:
        for code in codes:
            self.judge.units[code].ended = day - timedelta(days=1)

    def _go_on(self, units: Sequence[str], heir: str, *, day: date) -> None:
        """From the day on, or from now if that is past, the units' people serve their heir."""
        hour = max(self._watch.hour, datetime.combine(day, time(), VIETNAM))
        self._at(hour, partial(self._move, units, heir, hour))

    async def _move(self, units: Sequence[str], heir: str, hour: datetime) -> None:
        for listener in self.judge.listeners.values():
            if listener.unit in units:
                listener.unit, listener.since = heir, max(listener.since, hour)

    def _born(self, unit: NewUnit, *, day: date) -> None:
        self.judge.units[unit.code] = Life(day)
        begins = max(self._watch.hour, datetime.combine(day, time(8), VIETNAM))
        self._at(begins + self._dice.uniform(1, 72) * _HOUR, partial(self._join, unit.code))

    @asynccontextmanager
    async def _office(self) -> AsyncIterator[Context]:
        contexts = self._apps[0].contexts
        async with contexts.open() as ctx:
            actor = await caretaker(ctx)
        async with contexts.open(actor) as ctx:
            yield ctx


@action
async def hand_in_blank(ctx: Context, title: str) -> bool:
    """Hand in without a word what the actor's unit owes under this title; says whether there was such a duty."""
    units = await ctx.uow.units.living([post.unit_id for post in ctx.actor.posts], day=ctx.today)
    mine = await ctx.uow.duties.of_units(units, day=ctx.today)
    duty = next((duty for duty in mine if f"{duty.title} {duty.year}" == title), None)
    if duty is None:
        return False
    draft = await draft_for(ctx, duty)
    await hand_in(ctx, duty, draft, seen=draft.revision, body={})
    await ctx.uow.commit()
    return True


def _clusters(codes: list[str]) -> list[ClusterEntry]:
    groups = [codes[start : start + CLUSTER] for start in range(0, len(codes), CLUSTER)]
    return [
        ClusterEntry(
            f"cum-{number}",
            f"Cụm {number}",
            ClusterKind.CLUSTER,
            AUTHORITY,
            tuple((code, ClusterRole.MEMBER) for code in group),
        )
        for number, group in enumerate(groups, start=1)
    ]
