"""Parameters of handlers and filters: aiogram asks 4,000 times for those of a few hundred functions."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType
from typing import Any


@contextmanager
def signatures_read_once() -> Iterator[None]:
    """In the block, read one signature for all functions of the same code, which is two thirds of the dispatcher's
    time: each observer has a lambda of its own, and each filter a method.

    aiogram uses names and kinds of parameters only; defaults and annotations may be those of another function.
    """
    plain = inspect.signature
    known: dict[tuple[CodeType, bool], inspect.Signature] = {}

    def signature(callback: Callable[..., Any], **options: Any) -> inspect.Signature:
        key = _code_of(callback)
        found = known.get(key) if key else None
        if found is None:
            found = plain(callback, **options)
            if key:
                known[key] = found
        return found

    inspect.signature = signature  # type: ignore[assignment] # it takes the same by any name
    try:
        yield
    finally:
        inspect.signature = plain


def _code_of(callback: Callable[..., Any]) -> tuple[CodeType, bool] | None:
    """Return (code, is bound to an object), or None for what says of itself what its parameters are."""
    function = callback if isinstance(callback, FunctionType) else _function_behind(callback)
    if not isinstance(function, FunctionType) or vars(function) or hasattr(callback, "__signature__"):
        return None
    return function.__code__, function is not callback


def _function_behind(callback: object) -> object:
    return getattr(callback, "__func__", None) or vars(type(callback)).get("__call__")
