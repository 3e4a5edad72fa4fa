"""Contexts that the scheduler needs from its composition."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from usecases.context import Context


class OpenContext(Protocol):
    def open(self) -> AbstractAsyncContextManager[Context]:
        """Open a context without an actor."""
        ...

    def open_for(self, *, channel: str, chat_id: int) -> AbstractAsyncContextManager[Context]:
        """Open a context whose actor is the person who is written to in this chat."""
        ...
