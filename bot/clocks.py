"""The hour."""

from dataclasses import dataclass
from datetime import UTC, datetime


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class StoppedClock:
    """One hour, for what is entered as of then."""

    hour: datetime

    def now(self) -> datetime:
        return self.hour
