"""Reference of the update that is being handled: told to the person after an error, and on every line of the log."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Handling:
    reference: str
    """Such as `7F3A`."""
    has_failed: bool = False


_current: ContextVar[Handling | None] = ContextVar("handling", default=None)


def current_reference() -> str | None:
    """Return the reference of what is being handled, or None outside of it."""
    handling = _current.get()
    return handling.reference if handling else None


def note_failure() -> str:
    """Note that what is being handled has failed; return the reference to tell the person."""
    handling = _current.get() or Handling(_new_reference())
    handling.has_failed = True
    return handling.reference


@contextmanager
def under_reference() -> Iterator[Handling]:
    """Give what is handled inside a reference of its own, also in tasks that it starts; keep one that it has."""
    handling = _current.get() or Handling(_new_reference())
    token = _current.set(handling)
    try:
        yield handling
    finally:
        _current.reset(token)


def _new_reference() -> str:
    return secrets.token_hex(2).upper()
