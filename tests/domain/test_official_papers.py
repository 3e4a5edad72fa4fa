"""Names, days and heads of official papers by NĐ 30/2020 (LAW.md 5)."""

from datetime import date

import pytest

from domain.official_papers import (
    Issuer,
    PaperKind,
    cite_plan,
    formal_day,
    issuer_of,
    read_paper_kind,
    with_year,
    within_sentence,
)
from domain.units import UnitKind
from plans.catalogue import parse_plan, shipped_plan
from tests.support.refusals import refused

PLAN = "mau-2026"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 5), "05/01/2026"),
        (date(2026, 2, 28), "28/02/2026"),
        (date(2026, 3, 9), "09/3/2026"),
        (date(2026, 11, 14), "14/11/2026"),
    ],
)
def test_a_day_has_a_zero_before_single_digits_and_the_first_two_months(day: date, written: str) -> None:
    assert formal_day(day) == written


@pytest.mark.parametrize(
    ("name", "kind", "issuer"),
    [
        ("Phường 5", UnitKind.COMMUNE, Issuer("", "ỦY BAN NHÂN DÂN\nPHƯỜNG 5")),
        ("UBND xã Hoa Sen", UnitKind.COMMUNE, Issuer("", "ỦY BAN NHÂN DÂN\nXÃ HOA SEN")),
        ("UBND tỉnh Mẫu", UnitKind.AUTHORITY, Issuer("", "ỦY BAN NHÂN DÂN\nTỈNH MẪU")),
        ("Trường THPT Mẫu", UnitKind.SCHOOL, Issuer("UBND TỈNH MẪU", "TRƯỜNG THPT MẪU")),
        ("Sở Tài chính", UnitKind.DEPARTMENT, Issuer("UBND TỈNH MẪU", "SỞ TÀI CHÍNH")),
        ("Công ty cổ phần Mẫu", UnitKind.ENTERPRISE, Issuer("", "CÔNG TY CỔ PHẦN MẪU")),
    ],
)
def test_a_paper_is_headed_by_its_issuer(name: str, kind: UnitKind, issuer: Issuer) -> None:
    assert issuer_of(name, kind, authority="UBND tỉnh Mẫu") == issuer


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Báo cáo 6 tháng", "báo cáo 6 tháng năm 2026"),
        ("Báo cáo năm", "báo cáo năm 2026"),
        ("Tổng kết Đợt thi đua 2026", "tổng kết Đợt thi đua 2026 2026"),
        ("TĐKT quý", "TĐKT quý năm 2026"),
    ],
)
def test_a_duty_is_named_with_its_year_in_a_sentence(title: str, written: str) -> None:
    assert within_sentence(with_year(title, 2026)) == written


def test_a_plan_is_cited_by_number_day_issuer_and_subject() -> None:
    plan = parse_plan(shipped_plan(PLAN), file=PLAN)

    cited = cite_plan(plan)

    assert cited == (
        "Kế hoạch số 01/KH-UBND ngày 02/01/2026 của UBND tỉnh Mẫu về công tác thi đua, khen thưởng năm 2026"
    )


def test_a_paper_is_found_by_its_name_with_or_without_accents() -> None:
    assert read_paper_kind("Tờ trình") is read_paper_kind("to-trinh") is PaperKind.SUBMISSION_LETTER
    with refused("paper-unknown") as caught:
        read_paper_kind("giay-moi")
    assert "bao-cao-tong-hop" in caught.value.text
