"""Contexts in which use cases run: for an update, a job or a command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from domain.roles import GUEST, Actor
from models.held_unit_of_work import ReadingUnitOfWork
from models.unit_of_work import UnitOfWork
from usecases.context import Context
from usecases.duties.holidays import vietnam_calendar
from usecases.organisation.founding import caretaker
from usecases.people.recognition import actor_of, recognise
from usecases.ports import Clock

_YEARS_AROUND = 2
"""Years of holidays before and after this one; a duty due in December is reminded of in January."""


@dataclass(frozen=True, slots=True)
class Contexts:
    engine: AsyncEngine
    clock: Clock
    zone: ZoneInfo

    @asynccontextmanager
    async def open(self, actor: Actor = GUEST, *, uow: UnitOfWork | None = None) -> AsyncIterator[Context]:
        """Open a context for this actor.

        `uow` replaces the plain unit of work, with which each use case commits at once.
        """
        now = self.clock.now()
        calendar = vietnam_calendar(now.year - _YEARS_AROUND, now.year + _YEARS_AROUND)
        async with uow or UnitOfWork(self.engine) as opened:
            yield Context(opened, now, actor, replace(calendar, zone=self.zone))

    def now(self) -> datetime:
        return self.clock.now()

    @asynccontextmanager
    async def open_reading(self) -> AsyncIterator[Context]:
        """Open a context without an actor, for queries that share one read-only transaction."""
        async with self.open(uow=ReadingUnitOfWork(self.engine)) as ctx:
            yield ctx

    @asynccontextmanager
    async def open_for(self, *, channel: str, chat_id: int, uow: UnitOfWork | None = None) -> AsyncIterator[Context]:
        """Open a context whose actor is the person who writes from this chat."""
        async with self.open(uow=uow) as ctx:
            yield replace(ctx, actor=await recognise(ctx, channel=channel, chat_id=chat_id))

    @asynccontextmanager
    async def open_as(self, person_id: int) -> AsyncIterator[Context]:
        """Open a context whose actor is this person, without a messenger. Raises Refusal if there is no such person."""
        async with self.open() as ctx:
            yield replace(ctx, actor=await actor_of(ctx, person_id))

    @asynccontextmanager
    async def as_caretaker(self) -> AsyncIterator[Context]:
        """Open a context whose actor is the standing body of every topmost authority, as on the command line."""
        async with self.open() as ctx:
            yield replace(ctx, actor=await caretaker(ctx))
