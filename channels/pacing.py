"""Rate limits of one bot: overall, per person, per group, and the pauses that Telegram asks for."""

import asyncio
import os
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from channels.library import BaseRateLimiter, RetryAfter
from channels.sliding_window import PUSHED_PER_MINUTE, SHARE_PER_SECOND, SlidingWindow

# Without this switch of the library, every 429 comes with a deprecation warning about the type of its pause.
os.environ.setdefault("PTB_TIMEDELTA", "true")

PATIENCE = 45.0
"""Longest wait of a message for its turn (seconds); after that its text may be outdated, and it stays in the outbox."""

_SPREAD_OVER = 0.8
"""Part of a second over which a second's calls are spread; the rest is for timers that are late."""
_CALLS_KNOWN = 100
"""Calls after which the shortest of them is taken for the shortest that there is."""
_BURST = 20
"""Messages to one person that Telegram bears at once, if they are no more than one a second in all."""
_UNEVEN = 0.005
"""Seconds by which one call's way there and another's way back may take less than both ways of the shortest call."""
_LOOK_AGAIN = 1.0
_TIDY_EVERY = 10.0
_ALWAYS = float("-inf")
_AFTER_AN_ANSWER = float("inf")

Clock = Callable[[], float]
Answer = bool | dict[str, Any] | list[dict[str, Any]]
Call = Callable[..., Coroutine[Any, Any, Answer]]


class TurnTooLate(Exception):  # noqa: N818 (no fault of anybody's)
    """The message would have to wait too long for its turn, so it was not sent."""


class ShortestWay:
    """What one call's way there and another's way back take at least (seconds), once enough calls have been made."""

    def __init__(self) -> None:
        self._shortest = float("inf")
        self._calls = 0

    def note(self, seconds: float) -> None:
        self._shortest = min(self._shortest, seconds)
        self._calls += 1

    @property
    def seconds(self) -> float:
        return max(0.0, self._shortest - _UNEVEN) if self._calls >= _CALLS_KNOWN else 0.0


class ArrivalWindow:
    """At most `limit` calls in any `span` seconds by the clock of the messenger, which counts a call as it arrives.

    A call arrives before its answer by the way back, and the next call after it was made by the way there: by what
    both take at least, the next call may be made earlier.
    """

    def __init__(self, limit: int, span: float, way: ShortestWay) -> None:
        self._limit = limit
        self._span = span
        self._way = way
        self._unanswered = 0
        self._answered: deque[float] = deque()

    def free_at(self) -> float:
        """Return the time from which the next call is allowed, as far as is known before the next answer."""
        if self._unanswered + len(self._answered) < self._limit:
            return _ALWAYS
        return self._free_again(self._answered[0]) if self._answered else _AFTER_AN_ANSWER

    def take(self, at: float) -> None:
        while self._answered and self._free_again(self._answered[0]) <= at:
            self._answered.popleft()
        self._unanswered += 1

    def note_answer(self, at: float) -> None:
        self._unanswered -= 1
        self._answered.append(at)

    def is_idle(self, at: float) -> bool:
        return not self._unanswered and (not self._answered or self._answered[-1] + self._span <= at)

    def _free_again(self, answered_at: float) -> float:
        return answered_at + self._span - min(self._way.seconds, self._span)


class Pacer(BaseRateLimiter[None]):
    """Keeps all calls below Telegram's limits; `clock` is a monotonic clock (seconds).

    Calls are spread evenly; without `spreads` they are made in bursts as far as the limits bear it, for a clock that is
    wound: what a wound day has to say need not take real seconds.
    """

    def __init__(
        self,
        *,
        per_second: int = SHARE_PER_SECOND,
        patience: float = PATIENCE,
        clock: Clock | None = None,
        spreads: bool = True,
    ) -> None:
        self._clock = clock
        self._patience = patience
        self._way = ShortestWay()
        self._overall = ArrivalWindow(per_second, 1.0, self._way)
        # Calls that are made together would all run into the pause that the first of them is told of.
        self._spread = SlidingWindow(1, _SPREAD_OVER / per_second if spreads else 0.0)
        self._per_person = (1, 1.0) if spreads else (_BURST, float(_BURST))
        self._chats: dict[int, ArrivalWindow] = {}
        self._line = asyncio.Lock()
        self._answered = asyncio.Event()
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
        chat_id, deadline = data.get("chat_id"), self._now() + self._patience
        while True:
            windows = await self._turn(chat_id, deadline)
            made_at = self._now()
            try:
                answer = await callback(*args, **kwargs)
                self._way.note(self._now() - made_at)
                return answer
            except RetryAfter as error:
                self._opens_at = max(self._opens_at, self._now() + _seconds(error.retry_after))
            finally:
                self._note_answer(windows)

    async def _turn(self, chat_id: int | None, deadline: float) -> tuple[ArrivalWindow, ...]:
        """Wait for the turn and return the windows in which it was taken."""
        while True:
            # A message that waits for its own chat must not delay messages to other chats.
            await self._until_free(self._of_chat(chat_id), deadline)
            async with self._line:
                await self._until_free((self._overall, self._spread), deadline)
                if taken := self._take(chat_id):
                    return taken

    async def _until_free(self, windows: Iterable[SlidingWindow | ArrivalWindow], deadline: float) -> None:
        windows = tuple(windows)
        while (free_at := max(self._opens_at, *(window.free_at() for window in windows), _ALWAYS)) > self._now():
            if deadline < free_at < _AFTER_AN_ANSWER:
                raise TurnTooLate(f"the turn comes in {free_at - self._now():.0f} seconds")
            if free_at == _AFTER_AN_ANSWER and self._now() > deadline:
                raise TurnTooLate("the calls before it are not answered")
            await self._wait(free_at - self._now())

    async def _wait(self, seconds: float) -> None:
        """Wait so long, or for an answer; a second at most, because the clock may be set or a 429 come meanwhile."""
        if seconds < _AFTER_AN_ANSWER:
            await asyncio.sleep(min(seconds, _LOOK_AGAIN))
            return
        self._answered.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._answered.wait(), _LOOK_AGAIN)

    def _take(self, chat_id: int | None) -> tuple[ArrivalWindow, ...]:
        """Take the turn; return no windows if another message to the same chat has taken it."""
        now, windows = self._now(), (self._overall, *self._of_chat(chat_id))
        if self._opens_at > now or any(window.free_at() > now for window in windows):
            return ()
        self._spread.take(now)
        for window in windows:
            window.take(now)
        return windows

    def _note_answer(self, windows: Iterable[ArrivalWindow]) -> None:
        """Note that a call has ended, however: it may have arrived until now."""
        for window in windows:
            window.note_answer(self._now())
        self._answered.set()

    def _of_chat(self, chat_id: int | None) -> tuple[ArrivalWindow, ...]:
        return () if chat_id is None else (self._window_of(chat_id),)

    def _window_of(self, chat_id: int) -> ArrivalWindow:
        self._forget_the_idle()
        if chat_id not in self._chats:
            limit, span = (PUSHED_PER_MINUTE, 60.0) if chat_id < 0 else self._per_person
            self._chats[chat_id] = ArrivalWindow(limit, span, self._way)
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
