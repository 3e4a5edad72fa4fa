"""Telegram's limits as sliding windows, and the shares of pushed messages and live answers in them."""

from collections import deque

SHARE_PER_SECOND = 20
"""Pushed messages a second: Telegram allows 30 and also counts live answers, to which a third is left."""
PUSHED_PER_MINUTE = 10
LIVE_PER_MINUTE = 10
"""Calls that pushed messages and live answers may make in one group, pins included: Telegram allows 20 a minute, and
each side has a share of its own, in its own process."""
ON_THE_ROAD = 0.1
"""Seconds by which one message may overtake another on its way to Telegram."""
_ALWAYS = float("-inf")


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
