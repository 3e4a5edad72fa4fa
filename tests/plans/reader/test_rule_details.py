"""What few plans say: months, an hour, an event, a date per award, shares, public posting, the paper original."""

from datetime import time
from decimal import Decimal

import pytest

from domain.plans.award_rules import awards_of
from domain.plans.awards import Posting, Share, SubjectKind
from domain.plans.deadlines import DutyKind, PaperOriginal
from domain.plans.event_dates import events_of
from domain.plans.events import DayCount, Event, Side
from domain.plans.indicators import Comparator
from domain.plans.plans import Plan
from domain.plans.recurrence import Recurrence
from plans.catalogue import parse_plan

TEXT = """
code: day-du-2026
number: 01/KH-UBND
issuer: UBND phường Mẫu
title: Kế hoạch đủ khóa
issued: 2026-01-02
first_year: 2026
deadlines:
  - {code: quy, kind: REPORT, title: Báo cáo, applies_to: [COMMUNE], wording: ngày 25 các tháng 3 6 9, source: mục I,
     boundary: EXCLUSIVE, recurrence: MONTHLY, months: [3, 6, 9], opens: 1/3, due: 25/3, time_of_day: "16:00",
     period: {kind: YEAR_TO_DATE, shift: -1}, late_needs: văn bản giải trình, original: {to: Phòng VH-XH, copies: 2}}
  - {code: trao, kind: DOSSIER, title: Hồ sơ, applies_to: [COMMUNE], wording: trước 10 ngày làm việc, source: mục I,
     boundary: INCLUSIVE, recurrence: EVENT, event: {name: ngày trao thưởng, before: 10, counts: WORKING},
     awards: [giay-khen]}
  - {code: nam, kind: DOSSIER, title: Hồ sơ năm, applies_to: [COMMUNE], wording: trước 20/12, source: mục I,
     boundary: EXCLUSIVE, recurrence: YEARLY, opens: 1/11, due: 20/12}
  - {code: truong, kind: DOSSIER, title: Hồ sơ trường, applies_to: [SCHOOL], wording: trước 20/6, source: mục I,
     boundary: EXCLUSIVE, recurrence: YEARLY, opens: 1/5, due: 20/6}
awards:
  - code: giay-khen
    name: Giấy khen
    subjects: [INDIVIDUAL, HOUSEHOLD]
    pieces: []
    source: mục II
    original_to: Văn phòng
    posting: {days: 10, text: niêm yết công khai 10 ngày, source: mục II}
    shares:
      - {code: so-nguoi, text: không quá 30 %, comparator: "<=", percent: 30, whole: người lao động, source: mục II}
  - {code: bang-khen, name: Bằng khen, subjects: [COLLECTIVE], pieces: [], source: mục II}
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return parse_plan(TEXT, file="day-du-2026")


def test_deadline_has_months_an_hour_and_the_way_of_its_original(plan: Plan) -> None:
    rule = plan.deadlines[0]

    assert (rule.recurrence, rule.months, rule.time_of_day) == (Recurrence.MONTHLY, (3, 6, 9), time(16, 0))
    assert (rule.original, rule.late_needs) == (PaperOriginal("Phòng VH-XH", 2), "văn bản giải trình")
    assert [one.period.name for one in rule.deadlines_in(2026)] == [
        "2 tháng đầu năm 2026",
        "5 tháng đầu năm 2026",
        "8 tháng đầu năm 2026",
    ]


def test_deadline_goes_by_an_event(plan: Plan) -> None:
    rule = plan.deadlines[1]

    assert rule.kind is DutyKind.DOSSIER
    assert rule.event == Event("ngày trao thưởng", Side.BEFORE, 10, DayCount.WORKING)
    assert events_of(plan) == ("ngày trao thưởng",)


@pytest.mark.parametrize(
    ("code", "awards"),
    [("trao", ["giay-khen"]), ("nam", ["bang-khen"]), ("truong", ["giay-khen", "bang-khen"])],
)
def test_each_award_belongs_to_one_dossier_of_a_kind_of_unit(plan: Plan, code: str, awards: list[str]) -> None:
    assert [award.code for award in awards_of(plan, code)] == awards


def test_award_has_shares_and_a_posting(plan: Plan) -> None:
    award = plan.award("giay-khen")

    assert award.shares == (
        Share("so-nguoi", "không quá 30 %", Comparator.AT_MOST, Decimal(30), "người lao động", "mục II", "",
              (SubjectKind.INDIVIDUAL, SubjectKind.HOUSEHOLD)),
    )  # fmt: skip
    assert (award.posting, award.original_to) == (Posting(10, "niêm yết công khai 10 ngày", "mục II"), "Văn phòng")


@pytest.mark.parametrize(
    ("comparator", "percent", "part", "whole", "kept"),
    [
        (Comparator.AT_MOST, 30, 3, 10, True),
        (Comparator.AT_MOST, 30, 4, 10, False),
        (Comparator.AT_MOST, 15, 1, 10, True),
        (Comparator.AT_MOST, 15, 2, 10, False),
        (Comparator.AT_LEAST, 70, 7, 10, True),
        (Comparator.AT_LEAST, 70, 69, 99, False),  # 69,7 %
        (Comparator.MORE_THAN, 50, 5, 10, False),
        (Comparator.AT_LEAST, 100, 10, 10, True),
    ],
)
def test_share_is_exact(comparator: Comparator, percent: int, part: int, whole: int, kept: bool) -> None:
    share = Share("ty-le", "tỷ lệ", comparator, Decimal(percent), "người", "mục II")

    assert share.is_kept(part, whole=whole) is kept
