from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.plans.awards import SubjectKind
from domain.plans.deadlines import Boundary, Deadline, DeadlineRule
from domain.plans.occurrences import DaysSet
from domain.plans.plans import RuleKind
from tests.plans.tables import YEARS, is_estimated, listed, plan_of, rows_expected, rows_listed, standard_of
from usecases.duties.holidays import vietnam_calendar
from usecases.plans.deadlines import list_deadlines

PLAN = plan_of("quan-11-2024")

TABLE = """
rule  code              opens   last   2024   2025   2026   2027   2028   2029   2030
D05   ho-so             11/11   19/12  19/12  -      -      -      -      -      -
D06   dot-thi-dua       1/11    31/12  31/12  -      -      -      -      -      -
D07   bao-cao-tong-ket  31/12   31/12  -      -      -      -      -      -      -
"""


def rule(code: str) -> DeadlineRule:
    return next(rule for rule in PLAN.deadlines if rule.code == code)


def only(code: str, year: int) -> Deadline:
    (deadline,) = rule(code).deadlines_in(year)
    return deadline


@pytest.mark.parametrize("year", YEARS)
def test_every_rule_of_quan_11_falls_on_its_day(year: int) -> None:
    assert rows_listed(PLAN, year) == rows_expected(TABLE, year)


def test_drive_lasts_sixty_one_days() -> None:
    drive = only("dot-thi-dua", 2024)

    assert rule("dot-thi-dua").boundary is Boundary.INCLUSIVE
    assert drive.last_valid_day is not None
    assert (drive.last_valid_day - drive.opens).days + 1 == 61
    assert not rule("dot-thi-dua").is_handed_in


def test_dossier_of_the_drive_is_due_before_the_drive_ends() -> None:
    dossier = only("ho-so", 2024)

    assert dossier.period.last == date(2024, 12, 31)
    assert is_estimated(dossier)


def test_final_report_is_owed_without_a_date() -> None:
    assert only("bao-cao-tong-ket", 2024).last_valid_day is None
    assert rule("bao-cao-tong-ket").deadlines_in(2025) == ()


def test_final_report_is_listed_where_the_standing_body_sets_its_day() -> None:
    days_set: dict[str, DaysSet] = {PLAN.code: {("bao-cao-tong-ket", 2025, None): date(2025, 1, 12)}}

    (view,) = list_deadlines([PLAN], year=2025, calendar=vietnam_calendar(2024, 2026), days_set=days_set)

    assert (view.code, view.opens) == ("bao-cao-tong-ket", date(2024, 12, 31))
    assert (view.last_valid_day, view.last_working_day) == (date(2025, 1, 12), date(2025, 1, 10))
    assert (view.boundary, view.recurs) == (Boundary.NONE, False)


def test_day_set_in_the_next_year_takes_the_report_out_of_its_own() -> None:
    days_set = {"bao-cao-tong-ket": date(2025, 1, 12)}

    assert rule("bao-cao-tong-ket").deadlines_in(2024, days_set=days_set) == ()
    assert [only.last_valid_day for only in rule("bao-cao-tong-ket").deadlines_in(2025, days_set=days_set)] == [
        date(2025, 1, 12)
    ]


def test_day_set_for_a_rule_with_a_date_of_its_own_changes_nothing() -> None:
    dossier = rule("ho-so")

    assert dossier.deadlines_in(2024, days_set={"ho-so": date(2024, 12, 25)}) == dossier.deadlines_in(2024)


@pytest.mark.parametrize(
    ("indicator", "figure", "is_met"),
    [
        ("giai-ngan", "95", True),
        ("giai-ngan", "94.9", False),
        ("thu-ngan-sach", "100", False),
        ("thu-ngan-sach", "100.1", True),
        ("chi-tieu-kt-xh", "15", True),
        ("chi-tieu-kt-xh", "14", False),
        ("par-index", "90", None),
    ],
)
def test_target_is_met_as_the_plan_words_it(indicator: str, figure: str, is_met: bool | None) -> None:
    target = PLAN.indicator(indicator).target

    assert target is not None
    assert target.is_met(Decimal(figure)) is is_met


def test_supplementary_capital_does_not_count() -> None:
    target = PLAN.indicator("giai-ngan").target

    assert target is not None
    assert target.excludes == "số vốn các đơn vị đăng ký bổ sung"


def test_collective_needs_all_of_the_standard_and_one_of_three() -> None:
    criteria = standard_of(PLAN.award("bang-khen"), SubjectKind.COLLECTIVE)

    assert len(criteria.all_of) == 2
    assert [line.indicator for line in criteria.any_of] == ["giai-ngan", "thu-ngan-sach", None]


def test_person_needs_an_initiative() -> None:
    criteria = standard_of(PLAN.award("giay-khen"), SubjectKind.HEAD)

    assert [line.source for line in criteria.all_of] == [f"001_c6f9699f1c60ca0e.txt L{line}" for line in (77, 79, 81)]
    assert criteria.any_of == ()


@pytest.mark.parametrize(
    ("award", "subject", "requirements"),
    [
        ("bang-khen", SubjectKind.INDIVIDUAL, ["to-trinh", "bien-ban", "bao-cao", "chung-minh"]),
        ("bang-khen", SubjectKind.ENTERPRISE, ["to-trinh", "bien-ban", "bao-cao", "chung-minh", "xac-nhan-thue"]),
        ("giay-khen", SubjectKind.COLLECTIVE, ["to-trinh", "bien-ban", "bao-cao", "chung-minh"]),
        ("thu-khen", SubjectKind.ENTERPRISE, ["van-ban-de-nghi", "bien-ban", "bao-cao"]),
    ],
)
def test_checklist_is_the_plans(award: str, subject: SubjectKind, requirements: list[str]) -> None:
    checklist = PLAN.award(award).checklist(subject)

    assert [requirement.code for requirement in checklist] == requirements
    assert [requirement.code for requirement in checklist if requirement.per_nominee] == ["bao-cao"]


def test_who_misses_the_certificate_of_merit_is_offered_the_next_awards() -> None:
    assert [award.code for award in PLAN.fallbacks_of("bang-khen")] == ["thu-khen", "giay-khen"]
    assert [award.code for award in PLAN.fallbacks_of("thu-khen")] == ["giay-khen"]
    assert PLAN.fallbacks_of("giay-khen") == ()
    assert replace(PLAN, rules=()).fallbacks_of("bang-khen") == ()


@pytest.mark.parametrize("kind", [RuleKind.HEAD, RuleKind.ROUTINE, RuleKind.FALLBACK, RuleKind.QUOTA])
def test_rules_of_proposing_are_in_force(kind: RuleKind) -> None:
    assert PLAN.has_rule(kind)


def test_proposals_have_a_lead_by_subject() -> None:
    leads = {proposer.body: proposer.matters for proposer in PLAN.lead_proposers}

    assert leads["Phòng Văn hóa và Thông tin"] == ("chuyển đổi số",)
    assert "chỉ số DDCI" in leads["Phòng Tài chính - Kế hoạch"]
    assert len(leads) == 5


def test_dossiers_go_through_the_home_affairs_office() -> None:
    assert {view.code: view.via for view in listed(PLAN, 2024)} == {"dot-thi-dua": None, "ho-so": "Phòng Nội vụ"}
