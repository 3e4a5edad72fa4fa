from dataclasses import replace
from datetime import date

import pytest

from domain.plans.deadlines import Boundary, DeadlineRule
from domain.plans.occurrences import DaysSet, Occurrence, coming_occurrences, falls_to, occurrences, open_occurrences
from domain.plans.periods import CalendarKind, DayOfYear, OwedPeriod, PeriodKind
from domain.plans.plans import Plan
from domain.plans.recurrence import Recurrence
from domain.units import UnitKind
from plans.catalogue import parse_plan, shipped_plan, shipped_plans

PLAN = parse_plan(shipped_plan("mau-2026"), file="mau-2026")
REPORT = next(rule for rule in PLAN.deadlines if rule.code == "bao-cao-6-thang")
UNDATED = replace(REPORT, boundary=Boundary.NONE, due=None)


def plan(*rules: DeadlineRule) -> Plan:
    return replace(PLAN, deadlines=rules)


def asked(days_set: DaysSet, kind: UnitKind = UnitKind.SCHOOL, *, rule: DeadlineRule = REPORT) -> list[date | None]:
    found = occurrences(plan(rule), kind, year=2026, days_set=days_set)
    return [occurrence.last_valid_day for occurrence in found]


def test_a_rule_without_a_date_is_asked_for_and_never_late() -> None:
    assert asked({}, rule=UNDATED) == [None]


def test_a_day_that_the_standing_body_set_holds() -> None:
    assert asked({(REPORT.code, 2026, None): date(2026, 6, 20)}, rule=UNDATED) == [date(2026, 6, 20)]


def test_what_opens_later_and_falls_due_within_the_year_is_coming() -> None:
    def coming(today: date) -> list[str]:
        return [one.code for one in coming_occurrences(PLAN, UnitKind.COMMUNE, days_set={}, today=today)]

    assert coming(date(2026, 5, 5)) == ["bao-cao-nam", "ho-so"]
    assert coming(date(2026, 12, 31)) == []


def test_a_day_of_another_year_or_kind_does_not() -> None:
    days_set = {(REPORT.code, 2027, None): date(2027, 6, 20), (REPORT.code, 2026, UnitKind.COMMUNE): date(2026, 6, 1)}

    assert asked(days_set, rule=UNDATED) == [None]


def test_the_day_of_a_kind_goes_before_the_day_of_all() -> None:
    days_set = {
        (REPORT.code, 2026, None): date(2026, 5, 10),
        (REPORT.code, 2026, UnitKind.SCHOOL): date(2026, 5, 5),
    }

    assert asked(days_set) == [date(2026, 5, 5)]
    assert asked(days_set, UnitKind.COMMUNE) == [date(2026, 5, 10)]


def test_a_set_day_is_never_later_than_the_plans_own() -> None:
    assert asked({(REPORT.code, 2026, None): date(2026, 12, 1)}) == [date(2026, 5, 14)]


def test_a_duty_of_january_opens_in_the_year_before() -> None:
    review = replace(REPORT, opens=DayOfYear(12, 1), due=DayOfYear(1, 15))

    found = open_occurrences(
        plan(review), UnitKind.SCHOOL, days_set={}, today=date(2026, 12, 1), known_since=date(2026, 3, 1)
    )

    assert [(one.year, one.last_valid_day) for one in found][1:] == [(2027, date(2027, 1, 14))]


def test_an_outage_over_new_year_loses_no_duty_of_the_old_year() -> None:
    last = replace(REPORT, opens=DayOfYear(12, 20), due=DayOfYear(12, 31), boundary=Boundary.INCLUSIVE)

    found = open_occurrences(
        plan(last), UnitKind.SCHOOL, days_set={}, today=date(2027, 1, 4), known_since=date(2026, 3, 1)
    )

    assert [one.last_valid_day for one in found] == [date(2026, 12, 31)]


def test_a_plan_that_came_later_asks_nothing_of_the_year_before() -> None:
    found = open_occurrences(
        plan(REPORT), UnitKind.SCHOOL, days_set={}, today=date(2027, 5, 1), known_since=date(2027, 2, 1)
    )

    assert [one.year for one in found] == [2027]


def test_a_task_done_once_is_asked_in_its_year_only() -> None:
    once = replace(UNDATED, recurrence=Recurrence.ONCE, year=2027)

    assert asked({}, rule=once) == []


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_heir", "owed"),
    [
        (date(2025, 7, 1), None, False, True),
        (date(2025, 7, 1), date(2026, 5, 14), False, True),
        (date(2025, 7, 1), date(2026, 5, 13), False, False),
        (date(2026, 5, 14), None, True, True),
        (date(2026, 5, 15), None, True, False),
        (date(2026, 5, 15), None, False, True),
    ],
)
def test_a_unit_owes_what_falls_due_in_its_life(
    valid_from: date, valid_to: date | None, is_heir: bool, owed: bool
) -> None:
    report: Occurrence = next(occurrences(plan(REPORT), UnitKind.SCHOOL, year=2026, days_set={}))

    answer = falls_to(report, valid_from=valid_from, valid_to=valid_to, is_heir=is_heir, today=date(2026, 5, 20))

    assert answer is owed


def test_every_shipped_plan_names_each_duty_once() -> None:
    for code in shipped_plans():
        shipped = parse_plan(shipped_plan(code), file=code)
        for kind in UnitKind:
            keys = [one.key for year in range(2021, 2031) for one in occurrences(shipped, kind, year=year, days_set={})]
            assert len(keys) == len(set(keys))


def test_unit_merged_within_the_year_owes_the_months_until_then_and_its_heir_the_rest() -> None:
    monthly = replace(
        REPORT,
        boundary=Boundary.INCLUSIVE,
        recurrence=Recurrence.MONTHLY,
        opens=DayOfYear(1, 1),
        due=DayOfYear(1, 25),
        owes=OwedPeriod(PeriodKind.MONTH),
    )
    found = [*occurrences(plan(monthly), UnitKind.COMMUNE, year=2026, days_set={})]

    def owed(valid_from: date, valid_to: date | None, *, is_heir: bool) -> list[int]:
        today = date(2026, 7, 1)
        return [
            one.turn
            for one in found
            if falls_to(one, valid_from=valid_from, valid_to=valid_to, is_heir=is_heir, today=today)
        ]

    assert owed(date(2025, 1, 1), date(2026, 6, 25), is_heir=False) == [1, 2, 3, 4, 5, 6]
    assert owed(date(2025, 1, 1), date(2026, 6, 24), is_heir=False) == [1, 2, 3, 4, 5]
    assert owed(date(2026, 6, 26), None, is_heir=True) == [7, 8, 9, 10, 11, 12]


def test_duties_of_a_plan_are_named_by_their_terms() -> None:
    school = replace(REPORT, title="Báo cáo năm học", owes=OwedPeriod(calendar=CalendarKind.SCHOOL_YEAR))
    july = replace(school, opens=DayOfYear(6, 1), due=DayOfYear(7, 15))
    quarterly = replace(
        REPORT, title="Báo cáo", recurrence=Recurrence.QUARTERLY, due=DayOfYear(3, 25), opens=DayOfYear(3, 1)
    )

    def names(rule: DeadlineRule) -> list[str]:
        return [one.name for one in occurrences(plan(rule), UnitKind.SCHOOL, year=2027, days_set={})]

    assert names(july) == ["Báo cáo năm học 2026-2027"]
    assert names(quarterly)[1] == "Báo cáo quý II 2027"
    assert names(REPORT) == ["Báo cáo 6 tháng 2027"]
