"""A plan that says an hour, a school year, a month: what officers see, and what is late."""

from datetime import date, datetime

import pytest

from demo.sample import AUTHORITY, PLAN
from domain.calendar import VIETNAM
from domain.roles import Role
from plans.catalogue import shipped_plan
from templates.filters import deadline, due
from tests.support.stage import Stage
from tests.support.steps.filling import acting, hand_in_report, officer
from usecases.duties.progress import list_duties
from usecases.duties.views import DutyView
from usecases.plans.loading import load_plan
from usecases.status.status import list_status

BEFORE_16 = shipped_plan(PLAN).replace(
    "title: Báo cáo 6 tháng\n", 'title: Báo cáo 6 tháng\n    time_of_day: "16:00"\n', 1
)
SCHOOLS = (
    shipped_plan(PLAN)
    .replace("title: Báo cáo 6 tháng\n", "title: Báo cáo tổng kết năm học\n    calendar: SCHOOL_YEAR\n", 1)
    .replace("    period: {kind: FIRST_HALF}\n", "")
)

MONTHLY = shipped_plan(PLAN).replace(
    "deadlines:\n",
    """deadlines:
  - code: bao-cao-nhanh
    kind: REPORT
    title: Báo cáo nhanh
    applies_to: [COMMUNE]
    wording: trước ngày 10 tháng sau
    boundary: EXCLUSIVE
    recurrence: MONTHLY
    opens: 1/1
    due: 10/1
    period: {kind: MONTH, shift: -1}
    source: mục IV
""",
    1,
)


async def load(stage: Stage, text: str) -> None:
    async with stage.app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, text, authority=AUTHORITY, file=PLAN)
    await stage.open_duties()


async def report(stage: Stage, chat_id: int) -> DutyView:
    async with acting(stage, chat_id) as ctx:
        return next(one for one in await list_duties(ctx) if one.title.startswith("Báo cáo"))


@pytest.mark.parametrize(
    ("at", "is_overdue", "on_time"),
    [
        ("2026-05-14 23:50:00", False, True),
        ("2026-05-15 15:50:00", False, True),
        ("2026-05-15 16:00:00", True, False),
        ("2026-05-15 16:00:01", True, False),
    ],
)
async def test_hour_of_the_last_day_decides_what_is_late(
    stage: Stage, at: str, is_overdue: bool, on_time: bool
) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await load(stage, BEFORE_16)
    stage.wind(datetime.fromisoformat(at).replace(tzinfo=VIETNAM))

    owed = await report(stage, 500)
    receipt = await hand_in_report(stage, 500)
    handed_in = await report(stage, 500)

    assert owed.last_valid_day is not None
    assert owed.is_overdue is is_overdue
    assert deadline(owed.last_valid_day) == "trước 16 giờ ngày 15/5 (thứ Sáu)"
    assert receipt.on_time is handed_in.on_time is on_time


async def test_who_looks_after_the_hour_reads_that_it_has_passed(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, AUTHORITY, chat_id=502, role=Role.STANDING_BODY)
    await load(stage, BEFORE_16)
    stage.wind(datetime(2026, 5, 15, 16, 30, tzinfo=VIETNAM))

    owed = await report(stage, 500)
    async with acting(stage, 502) as ctx:
        status = next(one for one in await list_status(ctx) if one.title.startswith("Báo cáo 6 tháng"))

    assert owed.last_valid_day is not None
    assert due(owed.last_valid_day, owed.days_left or 0) == "đã quá giờ (hạn trước 16 giờ hôm nay)"
    assert owed.mark == "⛔"
    assert status.is_overdue


async def test_school_year_is_in_the_name_of_the_duty(stage: Stage) -> None:
    await officer(stage, "thpt-mau", chat_id=501)

    await load(stage, SCHOOLS)

    assert (await report(stage, 501)).title == "Báo cáo tổng kết năm học 2025-2026"


async def test_monthly_report_is_named_and_opened_by_the_month_of_its_figures(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    await load(stage, MONTHLY)

    async with acting(stage, 500) as ctx:
        found = [one for one in await list_duties(ctx) if one.title.startswith("Báo cáo nhanh")]
    assert [(one.title, one.last_valid_day) for one in found][-1] == (
        "Báo cáo nhanh tháng 4/2026",
        date(2026, 5, 9),
    )
