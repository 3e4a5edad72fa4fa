"""Vietnamese days: the time zone and the working days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days of one country; `holidays` includes substitute days off, `worked` weekends worked instead."""

    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    zone: ZoneInfo = VIETNAM

    def day_of(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()

    def at(self, day: date, hour: time) -> datetime:
        """Return the instant (UTC) at which clocks of the zone show this hour on this day."""
        return datetime.combine(day, hour, self.zone).astimezone(UTC)

    def is_working(self, day: date) -> bool:
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.holidays)

    def working_day_on_or_before(self, day: date) -> date:
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def working_day_on_or_after(self, day: date) -> date:
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def working_days_after(self, day: date, *, count: int) -> date:
        """Return the last of `count` working days; the first is the first working day after `day`."""
        for _ in range(count):
            day = self.working_day_on_or_after(day + ONE_DAY)
        return day
