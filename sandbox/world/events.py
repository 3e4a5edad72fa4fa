"""Live events for the page: something of this kind changed in this chat, so read it again."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

Kind = Literal["message", "chat", "clock", "user", "action"]
Event = tuple[Kind, int | None]

# A page that lags this far behind reads everything again when it reconnects.
LONGEST_QUEUE = 1000


class Events:
    """Broadcast of changes to every listening page."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Event | None]] = set()

    def tell(self, kind: Kind, chat: int | None = None) -> None:
        for listener in self._listeners:
            if listener.qsize() < LONGEST_QUEUE:
                listener.put_nowait((kind, chat))

    def close(self) -> None:
        """Disconnect every listener."""
        for listener in self._listeners:
            listener.put_nowait(None)

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Event | None]]:
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)


def as_server_sent(event: Event) -> bytes:
    kind, chat = event
    return f"data: {json.dumps({'kind': kind, 'chat': chat})}\n\n".encode()
