"""The road of updates to the bots: fetched by one that polls, or posted in turn to those that have a webhook."""

import asyncio
from collections import deque
from itertools import cycle, islice
from types import TracebackType
from typing import Self

from aiohttp import ClientError, ClientSession, TCPConnector

_BATCH = 100
_AGAIN_AFTER = 0.5
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the header's name)
_LONGEST_POLL = 5.0


class UpdateRoad:
    """Plays the messenger and, where several bots have a webhook, the proxy that spreads updates over them."""

    def __init__(self) -> None:
        self.polls = 0
        self._waiting: deque[tuple[int, str]] = deque()
        """Number and JSON of each update that the polling bot has not confirmed."""
        self._has_come = asyncio.Event()
        self._hooks: list[tuple[str, str]] = []
        self._next = cycle(self._hooks)
        self._posting: set[asyncio.Task[None]] = set()
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession(connector=TCPConnector(limit=0))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._posting:
            task.cancel()
        await asyncio.gather(*self._posting, return_exceptions=True)
        if self._session:
            await self._session.close()

    @property
    def receivers(self) -> int:
        """How many bots have asked for updates, one that polls or several with a webhook."""
        return len(self._hooks) or min(self.polls, 1)

    @property
    def is_confirmed(self) -> bool:
        """Whether the bot that polls has confirmed every update."""
        return not self._waiting

    def forget_receivers(self) -> None:
        """Wait for a new bot, which knows nothing of the updates of the one before."""
        self.polls = 0
        self._waiting.clear()
        self._hooks.clear()

    def register(self, fields: dict[str, str]) -> bool:
        self._hooks.append((fields["url"], fields.get("secret_token", "")))
        self._next = cycle(self._hooks)
        return True

    def give(self, number: int, update: str) -> None:
        if self._hooks:
            task = asyncio.create_task(self._post(update, *next(self._next)))
            self._posting.add(task)
            task.add_done_callback(self._posting.discard)
        else:
            self._waiting.append((number, update))
            self._has_come.set()

    async def poll(self, timeout: float, *, offset: int = 0) -> str:  # noqa: ASYNC109 (the Bot API's)
        """Return the updates from `offset` on, as a JSON list; an empty one after the timeout (seconds).

        Those before it are confirmed. The others are given again to whoever asks: a bot may have ended meanwhile.
        """
        self.polls += 1
        while self._waiting and self._waiting[0][0] < offset:
            self._waiting.popleft()
        if not self._waiting:
            self._has_come.clear()
            try:
                await asyncio.wait_for(self._has_come.wait(), min(timeout, _LONGEST_POLL))
            except TimeoutError:
                return "[]"
        return f"[{','.join(update for _, update in islice(self._waiting, _BATCH))}]"

    async def _post(self, update: str, url: str, secret: str) -> None:
        """Post the update again until the bot has taken it."""
        headers = {_SECRET: secret, "Content-Type": "application/json"}
        while self._session is not None:
            try:
                async with self._session.post(url, data=update, headers=headers) as answer:
                    if answer.ok:
                        return
            except ClientError:
                pass
            await asyncio.sleep(_AGAIN_AFTER)
