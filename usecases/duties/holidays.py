"""The working calendar of Vietnam, from the public holidays in the `holidays` library."""

from datetime import date
from functools import cache, lru_cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import holidays

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
    public = _vietnam().VN(years=range(first_year, last_year + 1), expand=False)
    return Calendar(
        holidays=frozenset({*public, *EXCHANGED}),
        worked=frozenset({*public.weekend_workdays, *EXCHANGED.values()}),
    )


@cache
def _vietnam() -> ModuleType:
    """Load the library's file on Vietnam; its own way loads 280 files on other countries, and keeps their 8 MB."""
    module = ModuleType("vietnam_holidays")
    file = Path(holidays.__file__).parent / "countries" / "vietnam.py"
    SourceFileLoader(module.__name__, str(file)).exec_module(module)
    return module
