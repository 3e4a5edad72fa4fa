"""Hours of May 2026, in which the sample report falls due."""

from datetime import datetime

from domain.calendar import VIETNAM


def at(day: int, hour: int = 7, minute: int = 30) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=VIETNAM)
