"""The five plans of the first test, OCR faults included: all their deadlines are read, and nothing else.

One row for each deadline: number in PLANS.md, line of the text, kind, boundary, recurrence, day/month, year. The texts
are public documents; `seeds/` holds them as they were scanned.
"""

from pathlib import Path

import pytest

from domain.plan_texts.reading import read_plan
from domain.plan_texts.readings import FoundDeadline, PlanReading, WhyNot
from domain.units import UnitKind
from tests.plan_texts.faults import FAULTS

TEXTS = Path(__file__).parent / "seeds"

EXPECTED = {
    "binh-tan": """
        W14   164  DOSSIER  WINDOW     YEARLY     31/12  -
        W14   166  DOSSIER  WINDOW     YEARLY     31/12  -
        W11   191  PLAN     WINDOW     ONCE       31/12  2023
        W12   195  REPORT   WINDOW     ONCE       31/12  2025
        W12   197  DOSSIER  WINDOW     ONCE       31/12  2025
        W13   199  TASK     WINDOW     PHASE      31/12  2030
        W15   231  REPORT   NONE       YEARLY     -      -
    """,
    "quan-11": """
        D06   39   TASK     INCLUSIVE  ONCE       31/12  2024
        D07   41   REPORT   NONE       ONCE       -      2024
        D05   109  DOSSIER  EXCLUSIVE  ONCE       20/12  2024
    """,
    "binh-chanh": """
        W16   87   TASK     NONE       ONCE       -      2024
        W16   109  DOSSIER  NONE       ONCE       -      2024
        D08   121  REPORT   EXCLUSIVE  ONCE       1/11   2024
        W16   123  REPORT   NONE       ONCE       -      2024
    """,
    "ba-dinh": """
        W07   125  TASK     WINDOW     QUARTERLY  31/3   -
        W08   167  REPORT   NONE       YEARLY     -      -
        D09   194  PLAN     EXCLUSIVE  YEARLY     31/12  -
        D10   195  TASK     EXCLUSIVE  YEARLY     28/2   -
        D11a  196  PLEDGE   EXCLUSIVE  YEARLY     30/3   -
        D11b  196  PLEDGE   EXCLUSIVE  YEARLY     30/10  -
        D12a  197  TASK     EXCLUSIVE  YEARLY     30/7   -
        D12b  197  TASK     EXCLUSIVE  YEARLY     30/1   -
        D13   198  TASK     EXCLUSIVE  YEARLY     30/9   -
        D14a  199  TASK     EXCLUSIVE  YEARLY     20/12  -
        D14b  199  TASK     EXCLUSIVE  YEARLY     30/5   -
        D15   200  TASK     EXCLUSIVE  YEARLY     15/1   -
        W10   211  TASK     WINDOW     PHASE      31/12  2025
        D16   224  TASK     EXCLUSIVE  ONCE       30/3   2021
        W09   225  TASK     NONE       YEARLY     -      -
        D17   226  PLAN     EXCLUSIVE  ONCE       30/11  2024
        W06   228  PLAN     WINDOW     YEARLY     31/12  -
        W06   231  PLAN     WINDOW     YEARLY     31/12  -
        W06   232  TASK     WINDOW     YEARLY     31/12  -
        W06   233  TASK     WINDOW     YEARLY     31/12  -
        W06   235  TASK     WINDOW     YEARLY     31/12  -
        W06   236  TASK     WINDOW     YEARLY     31/12  -
        W06   237  TASK     WINDOW     YEARLY     31/12  -
        W06   238  TASK     WINDOW     YEARLY     31/12  -
        W05   239  TASK     WINDOW     YEARLY     30/6   -
        W06   240  PLAN     WINDOW     YEARLY     31/12  -
    """,
    "long-khanh": """
        W01   38   TASK     WINDOW     ONCE       31/3   2024
        W02   56   TASK     WINDOW     ONCE       30/6   2024
        W03   74   TASK     WINDOW     ONCE       30/9   2024
        W04   84   TASK     WINDOW     ONCE       31/12  2024
        D04   142  PLAN     WINDOW     ONCE       31/1   2024
        D01   144  REPORT   EXCLUSIVE  YEARLY     15/5   -
        D02   144  REPORT   EXCLUSIVE  YEARLY     15/11  -
        D03   146  PLAN     WINDOW     ONCE       31/1   2024
        D03   146  REPORT   EXCLUSIVE  YEARLY     15/5   -
        D03   146  REPORT   EXCLUSIVE  YEARLY     15/11  -
    """,
}


def reading_of(plan: str) -> PlanReading:
    return read_plan(text_of(plan))


def text_of(plan: str) -> str:
    return (TEXTS / f"{plan}.txt").read_text(encoding="utf-8")


def row(found: FoundDeadline) -> tuple[str, ...]:
    day = f"{found.due.day}/{found.due.month}" if found.due else "-"
    return str(found.line), found.kind, found.boundary, found.recurrence, day, str(found.year or "-")


@pytest.mark.parametrize("plan", EXPECTED)
def test_every_deadline_of_a_plan_is_read_and_nothing_else(plan: str) -> None:
    expected = [tuple(line.split()[1:]) for line in EXPECTED[plan].strip().splitlines()]

    assert [row(found) for found in reading_of(plan).deadlines] == expected


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("plan", EXPECTED)
def test_further_faults_of_a_scan_change_no_deadline(plan: str, fault: str) -> None:
    read = read_plan(FAULTS[fault](text_of(plan))).deadlines

    assert [row(found)[1:] for found in read] == [row(found)[1:] for found in reading_of(plan).deadlines]


@pytest.mark.parametrize("plan", EXPECTED)
def test_every_quote_is_in_the_text(plan: str) -> None:
    text = " ".join(text_of(plan).replace("*", "").split())
    reading = reading_of(plan)

    quotes = [found.quote for found in reading.deadlines] + [one.quote for one in reading.not_deadlines]

    assert [quote for quote in quotes if " ".join(quote.split()) not in text] == []


def test_the_head_of_a_plan_is_read() -> None:
    heads = {plan: reading_of(plan).header for plan in EXPECTED}

    assert {plan: (head.number, str(head.issued), head.first_year, head.last_year) for plan, head in heads.items()} == {
        "binh-tan": ("520/KH-UBND", "2023-05-23", None, None),
        "quan-11": ("303/KH-UBND", "2024-11-11", 2024, 2024),
        "binh-chanh": ("338/KH-UBND", "2024-08-21", 2024, 2024),
        "ba-dinh": ("29/KH-UBND", "2021-01-22", 2021, 2025),
        "long-khanh": ("152/KH-UBND", "2024-01-29", 2024, 2024),
    }


def test_days_by_kind_of_cluster_name_their_clusters() -> None:
    signing = [found for found in reading_of("ba-dinh").deadlines if found.line == 196]

    assert [(found.who, found.is_for_heads) for found in signing] == [
        ("Cụm trưởng (Cụm các đơn vị hành chính)", True),
        ("Cụm trưởng (các Cụm thi đua trường học)", True),
    ]
    assert UnitKind.SCHOOL not in signing[0].applies_to
    assert signing[1].applies_to == (UnitKind.SCHOOL,)


def test_schools_that_report_through_another_body_get_the_days_that_bind_it() -> None:
    schools = [found for found in reading_of("long-khanh").deadlines if found.line == 146]

    assert {(found.via, found.has_internal_day) for found in schools} == {("Phòng Giáo dục và Đào tạo", True)}
    assert all(found.applies_to == (UnitKind.SCHOOL,) for found in schools)


def test_tasks_under_one_quarter_are_parts_of_one_duty() -> None:
    quarters = [found for found in reading_of("long-khanh").deadlines if found.parts]

    assert [len(found.parts) for found in quarters] == [8, 8, 4, 5]
    assert quarters[2].parts[-1] == "Đăng ký thi đua ngành giáo dục và đào tạo năm học 2024 - 2025"


def test_days_of_a_campaign_are_only_shown() -> None:
    campaign = reading_of("quan-11").deadlines[0]

    assert not campaign.is_handed_in
    assert campaign.opens is not None
    assert (campaign.opens.day, campaign.opens.month) == (1, 11)


@pytest.mark.parametrize("plan", EXPECTED)
def test_dates_of_documents_anniversaries_and_issue_are_listed_with_their_reasons(plan: str) -> None:
    reasons = {one.why for one in reading_of(plan).not_deadlines}

    assert {WhyNot.ISSUE_DATE, WhyNot.DOCUMENT_DATE} <= reasons
    assert reasons <= {WhyNot.ISSUE_DATE, WhyNot.DOCUMENT_DATE, WhyNot.ANNIVERSARY, WhyNot.TERM_OF_OFFICE}
