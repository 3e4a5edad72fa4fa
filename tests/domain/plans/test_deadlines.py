from calendar import isleap
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar
from domain.plans.deadlines import Boundary, DeadlineRule, DutyKind
from domain.plans.periods import DayOfYear
from domain.plans.recurrence import Phase, Recurrence
from domain.units import UnitKind

YEARS = st.integers(min_value=2020, max_value=2060)
DAYS_OF_YEAR = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: DayOfYear(day.month, day.day))
DATED = st.sampled_from([Boundary.EXCLUSIVE, Boundary.INCLUSIVE, Boundary.WINDOW])


def rule(
    due: DayOfYear | None,
    boundary: Boundary = Boundary.EXCLUSIVE,
    *,
    opens: DayOfYear = DayOfYear(1, 1),  # noqa: B008 (a frozen value)
    year: int | None = None,
    recurrence: Recurrence | None = None,
    phases: tuple[Phase, ...] = (),
) -> DeadlineRule:
    return DeadlineRule(
        code="bao-cao",
        kind=DutyKind.REPORT,
        title="Báo cáo",
        applies_to=(UnitKind.COMMUNE,),
        wording="trước ngày 15/5",
        boundary=boundary,
        recurrence=recurrence or (Recurrence.YEARLY if year is None else Recurrence.ONCE),
        opens=opens,
        due=due,
        source="004_fd7fbfe3888849cc.txt L144",
        year=year,
        phases=phases,
    )


@pytest.mark.parametrize(
    ("boundary", "due", "year", "last_valid_day"),
    [
        (Boundary.EXCLUSIVE, DayOfYear(5, 15), 2024, date(2024, 5, 14)),  # D01, S4 L144
        (Boundary.EXCLUSIVE, DayOfYear(11, 15), 2024, date(2024, 11, 14)),  # D02, S4 L144
        (Boundary.WINDOW, DayOfYear(1, 31), 2024, date(2024, 1, 31)),  # D04, S4 L142
        (Boundary.EXCLUSIVE, DayOfYear(12, 20), 2024, date(2024, 12, 19)),  # D05, S1 L109
        (Boundary.INCLUSIVE, DayOfYear(12, 31), 2024, date(2024, 12, 31)),  # D06, S1 L39
        (Boundary.EXCLUSIVE, DayOfYear(11, 1), 2024, date(2024, 10, 31)),  # D08, S2 L121
        (Boundary.EXCLUSIVE, DayOfYear(12, 31), 2026, date(2026, 12, 30)),  # D09, S3 L194
        (Boundary.EXCLUSIVE, DayOfYear(2, 28), 2027, date(2027, 2, 27)),  # D10, S3 L195
        (Boundary.EXCLUSIVE, DayOfYear(3, 30), 2026, date(2026, 3, 29)),  # D11a, S3 L196
        (Boundary.EXCLUSIVE, DayOfYear(3, 1), 2027, date(2027, 2, 28)),
        (Boundary.EXCLUSIVE, DayOfYear(3, 1), 2028, date(2028, 2, 29)),
        (Boundary.INCLUSIVE, DayOfYear(2, 29), 2027, date(2027, 2, 28)),
        (Boundary.INCLUSIVE, DayOfYear(2, 29), 2028, date(2028, 2, 29)),
        (Boundary.EXCLUSIVE, DayOfYear(1, 1), 2026, date(2025, 12, 31)),
    ],
)
def test_plans_own_words_give_the_last_valid_day(
    boundary: Boundary, due: DayOfYear, year: int, last_valid_day: date
) -> None:
    assert rule(due, boundary).last_valid_day(year) == last_valid_day


def test_report_before_the_fifteenth_is_in_time_until_midnight_in_vietnam() -> None:
    calendar = Calendar()
    last_valid_day = rule(DayOfYear(5, 15)).last_valid_day(2026)

    last_second = calendar.at(date(2026, 5, 14), time(23, 59, 59))

    assert last_second == datetime(2026, 5, 14, 16, 59, 59, tzinfo=UTC)
    assert calendar.day_of(last_second) == last_valid_day
    assert calendar.day_of(last_second + timedelta(seconds=1)) != last_valid_day


@pytest.mark.parametrize(
    ("opens", "due", "opened"),
    [
        (DayOfYear(4, 1), DayOfYear(5, 15), date(2026, 4, 1)),
        (DayOfYear(1, 1), DayOfYear(1, 31), date(2026, 1, 1)),
        (DayOfYear(12, 1), DayOfYear(1, 15), date(2025, 12, 1)),
        (DayOfYear(2, 29), DayOfYear(3, 30), date(2026, 2, 28)),
        (DayOfYear(4, 1), None, date(2026, 4, 1)),
    ],
)
def test_duty_opens_before_it_is_due(opens: DayOfYear, due: DayOfYear | None, opened: date) -> None:
    assert rule(due, opens=opens).opens_in(2026) == opened


def test_rule_that_does_not_recur_falls_in_its_own_year_only() -> None:
    once = rule(DayOfYear(12, 20), year=2024)

    assert [year for year in range(2022, 2027) if once.falls_in(year)] == [2024]


@given(YEARS)
def test_rule_without_a_date_never_falls_due(year: int) -> None:
    undated = rule(None, Boundary.NONE)

    assert undated.last_valid_day(year) is None
    assert not undated.falls_in(year)


@given(DAYS_OF_YEAR, YEARS)
def test_before_a_day_means_through_the_day_before(due: DayOfYear, year: int) -> None:
    before, through = rule(due, Boundary.EXCLUSIVE), rule(due, Boundary.INCLUSIVE)

    last_before, last_through = before.last_valid_day(year), through.last_valid_day(year)

    assert last_before is not None
    assert last_through is not None
    assert last_through - last_before == timedelta(days=1)
    assert last_through == due.in_year(year)


@given(DAYS_OF_YEAR, YEARS)
def test_day_of_the_year_keeps_its_date_but_in_february_of_a_common_year(day: DayOfYear, year: int) -> None:
    found = day.in_year(year)

    is_moved = (day.month, day.day) == (2, 29) and not isleap(year)
    assert (found.year, found.month) == (year, day.month)
    assert found.day == (28 if is_moved else day.day)


@given(DAYS_OF_YEAR, YEARS, DATED, st.sets(st.dates(date(2020, 1, 1), date(2060, 12, 31)), max_size=20))
def test_last_working_day_is_never_after_the_last_valid_day(
    due: DayOfYear, year: int, boundary: Boundary, holidays: set[date]
) -> None:
    calendar = Calendar(holidays=frozenset(holidays))
    last_valid_day = rule(due, boundary).last_valid_day(year)
    assert last_valid_day is not None

    last_working_day = calendar.working_day_on_or_before(last_valid_day)

    assert last_working_day <= last_valid_day
    assert calendar.is_working(last_working_day)


@given(DAYS_OF_YEAR, DAYS_OF_YEAR, YEARS)
def test_duty_never_opens_after_its_due_day(opens: DayOfYear, due: DayOfYear, year: int) -> None:
    opened = rule(due, Boundary.INCLUSIVE, opens=opens).opens_in(year)

    assert opened <= due.in_year(year)


@pytest.mark.parametrize(
    ("boundary", "opens", "due", "days"),
    [
        # W07, S3 L125
        (Boundary.WINDOW, DayOfYear(1, 1), DayOfYear(3, 31), ["1/1-31/3", "1/4-30/6", "1/7-30/9", "1/10-31/12"]),
        (Boundary.EXCLUSIVE, DayOfYear(3, 1), DayOfYear(3, 25), ["1/3-24/3", "1/6-24/6", "1/9-24/9", "1/12-24/12"]),
        (Boundary.INCLUSIVE, DayOfYear(12, 15), DayOfYear(1, 5), ["15/12-5/1", "15/3-5/4", "15/6-5/7", "15/9-5/10"]),
    ],
)
def test_quarterly_rule_falls_due_in_each_quarter(
    boundary: Boundary, opens: DayOfYear, due: DayOfYear, days: list[str]
) -> None:
    quarterly = rule(due, boundary, opens=opens, recurrence=Recurrence.QUARTERLY)

    deadlines = quarterly.deadlines_in(2026)

    shown = [(deadline.opens, deadline.last_valid_day) for deadline in deadlines if deadline.last_valid_day]
    assert [f"{first.day}/{first.month}-{last.day}/{last.month}" for first, last in shown] == days
    assert all(first <= last and last.year == 2026 for first, last in shown)
    assert quarterly.last_valid_day(2026) == shown[-1][1]
    assert quarterly.opens_in(2026) == shown[0][0]


def test_rule_by_phase_lasts_from_the_first_year_to_the_last() -> None:
    phases = (Phase(2021, 2025), Phase(2026, 2030))
    by_phase = rule(DayOfYear(12, 31), Boundary.WINDOW, recurrence=Recurrence.PHASE, phases=phases)

    assert [year for year in range(2020, 2032) if by_phase.falls_in(year)] == [2025, 2030]
    assert (by_phase.opens_in(2030), by_phase.last_valid_day(2030)) == (date(2026, 1, 1), date(2030, 12, 31))
    assert by_phase.recurs


def test_last_day_of_february_ends_a_window() -> None:
    in_february = rule(DayOfYear(2, 29), Boundary.WINDOW, opens=DayOfYear(2, 1))

    ends = [in_february.last_valid_day(year) for year in (2027, 2028)]

    assert ends == [date(2027, 2, 28), date(2028, 2, 29)]


def test_undated_rule_is_owed_but_never_late() -> None:
    (deadline,) = rule(None, Boundary.NONE).deadlines_in(2026)

    assert (deadline.opens, deadline.last_valid_day) == (date(2026, 1, 1), None)


@given(DAYS_OF_YEAR, DAYS_OF_YEAR, YEARS, DATED)
def test_yearly_rule_has_one_deadline_a_year(opens: DayOfYear, due: DayOfYear, year: int, boundary: Boundary) -> None:
    yearly = rule(due, boundary, opens=opens)

    (deadline,) = yearly.deadlines_in(year)

    assert yearly.falls_in(year)
    assert (deadline.opens, deadline.last_valid_day) == (yearly.opens_in(year), yearly.last_valid_day(year))


@given(DAYS_OF_YEAR, DAYS_OF_YEAR, YEARS, DATED)
def test_quarterly_rule_has_four_deadlines_three_months_apart(
    opens: DayOfYear, due: DayOfYear, year: int, boundary: Boundary
) -> None:
    deadlines = rule(due, boundary, opens=opens, recurrence=Recurrence.QUARTERLY).deadlines_in(year)

    days = [deadline.last_valid_day for deadline in deadlines if deadline.last_valid_day]
    assert len(days) == 4
    assert all(85 <= (later - earlier).days <= 95 for earlier, later in pairwise(days))


@given(DAYS_OF_YEAR, YEARS, st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_day_set_for_an_undated_rule_counts_as_it_is(opens: DayOfYear, year: int, day: date) -> None:
    undated = rule(None, Boundary.NONE, opens=opens)

    (deadline,) = undated.deadlines_in(year, days_set={"bao-cao": day})

    assert deadline.last_valid_day == (day if day.year == year else None)
    assert deadline.last_valid_day is None or deadline.opens <= day
