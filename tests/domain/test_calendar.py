from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))
# A long Tết, two single days off, and a Saturday that is worked instead of one of them.
CALENDAR = Calendar(
    holidays=frozenset({date(2026, 2, day) for day in range(16, 21)} | {date(2026, 5, 1), date(2026, 8, 31)}),
    worked=frozenset({date(2026, 8, 22)}),
)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 5, 14, 16, 59, 59, tzinfo=UTC), date(2026, 5, 14)),
        (datetime(2026, 5, 14, 17, 0, tzinfo=UTC), date(2026, 5, 15)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2028, 2, 28, 17, 0, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2027, 2, 28, 17, 0, tzinfo=UTC), date(2027, 3, 1)),
    ],
)
def test_day_changes_at_midnight_in_vietnam(instant: datetime, day: date) -> None:
    assert CALENDAR.day_of(instant) == day


def test_hour_of_a_day_is_an_instant_in_utc() -> None:
    instant = CALENDAR.at(date(2026, 5, 14), time(7, 30))

    assert instant == datetime(2026, 5, 14, 0, 30, tzinfo=UTC)
    assert instant.tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 5, 14), date(2026, 5, 14), date(2026, 5, 14)),
        (date(2026, 11, 14), date(2026, 11, 13), date(2026, 11, 16)),
        (date(2026, 3, 29), date(2026, 3, 27), date(2026, 3, 30)),
        (date(2026, 5, 1), date(2026, 4, 30), date(2026, 5, 4)),
        (date(2026, 2, 18), date(2026, 2, 13), date(2026, 2, 23)),
        (date(2026, 8, 22), date(2026, 8, 22), date(2026, 8, 22)),
        (date(2026, 8, 31), date(2026, 8, 28), date(2026, 9, 1)),
    ],
)
def test_nearest_working_days_skip_weekends_and_holidays(day: date, before: date, after: date) -> None:
    assert CALENDAR.working_day_on_or_before(day) == before
    assert CALENDAR.working_day_on_or_after(day) == after


@given(DAYS, st.times())
def test_hour_of_a_day_falls_on_that_day(day: date, hour: time) -> None:
    assert CALENDAR.day_of(CALENDAR.at(day, hour)) == day


@given(DAYS)
def test_nearest_working_days_are_worked_and_nothing_between_is(day: date) -> None:
    before, after = CALENDAR.working_day_on_or_before(day), CALENDAR.working_day_on_or_after(day)

    between = (before + timedelta(days=days) for days in range(1, (after - before).days))
    assert before <= day <= after
    assert CALENDAR.is_working(before)
    assert CALENDAR.is_working(after)
    assert not any(CALENDAR.is_working(other) for other in between)
