"""Rules that fall due every month, or in a list of months."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.plans.deadlines import Boundary, DeadlineRule, DutyKind
from domain.plans.occurrences import last_day_by
from domain.plans.periods import DayOfYear, OwedPeriod, PeriodKind
from domain.plans.recurrence import Recurrence
from domain.units import UnitKind

MONTHLY = DeadlineRule(
    code="bao-cao-thang",
    kind=DutyKind.REPORT,
    title="Báo cáo",
    applies_to=(UnitKind.COMMUNE,),
    wording="trước ngày 25 hằng tháng",
    boundary=Boundary.EXCLUSIVE,
    recurrence=Recurrence.MONTHLY,
    opens=DayOfYear(1, 1),
    due=DayOfYear(1, 25),
    source="mục IV",
    owes=OwedPeriod(PeriodKind.MONTH),
)


def test_monthly_rule_falls_due_in_each_month() -> None:
    found = MONTHLY.deadlines_in(2026)

    assert [one.last_valid_day for one in found] == [date(2026, month, 24) for month in range(1, 13)]
    assert [one.opens for one in found] == [date(2026, month, 1) for month in range(1, 13)]
    assert [one.turn for one in found] == list(range(1, 13))
    assert [found[0].period.name, found[11].period.name] == ["tháng 1/2026", "tháng 12/2026"]


def test_figures_of_a_monthly_report_may_be_those_of_the_month_before() -> None:
    rule = replace(MONTHLY, opens=DayOfYear(12, 20), due=DayOfYear(1, 5), owes=OwedPeriod(PeriodKind.MONTH, shift=-1))

    january, february = rule.deadlines_in(2027)[:2]

    assert (january.opens, january.last_valid_day) == (date(2026, 12, 20), date(2027, 1, 4))
    assert january.period.name == "tháng 12/2026"
    assert (february.opens, february.last_valid_day) == (date(2027, 1, 20), date(2027, 2, 4))


@pytest.mark.parametrize(("year", "last"), [(2027, date(2027, 2, 28)), (2028, date(2028, 2, 29))])
def test_end_of_the_month_is_its_last_day(year: int, last: date) -> None:
    rule = replace(MONTHLY, boundary=Boundary.INCLUSIVE, due=DayOfYear(1, 31))

    assert [one.last_valid_day for one in rule.deadlines_in(year)][1] == last


def test_before_the_first_of_a_month_ends_with_the_month_before() -> None:
    rule = replace(MONTHLY, opens=DayOfYear(12, 10), due=DayOfYear(1, 1))

    assert [one.last_valid_day for one in rule.deadlines_in(2027)][:3] == [
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
    ]


def test_list_of_months_keeps_the_number_of_each_month() -> None:
    rule = replace(MONTHLY, months=(3, 6, 9), due=DayOfYear(3, 20), opens=DayOfYear(3, 1))

    found = rule.deadlines_in(2026)

    assert [(one.turn, one.opens, one.last_valid_day) for one in found] == [
        (3, date(2026, 3, 1), date(2026, 3, 19)),
        (6, date(2026, 6, 1), date(2026, 6, 19)),
        (9, date(2026, 9, 1), date(2026, 9, 19)),
    ]
    assert rule.last_valid_day(2026) == date(2026, 9, 19)


@given(st.integers(2020, 2060), st.integers(1, 31), st.integers(1, 31))
def test_every_month_has_one_deadline_after_its_opening_day(year: int, opens: int, due: int) -> None:
    rule = replace(MONTHLY, boundary=Boundary.INCLUSIVE, opens=DayOfYear(1, opens), due=DayOfYear(1, due))

    found = rule.deadlines_in(year)

    assert [one.last_valid_day.month for one in found if one.last_valid_day] == list(range(1, 13))
    assert all(one.last_valid_day is None or one.opens <= one.last_valid_day for one in found)


@pytest.mark.parametrize(
    ("boundary", "last_day", "last_second"),
    [
        (Boundary.EXCLUSIVE, date(2026, 11, 15), time(15, 59, 59)),
        (Boundary.INCLUSIVE, date(2026, 11, 15), time(16, 0)),
        (Boundary.WINDOW, date(2026, 11, 15), time(16, 0)),
    ],
)
def test_before_an_hour_the_day_itself_is_the_last(boundary: Boundary, last_day: date, last_second: time) -> None:
    rule = replace(
        MONTHLY,
        recurrence=Recurrence.YEARLY,
        boundary=boundary,
        due=DayOfYear(11, 15),
        time_of_day=time(16, 0),
        owes=OwedPeriod(),
    )

    assert (rule.last_valid_day(2026), rule.last_second) == (last_day, last_second)


def test_day_that_was_set_moves_only_the_month_in_which_it_lies() -> None:
    deadlines = MONTHLY.deadlines_in(2026)

    found = [last_day_by(MONTHLY, one, date(2026, 3, 10)) for one in deadlines[:4]]

    assert found == [date(2026, 1, 24), date(2026, 2, 24), date(2026, 3, 10), date(2026, 4, 24)]
