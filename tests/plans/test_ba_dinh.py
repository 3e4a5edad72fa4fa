from datetime import date
from decimal import Decimal

import pytest

from domain.plans.deadlines import Bearer, Boundary, DeadlineRule
from domain.plans.indicators import Comparator
from domain.plans.recurrence import Recurrence
from domain.units import UnitKind
from tests.plans.tables import YEARS, listed, plan_of, rows_expected, rows_listed

PLAN = plan_of("ba-dinh-2021-2025")

TABLE = """
rule  code                    opens     last   2024   2025   2026   2027   2028   2029   2030
D09   ke-hoach-quan           1/11      30/12  30/12  30/12  30/12  30/12  29/12  28/12  30/12
D10   hoi-nghi-quan           1/1       27/2   27/2   27/2   27/2   26/2   25/2   27/2   27/2
D11a  giao-uoc                1/1       29/3   29/3   28/3   27/3   29/3   29/3   29/3   29/3
D11b  giao-uoc-truong         5/9       29/10  29/10  29/10  29/10  29/10  27/10  29/10  29/10
D12a  so-ket-cum              1/6       29/7   29/7   29/7   29/7   29/7   28/7   27/7   29/7
D12b  so-ket-cum-truong       1/1       29/1   29/1   24/1   29/1   29/1   21/1   29/1   29/1
D13   bieu-duong              1/7       29/9   27/9   29/9   29/9   29/9   29/9   28/9   27/9
D14a  binh-xet-cum            1/11      19/12  19/12  19/12  18/12  17/12  19/12  19/12  19/12
D14b  binh-xet-cum-truong     1/5       29/5   29/5   29/5   29/5   28/5   29/5   29/5   29/5
D15   hoi-nghi-don-vi         1/12/-1   14/1   12/1   14/1   14/1   14/1   14/1   12/1   14/1
D16   sang-kien               22/1      29/3   -      -      -      -      -      -      -
D17   ke-hoach-dien-hinh-2025 1/9       29/11  29/11  -      -      -      -      -      -
W05   tap-huan                1/1       30/6   28/6   30/6   30/6   30/6   30/6   29/6   28/6
W06   dien-hinh               1/1       31/12  31/12  31/12  31/12  31/12  29/12  31/12  31/12
W06   ke-hoach-dien-hinh      1/1       31/12  31/12  31/12  31/12  31/12  29/12  31/12  31/12
W06   quan-ly-don-vi          1/1       31/12  31/12  31/12  31/12  31/12  29/12  31/12  31/12
W07   lam-viec-voi-cum        1/1       31/3   29/3   31/3   31/3   31/3   31/3   30/3   29/3
W07   lam-viec-voi-cum        1/4       30/6   28/6   30/6   30/6   30/6   30/6   29/6   28/6
W07   lam-viec-voi-cum        1/7       30/9   30/9   30/9   30/9   30/9   29/9   28/9   30/9
W07   lam-viec-voi-cum        1/10      31/12  31/12  31/12  31/12  31/12  29/12  31/12  31/12
W08   bao-cao-nam             1/11      31/12  -      -      -      -      -      -      -
W08   bao-cao-cum             1/11      31/12  -      -      -      -      -      -      -
W09   dang-ky-chuyen-de       1/1       31/12  -      -      -      -      -      -      -
W10   phong-trao              1/1/2021  31/12  -      31/12  -      -      -      -      -
"""


def rule(code: str) -> DeadlineRule:
    return next(rule for rule in PLAN.deadlines if rule.code == code)


@pytest.mark.parametrize("year", YEARS)
def test_every_rule_of_ba_dinh_falls_on_its_day(year: int) -> None:
    assert rows_listed(PLAN, year) == rows_expected(TABLE, year)


def test_table_names_every_rule_of_ba_dinh() -> None:
    named = {line.split()[1] for line in TABLE.strip().splitlines()[1:]}

    assert named == {rule.code for rule in PLAN.deadlines}


def test_movement_of_2021_fell_due_in_2021() -> None:
    views = {view.code: view for view in listed(PLAN, 2021)}

    assert views["sang-kien"].last_valid_day == date(2021, 3, 29)
    assert views["sang-kien"].last_working_day == date(2021, 3, 29)


def test_nothing_fell_due_before_the_plan_was_signed() -> None:
    days = [view.last_valid_day for view in listed(PLAN, 2021)]

    assert min(days) == date(2021, 1, 29)
    assert all(day >= PLAN.issued for day in days)


@pytest.mark.parametrize(
    ("code", "year", "period"),
    [
        ("ke-hoach-quan", 2026, "năm 2027"),
        ("hoi-nghi-quan", 2026, "năm 2025"),
        ("giao-uoc", 2026, "năm 2026"),
        ("giao-uoc-truong", 2026, "năm học 2026-2027"),
        ("so-ket-cum", 2026, "6 tháng đầu năm 2026"),
        ("so-ket-cum-truong", 2027, "học kỳ I năm học 2026-2027"),
        ("binh-xet-cum", 2026, "năm 2026"),
        ("binh-xet-cum-truong", 2027, "năm học 2026-2027"),
        ("hoi-nghi-don-vi", 2027, "năm 2026"),
        ("ke-hoach-dien-hinh-2025", 2024, "giai đoạn 2025-2030"),
        ("phong-trao", 2025, "giai đoạn 2021-2025"),
        ("bao-cao-nam", 2026, "năm 2026"),
    ],
)
def test_duty_covers_the_period_owed(code: str, year: int, period: str) -> None:
    (deadline,) = rule(code).deadlines_in(year, school=PLAN.school)

    assert deadline.period.name == period


def test_each_quarter_is_owed_for_itself() -> None:
    periods = [deadline.period.name for deadline in rule("lam-viec-voi-cum").deadlines_in(2026)]

    assert periods == ["Quý I/2026", "Quý II/2026", "Quý III/2026", "Quý IV/2026"]


def test_school_clusters_have_dates_of_their_own() -> None:
    schools = {rule.rule for rule in PLAN.deadlines if rule.applies_to == (UnitKind.SCHOOL,)}
    others = {rule.rule for rule in PLAN.deadlines if UnitKind.SCHOOL not in rule.applies_to}

    assert schools == {"D11b", "D12b", "D14b"}
    assert {"D11a", "D12a", "D14a"} <= others


@pytest.mark.parametrize(
    ("code", "bearer", "body"),
    [
        ("ke-hoach-quan", Bearer.STANDING_BODY, None),
        ("giao-uoc", Bearer.CLUSTER_HEAD, None),
        ("binh-xet-cum-truong", Bearer.CLUSTER_HEAD, None),
        ("hoi-nghi-don-vi", Bearer.UNIT, None),
        ("sang-kien", Bearer.BODY, "Phòng Kinh tế"),
        ("lam-viec-voi-cum", Bearer.BODY, "Thành viên Hội đồng Thi đua, Khen thưởng quận"),
    ],
)
def test_rule_names_who_must_act(code: str, bearer: Bearer, body: str | None) -> None:
    assert (rule(code).bearer, rule(code).body) == (bearer, body)


def test_themes_from_the_start_of_the_year_get_a_date_only_from_the_standing_body() -> None:
    themes = rule("dang-ky-chuyen-de")

    (undated,) = themes.deadlines_in(2026)
    (dated,) = themes.deadlines_in(2026, days_set={"dang-ky-chuyen-de": date(2026, 2, 27)})

    assert (themes.boundary, undated.last_valid_day) == (Boundary.NONE, None)
    assert (dated.opens, dated.last_valid_day) == (date(2026, 1, 1), date(2026, 2, 27))


def test_yearly_report_set_for_january_is_owed_for_the_year_before() -> None:
    report = rule("bao-cao-nam")

    (deadline,) = report.deadlines_in(2027, days_set={"bao-cao-nam": date(2027, 1, 10)})

    assert (deadline.opens, deadline.period.name) == (date(2026, 11, 1), "năm 2026")


def test_yearly_rules_go_on_after_2025_and_the_phase_does_not() -> None:
    recurring = {view.recurs for view in listed(PLAN, 2030)}

    assert recurring == {True}
    assert rule("phong-trao").recurrence is Recurrence.PHASE
    assert not rule("phong-trao").recurs


def test_every_unit_must_have_a_plan_and_nobody_falls_back_into_poverty() -> None:
    targets = {indicator.code: indicator.target for indicator in PLAN.indicators}

    plans, poverty, papi = targets["ke-hoach-don-vi"], targets["tai-ngheo"], targets["papi"]
    assert plans is not None
    assert poverty is not None
    assert papi is not None
    assert (plans.comparator, plans.value) == (Comparator.EQUAL, Decimal(100))
    assert (poverty.comparator, poverty.value) == (Comparator.EQUAL, Decimal(0))
    assert (papi.comparator, papi.words) == (Comparator.TEXT, "cải thiện căn bản thứ hạng")


def test_movements_name_who_leads_them() -> None:
    leads = {campaign.code: campaign.lead for campaign in PLAN.campaigns}

    assert leads["vi-nguoi-ngheo"] == "Phòng Lao động Thương binh và Xã hội"
    assert leads["quyet-thang"] == "Ban Chỉ huy quân sự quận"
