"""Races steered to a chosen point: another transaction runs whole just before the first lock of this one."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def paused_at(repository: object, method: str, other: Callable[[], Awaitable[object]]) -> Iterator[None]:
    """Before the first call of the repository's method, `other` runs from its beginning to its end."""
    plain = getattr(repository, method)
    is_met = False

    async def after_the_other(*args: Any, **kwargs: Any) -> Any:
        nonlocal is_met
        if not is_met:
            is_met = True
            await other()
        return await plain(*args, **kwargs)

    setattr(repository, method, after_the_other)
    try:
        yield
    finally:
        delattr(repository, method)
    assert is_met, f"{method} was never called"
