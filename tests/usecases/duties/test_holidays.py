from datetime import date

import pytest
from holidays import country_holidays

from usecases.duties.holidays import EXCHANGED, vietnam_calendar


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
        (date(2026, 2, 13), True),
        (date(2026, 2, 16), False),
        (date(2026, 2, 17), False),
        (date(2026, 2, 20), False),
        (date(2026, 2, 23), True),
        (date(2026, 4, 26), False),
        (date(2026, 4, 27), False),
        (date(2026, 4, 28), True),
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), False),
        (date(2026, 5, 14), True),
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
        (date(2026, 9, 1), False),
        (date(2026, 9, 2), False),
        (date(2026, 9, 3), True),
        (date(2026, 11, 24), False),
        (date(2025, 11, 24), True),
        (date(2027, 2, 10), False),
        (date(2027, 5, 3), False),
    ],
)
def test_working_days_are_those_of_vietnam(day: date, is_working: bool) -> None:
    calendar = vietnam_calendar(2025, 2027)

    assert calendar.is_working(day) is is_working


def test_years_between_the_first_and_the_last_are_covered() -> None:
    calendar = vietnam_calendar(2024, 2030)

    for year in range(2024, 2031):
        assert not calendar.is_working(date(year, 1, 1))
        assert not calendar.is_working(date(year, 9, 2))


def test_calendar_is_made_once() -> None:
    assert vietnam_calendar(2026, 2026) is vietnam_calendar(2026, 2026)


def test_the_days_are_those_that_the_library_gives_by_its_own_entry() -> None:
    of_library = country_holidays("VN", years=range(2020, 2041), expand=False)

    assert vietnam_calendar(2020, 2040).holidays == {*of_library, *EXCHANGED}
