"""Contexts that the web page needs from its composition."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from usecases.context import Context


class OpenPageContext(Protocol):
    def open(self) -> AbstractAsyncContextManager[Context]:
        """Open a context without an actor."""
        ...
