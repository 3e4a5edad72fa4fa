"""How long people waited: the middle, and the tail."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Waits:
    """Percentiles (ms), and p99 ÷ p50."""

    count: int
    p50: float
    p95: float
    p99: float
    tail: float

    @property
    def told(self) -> str:
        return f"p50 {self.p50} ms, p95 {self.p95} ms, p99 {self.p99} ms, p99/p50 {self.tail} ({self.count} lần)"


def waits_of(seconds: Sequence[float]) -> Waits:
    """Return the percentiles by nearest rank; zeros if nobody waited."""
    ordered = sorted(seconds) or [0.0]

    def rank(percent: int) -> float:
        return ordered[ceil(len(ordered) * percent / 100) - 1] * 1000

    middle, late = rank(50), rank(99)
    tail = round(late / middle, 2) if middle else 0.0
    return Waits(len(seconds), round(middle, 1), round(rank(95), 1), round(late, 1), tail)
