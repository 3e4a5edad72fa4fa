"""What every use case is given, and how its transaction ends."""

from collections.abc import Callable, Coroutine, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy.exc import DBAPIError

from domain.calendar import Calendar
from domain.roles import Actor
from models.locking import is_lost_race
from models.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Context:
    uow: UnitOfWork
    now: datetime
    actor: Actor
    calendar: Calendar
    query_cache: dict[Any, Any] = field(init=False, default_factory=dict, repr=False)
    """What was answered to this actor since they last acted."""

    @property
    def today(self) -> date:
        return self.calendar.day_of(self.now)

    def local(self, instant: datetime) -> datetime:
        """The same instant as clocks on the wall show it."""
        return instant.astimezone(self.calendar.zone)


_TRIES = 3
"""Of an action that others are faster than."""

P = ParamSpec("P")
R = TypeVar("R")
UseCase = Callable[Concatenate[Context, P], Coroutine[Any, Any, R]]


def query(ask: UseCase[P, R]) -> UseCase[P, R]:
    """A use case that only reads: it may run beside a writer. Until somebody acts, it is asked once in a context."""

    @wraps(ask)
    async def asked(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
        words = _words(ask, args, kwargs)
        if words in ctx.query_cache:
            return cast(R, ctx.query_cache[words])
        answer = await _in_reading(ask, ctx, *args, **kwargs)
        if words is not None:
            ctx.query_cache[words] = answer
        return answer

    return asked


def _words(ask: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Hashable | None:
    """What tells one question from another; None of one about a list, which is not remembered."""
    words = (ask, args, *kwargs.items())
    try:
        hash(words)
    except TypeError:
        return None
    return words


@contextmanager
def _lost_races_suppressed() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if not is_lost_race(error):
            raise


def command(act: UseCase[P, R]) -> UseCase[P, R]:
    """A use case that writes: it commits once, last; what it refuses leaves no trace."""

    @wraps(act)
    async def acted(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            for _ in range(_TRIES - 1):
                with _lost_races_suppressed():
                    return await _in_step(act, ctx, *args, **kwargs)
            return await _in_step(act, ctx, *args, **kwargs)
        finally:
            ctx.query_cache.clear()

    return acted


async def _in_reading(ask: UseCase[P, R], ctx: Context, *args: P.args, **kwargs: P.kwargs) -> R:
    await ctx.uow.only_read()
    try:
        answer = await ask(ctx, *args, **kwargs)
    except BaseException:
        await ctx.uow.rollback()
        raise
    await ctx.uow.end_question()
    return answer


async def _in_step(act: UseCase[P, R], ctx: Context, *args: P.args, **kwargs: P.kwargs) -> R:
    await ctx.uow.begin_step()
    # The answer travels over a network: the database is let go before that.
    try:
        return await act(ctx, *args, **kwargs)
    finally:
        await ctx.uow.rollback()
