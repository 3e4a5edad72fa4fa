"""Telegram's flood limits: 30 messages a second overall, 1 a second per person after a burst, 20 a minute per group."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sandbox.errors import too_many_requests

OVERALL_PER_SECOND = 30
GROUP_PER_MINUTE = 20
MINUTE = 60.0
PRIVATE_BURST = 20
PRIVATE_PER_SECOND = 1.0
REMEMBERED_CALLS = 1000
"""Newest calls to each chat that are remembered to be counted."""


class Meter:
    """Seconds that have passed, by the real clock or by the wound one, whichever ran further.

    A day wound in a moment counts as a day; otherwise two wound days would fall into one minute.
    """

    def __init__(self, now: Callable[[], datetime], tick: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._tick = tick
        self._seen = (tick(), now())
        self._passed = 0.0

    def __call__(self) -> float:
        real, wound = self._tick(), self._now()
        self._passed += max(real - self._seen[0], (wound - self._seen[1]).total_seconds())
        self._seen = (real, wound)
        return self._passed


class RateWindow:
    """Limit of `limit` events in any `span` seconds."""

    def __init__(self, limit: int, span: float) -> None:
        self._limit = limit
        self._span = span
        self._events: deque[float] = deque()

    def wait(self, at: float) -> float:
        while self._events and self._events[0] <= at - self._span:
            self._events.popleft()
        return self._events[0] + self._span - at if len(self._events) >= self._limit else 0.0

    def take(self, at: float) -> None:
        self._events.append(at)


@dataclass(slots=True)
class BurstAllowance:
    """Allowance of a burst that refills at a steady pace."""

    level: float = PRIVATE_BURST
    filled_at: float = 0.0

    def wait(self, at: float) -> float:
        self.level = min(PRIVATE_BURST, self.level + (at - self.filled_at) * PRIVATE_PER_SECOND)
        self.filled_at = at
        return max(0.0, (1 - self.level) / PRIVATE_PER_SECOND)

    def take(self, at: float) -> None:
        self.wait(at)
        self.level -= 1


class Pace:
    """Count of what the bot sends and edits; it refuses what comes too fast."""

    def __init__(self, meter: Callable[[], float]) -> None:
        self._meter = meter
        self._overall = RateWindow(OVERALL_PER_SECOND, 1.0)
        self._chats: dict[int, RateWindow | BurstAllowance] = {}
        self._calls: dict[int, deque[float]] = {}

    def note(self, chat_id: int) -> None:
        """Remember a call to this chat, of whatever kind and outcome."""
        self._calls.setdefault(chat_id, deque(maxlen=REMEMBERED_CALLS)).append(self._meter())

    def busiest_minute(self, chat_id: int) -> int:
        """Return the most calls to this chat in any 60 seconds."""
        calls = self._calls.get(chat_id, ())
        return max((sum(start <= at < start + MINUTE for at in calls) for start in calls), default=0)

    def admit(self, chat_id: int) -> None:
        """Count a message to this chat. Raises ApiError 429 if it comes too soon."""
        at = self._meter()
        limits = (self._overall, self._chat(chat_id, at))
        wait = max(limit.wait(at) for limit in limits)
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        for limit in limits:
            limit.take(at)

    def _chat(self, chat_id: int, at: float) -> RateWindow | BurstAllowance:
        if chat_id not in self._chats:
            self._chats[chat_id] = RateWindow(GROUP_PER_MINUTE, MINUTE) if chat_id < 0 else BurstAllowance(filled_at=at)
        return self._chats[chat_id]
