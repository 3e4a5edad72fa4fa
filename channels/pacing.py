"""Rate limits of one bot: overall, per person, per group, and the pauses that Telegram asks for."""

import asyncio
import os
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

# Without this switch of the library, every 429 comes with a deprecation warning about the type of its pause.
os.environ.setdefault("PTB_TIMEDELTA", "true")

# Telegram allows 30 messages a second and also counts those that aiogram sends: a third is left for live answers.
SHARE_PER_SECOND = 20
# It allows 20 messages a minute in one group, edits included; each side has a share of its own, in its own process.
PUSHED_PER_MINUTE = 10
LIVE_PER_MINUTE = 10
"""Calls that pushed messages and live answers may make in one group, pins included."""
PATIENCE = 45.0
"""Longest wait of a message for its turn (seconds); after that its text may be outdated, and it stays in the outbox."""

_BATCHES_PER_SECOND = 5
ON_THE_ROAD = 0.1
"""Seconds by which one message may overtake another on its way to Telegram."""
_LOOK_AGAIN = 1.0
_TIDY_EVERY = 60.0
_ALWAYS = float("-inf")

Clock = Callable[[], float]
Answer = bool | dict[str, Any] | list[dict[str, Any]]
Call = Callable[..., Coroutine[Any, Any, Answer]]


class TurnTooLate(Exception):  # noqa: N818 (no fault of anybody's)
    """The message would have to wait too long for its turn, so it was not sent."""


class SlidingWindow:
    """At most `limit` calls in any interval of `span` seconds."""

    def __init__(self, limit: int, span: float) -> None:
        self._taken: deque[float] = deque(maxlen=limit)
        self._span = span

    def free_at(self) -> float:
        """Return the time from which the next call is allowed."""
        return self._taken[0] + self._span if len(self._taken) == self._taken.maxlen else _ALWAYS

    def take(self, at: float) -> None:
        self._taken.append(at)

    def is_idle(self, at: float) -> bool:
        return not self._taken or self._taken[-1] + self._span <= at


class Pacer(BaseRateLimiter[None]):
    """Keeps all calls below Telegram's limits; `clock` is a monotonic clock (seconds)."""

    def __init__(
        self, *, per_second: int = SHARE_PER_SECOND, patience: float = PATIENCE, clock: Clock | None = None
    ) -> None:
        self._clock = clock
        self._patience = patience
        batch = max(1, per_second // _BATCHES_PER_SECOND)
        # A second, shorter window spreads the calls evenly, in batches, so that a late timer delays no single message.
        self._overall = (SlidingWindow(per_second, 1.0), SlidingWindow(batch, batch / per_second))
        self._chats: dict[int, SlidingWindow] = {}
        self._line = asyncio.Lock()
        self._opens_at = _ALWAYS
        self._tidied_at = _ALWAYS

    async def initialize(self) -> None:
        """Do nothing; the library requires the method."""

    async def shutdown(self) -> None:
        """Do nothing; the library requires the method."""

    async def process_request(  # noqa: PLR0913 (the library calls it so)
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,  # noqa: ARG002 (PTB's signature)
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002 (PTB's signature)
    ) -> Answer:
        """Wait for the call's turn and make it, again after each 429. Raises TurnTooLate if the wait is too long."""
        deadline = self._now() + self._patience
        while True:
            await self._turn(data.get("chat_id"), deadline)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self._opens_at = max(self._opens_at, self._now() + _seconds(error.retry_after))

    async def _turn(self, chat_id: int | None, deadline: float) -> None:
        while True:
            # A message that waits for its own chat must not delay messages to other chats.
            await self._until_free(self._of_chat(chat_id), deadline)
            async with self._line:
                await self._until_free(self._overall, deadline)
                if self._take(chat_id):
                    return

    async def _until_free(self, windows: Iterable[SlidingWindow], deadline: float) -> None:
        windows = tuple(windows)
        while (free_at := max(self._opens_at, *(window.free_at() for window in windows), _ALWAYS)) > self._now():
            if free_at > deadline:
                raise TurnTooLate(f"the turn comes in {free_at - self._now():.0f} seconds")
            # The clock may be set, or a 429 may come meanwhile, so the wait is checked again every second.
            await asyncio.sleep(min(free_at - self._now(), _LOOK_AGAIN))

    def _take(self, chat_id: int | None) -> bool:
        """Take the turn, and return whether it was free: another message to the same chat may have taken it."""
        now, windows = self._now(), (*self._overall, *self._of_chat(chat_id))
        if any(window.free_at() > now for window in windows):
            return False
        for window in windows:
            window.take(now)
        return True

    def _of_chat(self, chat_id: int | None) -> tuple[SlidingWindow, ...]:
        return () if chat_id is None else (self._window_of(chat_id),)

    def _window_of(self, chat_id: int) -> SlidingWindow:
        self._forget_the_idle()
        if chat_id not in self._chats:
            limit, span = (PUSHED_PER_MINUTE, 60.0) if chat_id < 0 else (1, 1.0)
            self._chats[chat_id] = SlidingWindow(limit, span + ON_THE_ROAD)
        return self._chats[chat_id]

    def _forget_the_idle(self) -> None:
        now = self._now()
        if now >= self._tidied_at + _TIDY_EVERY:
            self._chats = {chat_id: window for chat_id, window in self._chats.items() if not window.is_idle(now)}
            self._tidied_at = now

    def _now(self) -> float:
        return self._clock() if self._clock else asyncio.get_running_loop().time()


def _seconds(pause: int | timedelta) -> float:
    return pause.total_seconds() if isinstance(pause, timedelta) else pause
