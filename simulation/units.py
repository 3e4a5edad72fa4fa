"""Events of units in a simulated year: they merge, absorb others, split and close."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from domain.calendar import ONE_DAY, VIETNAM
from simulation.events import HOUR
from simulation.oracle import UnitLife
from simulation.people import PeopleEvents
from usecases.organisation.successions.commands import NewUnit, close_unit, merge_units, split_unit


class UnitEvents(PeopleEvents):
    _takers: set[str]
    """Units that have absorbed others; they stay, so that the absorbed ones keep a successor."""

    def _plan_changes(self) -> None:
        self._takers = set()
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
        """Return a unit without a known end, old enough for any day that may be drawn."""
        old = self._clock.hour.date() - timedelta(days=10)
        lives = self.oracle.units.items()
        standing = [code for code, life in lives if not life.ended and life.born < old and code not in self._takers]
        return self._rng.choice(standing)

    def _day(self) -> date:
        """Return a day from 5 days ago to 20 days ahead: decisions are often entered late or weeks before."""
        return self._clock.hour.astimezone(VIETNAM).date() + timedelta(days=self._rng.randint(-5, 20))

    def _new(self) -> NewUnit:
        number = next(self._numbers)
        return NewUnit(f"moi-{number}", f"Đơn vị mới {number}")

    def _ended(self, *codes: str, day: date) -> None:
        for code in codes:
            self.oracle.units[code].ended = day - ONE_DAY

    def _go_on(self, units: Sequence[str], heir: str, *, day: date) -> None:
        """Let the units' people serve the successor from this day, or from now if it is past."""
        hour = max(self._clock.hour, datetime.combine(day, time(), VIETNAM))
        self._at(hour, partial(self._move, units, heir, hour))

    async def _move(self, units: Sequence[str], heir: str, hour: datetime) -> None:
        for recipient in self.oracle.recipients.values():
            if recipient.unit in units:
                recipient.unit, recipient.since = heir, max(recipient.since, hour)

    def _born(self, unit: NewUnit, *, day: date) -> None:
        self.oracle.units[unit.code] = UnitLife(day)
        begins = max(self._clock.hour, datetime.combine(day, time(8), VIETNAM))
        self._at(begins + self._rng.uniform(1, 72) * HOUR, partial(self._join, unit.code))
