"""What the scheduler asks of whoever puts it together: a context to work in."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from usecases.context import Context


class OpenContext(Protocol):
    def open(self) -> AbstractAsyncContextManager[Context]:
        """With nobody as the actor."""
        ...

    def open_for(self, *, channel: str, chat_id: int) -> AbstractAsyncContextManager[Context]:
        """With the person as the actor who is written to in this chat."""
        ...
