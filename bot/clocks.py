"""Clocks: the system's, and one that stands still."""

from dataclasses import dataclass
from datetime import UTC, datetime


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class StoppedClock:
    """Clock that always gives one hour, for entries as of that hour."""

    hour: datetime

    def now(self) -> datetime:
        return self.hour
