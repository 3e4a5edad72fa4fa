from datetime import date

import pytest

from domain.plans.awards import SubjectKind
from domain.plans.deadlines import Boundary
from domain.units import UnitKind
from tests.plans.tables import YEARS, listed, plan_of, rows_expected, rows_listed, standard_of

PLAN = plan_of("binh-tan-2023")

TABLE = """
rule  code                opens     last   2024   2025   2026   2027   2028   2029   2030
W11   ke-hoach-phong-trao 1/1       31/12  -      -      -      -      -      -      -
W12   bao-cao-so-ket      1/1       31/12  -      31/12  -      -      -      -      -
W12   de-nghi-khen-so-ket 1/1       31/12  -      31/12  -      -      -      -      -
W12   xet-khen-so-ket     1/1       31/12  -      31/12  -      -      -      -      -
W13   tiep-tuc-trien-khai 1/1/2026  31/12  -      -      -      -      -      -      31/12
W14   ho-so               1/1       31/12  31/12  31/12  31/12  31/12  29/12  31/12  31/12
W14   xet-khen-hang-nam   1/1       31/12  31/12  31/12  31/12  31/12  29/12  31/12  31/12
W15   bao-cao-phong-trao  1/1       31/12  -      -      -      -      -      -      -
"""


@pytest.mark.parametrize("year", YEARS)
def test_every_rule_of_binh_tan_falls_on_its_day(year: int) -> None:
    assert rows_listed(PLAN, year) == rows_expected(TABLE, year)


def test_units_write_their_plan_in_2023() -> None:
    views = {view.code: view for view in listed(PLAN, 2023)}

    assert views["ke-hoach-phong-trao"].last_valid_day == date(2023, 12, 31)
    assert views["ke-hoach-phong-trao"].last_working_day == date(2023, 12, 29)


def test_every_date_is_a_window_or_none() -> None:
    assert {rule.boundary for rule in PLAN.deadlines} == {Boundary.WINDOW, Boundary.NONE}


def test_interim_report_covers_2022_to_2025() -> None:
    rule = next(rule for rule in PLAN.deadlines if rule.code == "bao-cao-so-ket")

    (deadline,) = rule.deadlines_in(2025)

    assert (deadline.period.first, deadline.period.last) == (date(2022, 1, 1), date(2025, 12, 31))


def test_report_on_events_is_asked_of_four_kinds_of_unit() -> None:
    rule = next(rule for rule in PLAN.deadlines if rule.code == "bao-cao-phong-trao")

    assert set(rule.applies_to) == {
        UnitKind.DEPARTMENT, UnitKind.PUBLIC_SERVICE, UnitKind.COMMUNE, UnitKind.SCHOOL,
    }  # fmt: skip


@pytest.mark.parametrize("award", ["huan-chuong-lao-dong-3", "bang-khen-thu-tuong", "bang-khen", "giay-khen"])
def test_one_set_of_papers_and_taxes_for_enterprises_only(award: str) -> None:
    form = PLAN.award(award)

    assert form.copies == 1
    assert [requirement.code for requirement in form.checklist(SubjectKind.COLLECTIVE)] == [
        "to-trinh",
        "bien-ban",
        "bao-cao",
    ]
    assert form.checklist(SubjectKind.ENTERPRISE)[-1].code == "xac-nhan-thue"


def test_head_must_also_have_led_the_three_programmes() -> None:
    form = PLAN.award("bang-khen-thu-tuong")

    person, head = standard_of(form, SubjectKind.INDIVIDUAL), standard_of(form, SubjectKind.HEAD)

    assert len(head.all_of) == len(person.all_of) + 1
    assert "14-KL/TW" in head.all_of[-1].text


def test_reading_faults_are_noted_with_their_lines() -> None:
    corrections = {correction.read: correction for correction in PLAN.corrections}

    assert corrections["Kết luận số 14-KH/TW"].corrected == "Kết luận số 14-KL/TW"
    assert corrections["Kết luận số 14-KH/TW"].lines == (11, 23)
