from dataclasses import fields, replace
from datetime import date, time, timedelta

import pytest

from domain.plans.deadlines import Boundary, DeadlineRule
from domain.plans.events import Event, Side
from domain.plans.occurrences import DaysSet
from domain.plans.periods import DayOfYear
from domain.plans.plans import Plan
from domain.plans.recurrence import Recurrence
from domain.units import UnitKind
from plans.catalogue import parse_plan, shipped_plan
from usecases.duties.holidays import vietnam_calendar
from usecases.plans.deadlines import DeadlineView, list_deadlines, list_undated

SAMPLE = parse_plan(shipped_plan("mau-2026"), file="mau-2026.yaml")


HO_SO = next(rule for rule in SAMPLE.deadlines if rule.code == "ho-so")


def only(rule: DeadlineRule) -> Plan:
    """The sample plan with this one deadline."""
    return replace(SAMPLE, deadlines=(rule,))


def listed(plan: Plan, year: int) -> tuple[DeadlineView, ...]:
    return list_deadlines([plan], year=year, calendar=vietnam_calendar(2024, 2030))


def test_view_has_the_fields_scripts_rely_on() -> None:
    names = [field.name for field in fields(DeadlineView)]

    assert names == [
        "plan", "code", "kind", "title", "applies_to", "wording", "boundary",
        "opens", "last_valid_day", "last_working_day", "recurs", "via", "source",
        "period", "bearer", "who", "time_of_day",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "wording", "opens", "last_valid_day", "last_working_day"),
    [
        ("ke-hoach", "trong tháng 01", date(2026, 1, 1), date(2026, 1, 31), date(2026, 1, 30)),
        ("giao-uoc", "trước ngày 30/3", date(2026, 1, 1), date(2026, 3, 29), date(2026, 3, 27)),
        ("bao-cao-6-thang", "trước ngày 15/5", date(2026, 4, 1), date(2026, 5, 14), date(2026, 5, 14)),
        ("bao-cao-nam", "trước ngày 15/11", date(2026, 10, 1), date(2026, 11, 14), date(2026, 11, 13)),
        ("ho-so", "trước ngày 20/12", date(2026, 11, 1), date(2026, 12, 19), date(2026, 12, 18)),
    ],
)
def test_sample_plan_of_2026_has_its_five_dates(
    code: str, wording: str, opens: date, last_valid_day: date, last_working_day: date
) -> None:
    view = next(view for view in listed(SAMPLE, 2026) if view.code == code)

    assert view.wording == wording
    assert (view.opens, view.last_valid_day, view.last_working_day) == (opens, last_valid_day, last_working_day)
    assert view.recurs
    assert view.via == "Sở Nội vụ"


def test_dates_are_listed_in_the_order_in_which_they_fall() -> None:
    codes = [view.code for view in listed(SAMPLE, 2027)]

    assert codes == ["ke-hoach", "giao-uoc", "bao-cao-6-thang", "bao-cao-nam", "ho-so"]


def test_plan_is_silent_outside_its_years() -> None:
    assert listed(SAMPLE, 2025) == ()


def test_deadline_of_one_year_is_not_listed_in_the_next() -> None:
    plan = only(replace(HO_SO, recurrence=Recurrence.ONCE, year=2026))

    first, second = listed(plan, 2026), listed(plan, 2027)

    assert [view.recurs for view in first] == [False]
    assert second == ()


def test_duty_without_a_date_is_not_listed() -> None:
    plan = only(replace(HO_SO, boundary=Boundary.NONE, due=None))

    assert listed(plan, 2026) == ()


def test_deadline_in_january_may_open_in_the_year_before() -> None:
    plan = only(replace(HO_SO, opens=DayOfYear(12, 1), due=DayOfYear(1, 15)))

    view = listed(plan, 2027)[0]

    assert (view.opens, view.last_valid_day) == (date(2026, 12, 1), date(2027, 1, 14))


@pytest.mark.parametrize(
    ("due", "year", "last_working_day"),
    [
        (DayOfYear(11, 25), 2025, date(2025, 11, 24)),
        (DayOfYear(11, 25), 2026, date(2026, 11, 23)),  # 24/11 is a holiday from 2026 on (NQ 28/2026/QH16).
        (DayOfYear(11, 25), 2028, date(2028, 11, 23)),
        (DayOfYear(2, 18), 2026, date(2026, 2, 13)),  # Tết
        (DayOfYear(9, 3), 2026, date(2026, 8, 28)),
        (DayOfYear(5, 2), 2027, date(2027, 4, 29)),
    ],
)
def test_last_working_day_skips_holidays_and_last_valid_day_does_not(
    due: DayOfYear, year: int, last_working_day: date
) -> None:
    (view,) = listed(
        replace(only(replace(HO_SO, opens=DayOfYear(1, 1), due=due)), first_year=2025, issued=date(2025, 1, 1)), year
    )

    assert view.last_valid_day == due.in_year(year) - timedelta(days=1)
    assert view.last_working_day == last_working_day


def test_view_says_the_period_who_acts_and_the_hour() -> None:
    rule = next(rule for rule in SAMPLE.deadlines if rule.code == "bao-cao-6-thang")
    plan = only(replace(rule, applies_to=(UnitKind.COMMUNE, UnitKind.SCHOOL), time_of_day=time(16, 0)))

    (view,) = listed(plan, 2026)

    assert (view.period, view.who) == ("6 tháng đầu năm 2026", "Xã, phường, đặc khu; Trường học")
    assert (view.last_valid_day, view.time_of_day) == (date(2026, 5, 15), time(16, 0))


def test_kind_of_unit_with_a_day_of_its_own_is_listed_for_itself() -> None:
    plan = only(replace(HO_SO, applies_to=(UnitKind.COMMUNE, UnitKind.SCHOOL)))
    days_set: dict[str, DaysSet] = {plan.code: {("ho-so", 2026, UnitKind.SCHOOL): date(2026, 12, 1)}}

    found = list_deadlines([plan], year=2026, calendar=vietnam_calendar(2024, 2030), days_set=days_set)

    assert [(view.last_valid_day, view.applies_to) for view in found] == [
        (date(2026, 12, 1), (UnitKind.SCHOOL,)),
        (date(2026, 12, 19), (UnitKind.COMMUNE,)),
    ]


def test_rules_without_a_day_are_listed_apart_until_one_is_set() -> None:
    undated = only(replace(HO_SO, boundary=Boundary.NONE, due=None))
    event = Event("ngày trao thưởng", Side.BEFORE, 7)
    by_event = only(replace(HO_SO, due=None, recurrence=Recurrence.EVENT, event=event))
    days_set: dict[str, DaysSet] = {undated.code: {("ho-so", 2026, None): date(2026, 12, 1)}}

    found = list_undated([undated, by_event], year=2026)

    assert [(view.code, view.event) for view in found] == [("ho-so", None), ("ho-so", "ngày trao thưởng")]
    assert list_undated([undated], year=2026, days_set=days_set) == ()
    assert list_undated([undated], year=2025) == ()
