from datetime import date

import pytest

from domain.plans.deadlines import Bearer
from domain.units import UnitKind
from tests.plans.tables import YEARS, is_estimated, listed, plan_of, rows_expected, rows_listed

PLAN = plan_of("long-khanh-2024")

TABLE = """
rule  code                    opens     last   2024   2025   2026   2027   2028   2029   2030
D01   bao-cao-6-thang         1/4       14/5   14/5   14/5   14/5   14/5   12/5   14/5   14/5
D02   bao-cao-nam             1/10      14/11  14/11  14/11  13/11  12/11  14/11  14/11  14/11
D03   bao-cao-6-thang-truong  1/4       14/5   14/5   14/5   14/5   14/5   12/5   14/5   14/5
D03   bao-cao-nam-truong      1/10      14/11  14/11  14/11  13/11  12/11  14/11  14/11  14/11
D03   ke-hoach-truong         1/1       31/1   31/1   24/1   30/1   29/1   31/1   31/1   30/1
D04   ke-hoach                1/1       31/1   31/1   24/1   30/1   29/1   31/1   31/1   30/1
W01   quy-1                   1/1       31/3   29/3   31/3   31/3   31/3   31/3   30/3   29/3
W02   quy-2                   1/4       30/6   28/6   30/6   30/6   30/6   30/6   29/6   28/6
W03   quy-3                   1/7       30/9   30/9   30/9   30/9   30/9   29/9   28/9   30/9
W04   quy-4                   1/10      31/12  31/12  31/12  31/12  31/12  29/12  31/12  31/12
"""


@pytest.mark.parametrize("year", YEARS)
def test_every_rule_of_long_khanh_falls_on_its_day(year: int) -> None:
    assert rows_listed(PLAN, year) == rows_expected(TABLE, year)


def test_schools_hand_in_through_the_education_office() -> None:
    through = {view.code: view.via for view in listed(PLAN, 2026) if view.applies_to == (UnitKind.SCHOOL,)}

    assert through == dict.fromkeys(
        ("ke-hoach-truong", "bao-cao-6-thang-truong", "bao-cao-nam-truong"), "Phòng Giáo dục và Đào tạo"
    )


def test_no_other_report_is_asked_of_schools() -> None:
    asked = {rule.code for rule in PLAN.deadlines if UnitKind.SCHOOL in rule.applies_to}

    assert asked == {"ke-hoach-truong", "bao-cao-6-thang-truong", "bao-cao-nam-truong"}


def test_schools_may_be_given_an_earlier_day_inside() -> None:
    rule = next(rule for rule in PLAN.deadlines if rule.code == "bao-cao-6-thang-truong")

    (deadline,) = rule.deadlines_in(2026)

    assert rule.has_internal_day
    assert deadline.last_valid_day == date(2026, 5, 14)


@pytest.mark.parametrize(
    ("code", "period", "is_estimate"),
    [
        ("bao-cao-6-thang", "6 tháng đầu năm 2026", True),
        ("bao-cao-nam", "năm 2026", True),
        ("ke-hoach", "năm 2026", True),
        ("quy-2", "Quý II/2026", False),
    ],
)
def test_figures_due_before_their_period_closes_are_estimates(code: str, period: str, is_estimate: bool) -> None:
    rule = next(rule for rule in PLAN.deadlines if rule.code == code)

    (deadline,) = rule.deadlines_in(2026)

    assert (deadline.period.name, is_estimated(deadline)) == (period, is_estimate)


def test_quarters_are_the_citys_own_work() -> None:
    quarters = [rule for rule in PLAN.deadlines if rule.rule.startswith("W")]

    assert {rule.bearer for rule in quarters} == {Bearer.STANDING_BODY}
    assert [len(rule.parts) for rule in quarters] == [8, 8, 4, 5]


def test_sources_name_file_line_and_rule() -> None:
    sources = {view.code: view.source for view in listed(PLAN, 2024)}

    assert sources["bao-cao-nam"] == "004_fd7fbfe3888849cc.txt L144 (PLANS.md D02)"
    assert sources["bao-cao-nam-truong"] == "004_fd7fbfe3888849cc.txt L144, L146 (PLANS.md D03)"
