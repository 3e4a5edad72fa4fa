"""Contexts that the scheduler needs from its composition."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from usecases.context import Context


class OpenContext(Protocol):
    def now(self) -> datetime:
        """Return the hour at which a context would be opened now."""
        ...

    def open(self) -> AbstractAsyncContextManager[Context]:
        """Open a context without an actor."""
        ...

    def open_reading(self) -> AbstractAsyncContextManager[Context]:
        """Open a context without an actor, for queries that share one read-only transaction."""
        ...

    def open_for(self, *, channel: str, chat_id: int) -> AbstractAsyncContextManager[Context]:
        """Open a context whose actor is the person who is written to in this chat."""
        ...
