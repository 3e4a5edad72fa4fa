"""Clock of the sandbox: real time moved by hand, so that a season passes in minutes."""

from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
START_OF_WORK = time(7, 30)


class Timekeeper(Protocol):
    """Clock that can be wound, and that knows what the product has to do as time passes."""

    def now(self) -> datetime:
        """Return the present time, aware, in UTC."""
        ...

    async def wind(self, to: datetime) -> None:
        """Wind to this time and return when everything due by then has run."""
        ...

    async def wind_to_next(self) -> None:
        """Wind to the next time at which the product has something to do."""
        ...


class WoundClock:
    """Real time plus an offset; it runs nothing, since the product reads the same clock itself."""

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
    """Return the next day's 07:30 in Vietnam, in UTC."""
    tomorrow = moment.astimezone(VIETNAM).date() + timedelta(days=1)
    return datetime.combine(tomorrow, START_OF_WORK, VIETNAM).astimezone(UTC)


def in_vietnam(moment: datetime) -> str:
    """Return the time as the control API writes it."""
    return moment.astimezone(VIETNAM).isoformat()


def from_iso(text: str) -> datetime:
    """Read a time; without a zone it is Vietnam's. Return it in UTC."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(UTC)
