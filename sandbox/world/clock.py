"""The sandbox's hour: real time moved by hand, so that a season passes in minutes."""

from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
START_OF_WORK = time(7, 30)


class Timekeeper(Protocol):
    """Who knows the hour, and what the product has to do as it passes."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...

    async def wind(self, to: datetime) -> None:
        """Return when everything due by `to` has run."""
        ...

    async def wind_to_next(self) -> None:
        """Go to the next moment at which the product has something to do."""
        ...


class WoundClock:
    """Real time plus an offset; nothing is run, since the product reads the same clock by itself."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def set(self, to: datetime) -> None:
        self.offset = to.astimezone(UTC) - datetime.now(UTC)

    async def wind(self, to: datetime) -> None:
        self.set(to)

    async def wind_to_next(self) -> None:
        await self.wind(next_morning(self.now()))


def next_morning(moment: datetime) -> datetime:
    """The coming day's 07:30 in Vietnam."""
    tomorrow = moment.astimezone(VIETNAM).date() + timedelta(days=1)
    return datetime.combine(tomorrow, START_OF_WORK, VIETNAM).astimezone(UTC)


def in_vietnam(moment: datetime) -> str:
    """The hour as the control API writes it."""
    return moment.astimezone(VIETNAM).isoformat()


def from_iso(text: str) -> datetime:
    """An hour without a zone is meant as Vietnam's."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(UTC)
