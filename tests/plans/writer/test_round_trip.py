"""A plan that was written reads back as the same plan."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
import yaml

from domain.plans.awards import Posting, Share
from domain.plans.deadlines import Boundary, DutyKind, PaperOriginal, TaskPart
from domain.plans.events import DayCount, Event, Side
from domain.plans.indicators import Comparator
from domain.plans.periods import CalendarKind, DayOfYear, OwedPeriod, Period, PeriodKind, SchoolCalendar
from domain.plans.plans import Plan
from domain.plans.recurrence import Recurrence
from plans.catalogue import parse_plan, shipped_plan, shipped_plans
from plans.writer.plans import write_plan
from tests.plans.tables import plan_of


def document_of(code: str) -> str | None:
    name = yaml.safe_load(shipped_plan(code)).get("document")
    return str(name) if name else None


@pytest.mark.parametrize("code", shipped_plans())
def test_every_shipped_plan_reads_back_as_it_was_written(code: str) -> None:
    plan = plan_of(code)

    text = write_plan(plan, document=document_of(code))

    assert parse_plan(text, file=code) == plan


def with_first_rule(**changes: object) -> Plan:
    plan = plan_of("mau-2026")
    rule = next(rule for rule in plan.deadlines if rule.due is not None and not rule.phases)
    return replace(plan, deadlines=(replace(rule, **changes),))  # type: ignore[arg-type] # any field of a rule


def with_first_award(**changes: object) -> Plan:
    plan = plan_of("mau-2026")
    return replace(plan, awards=(replace(plan.awards[0], **changes),), rules=())  # type: ignore[arg-type] # as above


@pytest.mark.parametrize(
    "plan",
    [
        with_first_rule(title="yes"),
        with_first_rule(title="2026"),
        with_first_rule(title="Báo cáo: «quý» #1, [a] {b} \"c\" 'd' & *e"),
        with_first_rule(opens=DayOfYear(12, 31), due=DayOfYear(1, 15)),
        with_first_rule(parts=(TaskPart("Họp", "mục 1"), TaskPart("- Sơ kết", "mục 2"))),
        with_first_rule(owes=OwedPeriod(PeriodKind.FIRST_HALF, shift=-1, calendar=CalendarKind.SCHOOL_YEAR)),
        with_first_rule(owes=OwedPeriod(PeriodKind.SPAN, span=Period(date(2026, 1, 1), date(2026, 2, 1), "Đợt 1"))),
        with_first_rule(is_handed_in=False, via="Sở Nội vụ", has_internal_day=True),
        with_first_rule(cluster_head_first=True),
        with_first_rule(time_of_day=time(16), original=PaperOriginal("Sở Nội vụ", 2), late_needs="văn bản giải trình"),
        with_first_rule(
            recurrence=Recurrence.MONTHLY,
            months=(3, 6, 9),
            opens=DayOfYear(3, 1),
            due=DayOfYear(3, 20),
            owes=OwedPeriod(PeriodKind.MONTH, shift=-1),
        ),
        with_first_rule(
            recurrence=Recurrence.EVENT,
            boundary=Boundary.INCLUSIVE,
            opens=DayOfYear(1, 1),
            due=None,
            event=Event("ngày trao thưởng", Side.AFTER, 7, DayCount.WORKING),
        ),
        with_first_rule(kind=DutyKind.DOSSIER, awards=(plan_of("mau-2026").awards[0].code,)),
        with_first_award(original_to="Sở Nội vụ", posting=Posting(10, "niêm yết", "mục 3", DayCount.WORKING)),
        with_first_award(
            shares=(
                Share(
                    "ty-le",
                    "không quá 30 %",
                    Comparator.AT_MOST,
                    Decimal(30),
                    "cán bộ",
                    "mục 4",
                    subjects=plan_of("mau-2026").awards[0].subjects,
                ),
            )
        ),
        replace(plan_of("mau-2026"), reminders=(9, 2, -3), last_year=2028),
        replace(plan_of("mau-2026"), school=SchoolCalendar(opens=DayOfYear(9, 1))),
    ],
    ids=lambda plan: plan.deadlines[0].title[:12],
)
def test_what_no_shipped_plan_says_reads_back_as_well(plan: Plan) -> None:
    assert parse_plan(write_plan(plan), file="x") == plan


def test_figures_are_written_as_figures_and_words_as_words() -> None:
    plan = plan_of("mau-2026")
    indicator = replace(plan.indicators[0], low=Decimal("0.5"), high=Decimal(1000), uom="%", aggregate=None)

    text = write_plan(replace(plan, indicators=(indicator,), awards=()))

    assert "low: 0.5, high: 1000, whole: false" in text
    assert "uom: '%'" in text


def test_comments_stand_above_their_deadlines() -> None:
    plan = with_first_rule(code="bao-cao")

    text = write_plan(plan, head="Đọc từ ke-hoach.docx.", comments={"bao-cao": "L12: «trước ngày\n15/5»"})

    assert text.startswith("# Đọc từ ke-hoach.docx.\ncode: mau-2026\n")
    assert "deadlines:\n  # L12: «trước ngày 15/5»\n  - code: bao-cao\n    kind: " in text
