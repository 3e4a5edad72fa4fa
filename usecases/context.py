"""The context that every use case receives, and the marks `query` and `command`, which end its transaction."""

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
    """Answers of queries in this context; a command empties it."""

    @property
    def today(self) -> date:
        return self.calendar.day_of(self.now)

    def local(self, instant: datetime) -> datetime:
        """Return the same instant in the calendar's time zone."""
        return instant.astimezone(self.calendar.zone)


_TRIES = 3
"""Number of times a command is run if other transactions are faster each time."""

P = ParamSpec("P")
R = TypeVar("R")
UseCase = Callable[Concatenate[Context, P], Coroutine[Any, Any, R]]


def query(use_case: UseCase[P, R]) -> UseCase[P, R]:
    """Mark a use case that only reads. Its answer is kept in the context until a command runs there."""

    @wraps(use_case)
    async def ask(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = _cache_key(use_case, args, kwargs)
        if key in ctx.query_cache:
            return cast(R, ctx.query_cache[key])
        answer = await _in_reading(use_case, ctx, *args, **kwargs)
        if key is not None:
            ctx.query_cache[key] = answer
        return answer

    return ask


async def once(ctx: Context, ask: UseCase[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Return the answer, which is kept like that of a query: what several queries of an update ask is read once."""
    key = _cache_key(ask, args, kwargs)
    if key not in ctx.query_cache:
        ctx.query_cache[key] = await ask(ctx, *args, **kwargs)
    return cast(R, ctx.query_cache[key])


def note_answer(ctx: Context, use_case: UseCase[..., R], *args: Hashable, answer: R) -> None:
    """Take this as the query's answer to these arguments, until a command runs: a command has just returned it."""
    ctx.query_cache[_cache_key(getattr(use_case, "__wrapped__", use_case), args, {})] = answer


def _cache_key(use_case: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Hashable | None:
    """Return the key of a call, or None if an argument cannot be hashed: its answer is not kept."""
    key = (use_case, args, *kwargs.items())
    try:
        hash(key)
    except TypeError:
        return None
    return key


@contextmanager
def _lost_races_suppressed() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if not is_lost_race(error):
            raise


def command(use_case: UseCase[P, R]) -> UseCase[P, R]:
    """Mark a use case that writes. It commits once, at its end; what it has not committed is rolled back.

    It is run again if another transaction was faster, `_TRIES` times in all.
    """

    @wraps(use_case)
    async def act(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            for _ in range(_TRIES - 1):
                with _lost_races_suppressed():
                    return await _in_step(use_case, ctx, *args, **kwargs)
            return await _in_step(use_case, ctx, *args, **kwargs)
        finally:
            ctx.query_cache.clear()

    return act


async def _in_reading(use_case: UseCase[P, R], ctx: Context, *args: P.args, **kwargs: P.kwargs) -> R:
    if ctx.uow.is_in_use_case:
        # The transaction is that of the use case which asks: its end would lose what that has locked and written.
        return await use_case(ctx, *args, **kwargs)
    await ctx.uow.only_read()
    try:
        with _as_outermost(ctx.uow):
            answer = await use_case(ctx, *args, **kwargs)
    except BaseException:
        await ctx.uow.rollback()
        raise
    await ctx.uow.end_question()
    return answer


async def _in_step(use_case: UseCase[P, R], ctx: Context, *args: P.args, **kwargs: P.kwargs) -> R:
    if ctx.uow.is_in_use_case:
        raise RuntimeError(f"{use_case.__qualname__} commits, so that no other use case may call it")
    await ctx.uow.begin_step()
    # The answer is sent over a network afterwards, and the connection must not wait for that.
    try:
        with _as_outermost(ctx.uow):
            return await use_case(ctx, *args, **kwargs)
    finally:
        await ctx.uow.rollback()


@contextmanager
def _as_outermost(uow: UnitOfWork) -> Iterator[None]:
    uow.is_in_use_case = True
    try:
        yield
    finally:
        uow.is_in_use_case = False
