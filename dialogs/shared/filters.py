"""Filters that are evaluated on the loop: aiogram sends each `F.` filter to a thread and back, which costs far more."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.dispatcher.event.handler import FilterObject


def resolve_in_place(found: FilterObject) -> None:
    """Make the filter awaitable, if it is not; what it answers stays the same."""
    if not found.awaitable:
        found.callback, found.awaitable = _awaitable(found.callback), True


def _awaitable(resolve: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    async def resolved(*args: Any, **kwargs: Any) -> Any:
        return resolve(*args, **kwargs)

    return resolved
