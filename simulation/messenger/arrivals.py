"""What the messenger counts: calls by their arrival, its limit, and its pauses (429)."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

_SECOND = 1.0


@dataclass(slots=True)
class ArrivalMeter:
    """Refuses what comes above `limit` in any sliding second, and opens a pause after every `pause_every` messages."""

    limit: int
    pause_every: int = 0
    """Messages between two pauses of the messenger's own; 0 for none."""
    pause: int = 1
    """Length of a pause (seconds)."""
    now: Callable[[], float] = monotonic
    taken: Counter[int] = field(default_factory=Counter)
    """{chat: messages taken}."""
    into_pause: int = 0
    above_limit: int = 0
    worst: int = 0
    """Most arrivals in one sliding second."""
    paused: float = 0.0
    """Seconds of all pauses."""
    pauses: int = 0
    first_at: float = 0.0
    last_at: float = 0.0
    _recent: deque[float] = field(default_factory=deque)
    _closed_until: float = 0.0
    _since_pause: int = 0

    def arrive(self, chat_id: int) -> int:
        """Count a call; return 0 if the message is taken, or the seconds to wait."""
        now = self.now()
        self.first_at = self.first_at or now
        if now < self._closed_until:
            self.into_pause += 1
            return self.pause
        self._since_pause += 1
        self._recent.append(now)
        while self._recent[0] <= now - _SECOND:
            self._recent.popleft()
        self.worst = max(self.worst, len(self._recent))
        if len(self._recent) > self.limit:
            self.above_limit += 1
            return self._close(now)
        if self.pause_every and self._since_pause > self.pause_every:
            return self._close(now)
        self.taken[chat_id] += 1
        self.last_at = now
        return 0

    @property
    def used(self) -> float:
        """Part of the limit that was used while the messenger took messages, from the first to the last."""
        open_for = self.last_at - self.first_at - self.paused
        return (self.taken.total() - 1) / (self.limit * open_for) if open_for > 0 else 0.0

    def _close(self, now: float) -> int:
        self.pauses += 1
        self.paused += self.pause
        self._since_pause = 0
        self._closed_until = now + self.pause
        return self.pause
