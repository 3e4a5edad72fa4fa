"""What every use case is given, and how its transaction ends."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError

from domain.calendar import Calendar
from domain.roles import Actor
from models.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Context:
    uow: UnitOfWork
    now: datetime
    actor: Actor
    calendar: Calendar

    @property
    def today(self) -> date:
        return self.calendar.day_of(self.now)

    def local(self, instant: datetime) -> datetime:
        """The same instant as clocks on the wall show it."""
        return instant.astimezone(self.calendar.zone)


P = ParamSpec("P")
R = TypeVar("R")
UseCase = Callable[Concatenate[Context, P], Coroutine[Any, Any, R]]


def question(ask: UseCase[P, R]) -> UseCase[P, R]:
    """A use case that only reads: it may run beside a writer."""

    @wraps(ask)
    async def asked(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
        await ctx.uow.only_read()
        return await _ended(ask, ctx, *args, **kwargs)

    return asked


def action(act: UseCase[P, R]) -> UseCase[P, R]:
    """A use case that writes: it commits once, last; what it refuses leaves no trace."""

    @wraps(act)
    async def acted(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await _ended(act, ctx, *args, **kwargs)
        except IntegrityError:
            # Somebody else has just written the same row: what they left is read, and decided upon, anew.
            return await _ended(act, ctx, *args, **kwargs)

    return acted


async def _ended(use_case: UseCase[P, R], ctx: Context, *args: P.args, **kwargs: P.kwargs) -> R:
    # The answer travels over a network: the database is let go before that.
    try:
        return await use_case(ctx, *args, **kwargs)
    finally:
        await ctx.uow.rollback()
