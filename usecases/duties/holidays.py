"""The working calendar of Vietnam, from the public holidays the `holidays` library keeps."""

from datetime import date
from functools import lru_cache

from holidays import country_holidays

from domain.calendar import Calendar

# Day off -> Saturday worked for it, where the library does not know of the exchange.
EXCHANGED = {
    date(2026, 1, 2): date(2026, 1, 10),  # 12729/VPCP-KGVX, 25/12/2025.
}


@lru_cache(maxsize=8)
def vietnam_calendar(first_year: int, last_year: int) -> Calendar:
    """Public holidays with Tết, days off in lieu and, from 2026, 24/11; weekends worked in exchange count as worked."""
    public = country_holidays("VN", years=range(first_year, last_year + 1), expand=False)
    return Calendar(
        holidays=frozenset({*public, *EXCHANGED}),
        worked=frozenset({*public.weekend_workdays, *EXCHANGED.values()}),
    )
