from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.plans.periods import (
    CalendarKind,
    DayOfYear,
    OwedPeriod,
    Period,
    PeriodKind,
    SchoolCalendar,
    counted_through,
    is_estimate,
)

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("kind", "shift", "day", "first", "last", "name"),
    [
        (PeriodKind.YEAR, 0, date(2026, 11, 14), date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
        (PeriodKind.YEAR, -1, date(2027, 1, 14), date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
        (PeriodKind.YEAR, 1, date(2026, 12, 30), date(2027, 1, 1), date(2027, 12, 31), "năm 2027"),
        (PeriodKind.FIRST_HALF, 0, date(2026, 5, 14), date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026"),
        (PeriodKind.SECOND_HALF, -1, date(2027, 1, 9), date(2026, 7, 1), date(2026, 12, 31), "6 tháng cuối năm 2026"),
        (PeriodKind.QUARTER, 0, date(2028, 3, 31), date(2028, 1, 1), date(2028, 3, 31), "Quý I/2028"),
        (PeriodKind.QUARTER, -1, date(2027, 1, 4), date(2026, 10, 1), date(2026, 12, 31), "Quý IV/2026"),
        (PeriodKind.QUARTER, 1, date(2026, 5, 1), date(2026, 7, 1), date(2026, 9, 30), "Quý III/2026"),
    ],
)
def test_period_owed_is_counted_from_the_last_valid_day(
    kind: PeriodKind, shift: int, day: date, first: date, last: date, name: str
) -> None:
    period = OwedPeriod(kind, shift).of(day)

    assert (period.first, period.last, period.name) == (first, last, name)


@pytest.mark.parametrize(
    ("kind", "day", "first", "last", "name"),
    [
        (PeriodKind.YEAR, date(2026, 10, 29), date(2026, 9, 5), date(2027, 5, 31), "năm học 2026-2027"),
        (PeriodKind.YEAR, date(2027, 5, 29), date(2026, 9, 5), date(2027, 5, 31), "năm học 2026-2027"),
        (PeriodKind.YEAR, date(2026, 7, 1), date(2025, 9, 5), date(2026, 5, 31), "năm học 2025-2026"),
        (PeriodKind.FIRST_HALF, date(2027, 1, 29), date(2026, 9, 5), date(2027, 1, 17), "học kỳ I năm học 2026-2027"),
        (
            PeriodKind.SECOND_HALF,
            date(2027, 5, 29),
            date(2027, 1, 18),
            date(2027, 5, 31),
            "học kỳ II năm học 2026-2027",
        ),
    ],
)
def test_schools_owe_school_years_and_semesters(
    kind: PeriodKind, day: date, first: date, last: date, name: str
) -> None:
    period = OwedPeriod(kind, calendar=CalendarKind.SCHOOL_YEAR).of(day)

    assert (period.first, period.last, period.name) == (first, last, name)


def test_province_may_set_another_frame_of_the_school_year() -> None:
    school = SchoolCalendar(opens=DayOfYear(8, 20), first_semester_ends=DayOfYear(12, 31), closes=DayOfYear(6, 15))

    period = OwedPeriod(calendar=CalendarKind.SCHOOL_YEAR).of(date(2026, 6, 10), school=school)

    assert (period.first, period.last) == (date(2025, 8, 20), date(2026, 6, 15))


@pytest.mark.parametrize(
    ("last_valid_day", "period_ends", "estimate"),
    [
        (date(2026, 5, 14), date(2026, 6, 30), True),  # D01, S4 L144
        (date(2026, 11, 14), date(2026, 12, 31), True),  # D02, S4 L144
        (date(2024, 12, 19), date(2024, 12, 31), True),  # D05 and D06, S1 L109, L39
        (date(2025, 12, 31), date(2025, 12, 31), False),  # W12, S0 L195
        (date(2027, 1, 14), date(2026, 12, 31), False),  # D15, S3 L200
    ],
)
def test_figure_due_before_its_period_closes_is_an_estimate(
    last_valid_day: date, period_ends: date, estimate: bool
) -> None:
    assert is_estimate(last_valid_day, period_ends=period_ends) is estimate


@given(DAYS)
def test_quarters_follow_one_another_without_a_gap(day: date) -> None:
    this, following = OwedPeriod(PeriodKind.QUARTER).of(day), OwedPeriod(PeriodKind.QUARTER, 1).of(day)

    assert this.first <= day <= this.last
    assert following.first == this.last + timedelta(days=1)


@given(DAYS)
def test_every_day_has_one_school_year(day: date) -> None:
    school = SchoolCalendar()

    year, coming = school.year_of(day), school.year_of(day, looks_ahead=True)

    assert school.opens.in_year(year) <= day < school.opens.in_year(year + 1)
    assert school.closes.in_year(coming) < day <= school.closes.in_year(coming + 1)


@pytest.mark.parametrize(
    ("day", "reported", "pledged"),
    [
        (date(2026, 5, 31), "năm học 2025-2026", "năm học 2025-2026"),
        (date(2026, 6, 1), "năm học 2025-2026", "năm học 2026-2027"),
        (date(2026, 7, 15), "năm học 2025-2026", "năm học 2026-2027"),
        (date(2026, 9, 4), "năm học 2025-2026", "năm học 2026-2027"),
        (date(2026, 9, 5), "năm học 2026-2027", "năm học 2026-2027"),
    ],
)
def test_report_of_summer_is_about_the_school_year_that_has_ended(day: date, reported: str, pledged: str) -> None:
    owed = OwedPeriod(calendar=CalendarKind.SCHOOL_YEAR)

    assert owed.of(day).name == reported
    assert owed.of(day, looks_ahead=True).name == pledged


@pytest.mark.parametrize(
    ("kind", "shift", "day", "first", "last", "name"),
    [
        (PeriodKind.MONTH, 0, date(2026, 3, 25), date(2026, 3, 1), date(2026, 3, 31), "tháng 3/2026"),
        (PeriodKind.MONTH, -1, date(2026, 1, 5), date(2025, 12, 1), date(2025, 12, 31), "tháng 12/2025"),
        (PeriodKind.MONTH, -1, date(2028, 3, 5), date(2028, 2, 1), date(2028, 2, 29), "tháng 2/2028"),
        (PeriodKind.QUARTER, -1, date(2026, 1, 5), date(2025, 10, 1), date(2025, 12, 31), "Quý IV/2025"),
        (PeriodKind.YEAR_TO_DATE, 0, date(2026, 9, 25), date(2026, 1, 1), date(2026, 9, 30), "9 tháng đầu năm 2026"),
        (PeriodKind.YEAR_TO_DATE, -1, date(2026, 7, 5), date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026"),
        (PeriodKind.YEAR_TO_DATE, -1, date(2027, 1, 5), date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
    ],
)
def test_figures_have_a_period_of_their_own(
    kind: PeriodKind, shift: int, day: date, first: date, last: date, name: str
) -> None:
    period = OwedPeriod(kind, shift).of(day)

    assert (period.first, period.last, period.name) == (first, last, name)


@given(DAYS)
def test_semesters_make_up_the_school_year(day: date) -> None:
    first, second, whole = (
        OwedPeriod(kind, calendar=CalendarKind.SCHOOL_YEAR).of(day)
        for kind in (PeriodKind.FIRST_HALF, PeriodKind.SECOND_HALF, PeriodKind.YEAR)
    )

    assert (first.first, second.last) == (whole.first, whole.last)
    assert second.first == first.last + timedelta(days=1)


@pytest.mark.parametrize(
    ("handed_in", "counted"),
    [
        (date(2026, 5, 12), date(2026, 4, 30)),
        (date(2026, 3, 1), date(2026, 2, 28)),
        (date(2026, 1, 20), date(2026, 1, 20)),  # no month of the period is over yet
    ],
)
def test_an_estimate_counts_through_the_last_whole_month(handed_in: date, counted: date) -> None:
    half = Period(date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026")

    assert counted_through(handed_in, half) == counted
