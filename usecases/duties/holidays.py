"""The working calendar of Vietnam, from the public holidays in the `holidays` library."""

from datetime import date
from functools import lru_cache

from holidays import country_holidays

from domain.calendar import Calendar

# {day off: Saturday worked for it}, for exchanges that the library does not know.
EXCHANGED = {
    date(2026, 1, 2): date(2026, 1, 10),  # 12729/VPCP-KGVX, 25/12/2025.
}


@lru_cache(maxsize=8)
def vietnam_calendar(first_year: int, last_year: int) -> Calendar:
    """Return the calendar of these years, the last one included.

    Its holidays include Tết, days off in lieu and, from 2026, 24/11. Weekends worked in exchange are working days.
    """
    public = country_holidays("VN", years=range(first_year, last_year + 1), expand=False)
    return Calendar(
        holidays=frozenset({*public, *EXCHANGED}),
        worked=frozenset({*public.weekend_workdays, *EXCHANGED.values()}),
    )
