"""Reference of the update that is being handled: told to the person after an error, and on every line of the log."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str | None] = ContextVar("reference", default=None)


def current_reference() -> str | None:
    """Return the reference of what is being handled, such as `7F3A`, or None outside of it."""
    return _current.get()


@contextmanager
def under_reference() -> Iterator[str]:
    """Give what is handled inside a reference of its own, also in tasks that it starts; keep one that it has."""
    reference = _current.get() or new_reference()
    token = _current.set(reference)
    try:
        yield reference
    finally:
        _current.reset(token)


def new_reference() -> str:
    return secrets.token_hex(2).upper()
