"""Days that the standing body sets beside a plan."""

from datetime import date, timedelta

import pytest

from demo.sample import AUTHORITY, PLAN
from domain.roles import Role
from domain.units import UnitKind
from models.message_kinds import MessageKind
from plans.catalogue import shipped_plan
from scheduler.messages.rendering import compose
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, officer
from tests.support.steps.plans import DATED, UNDATED
from usecases.duties.progress import list_duties
from usecases.duties.views import DutyView
from usecases.organisation.founding import caretaker
from usecases.outbox.sending import QueuedMessage, claim
from usecases.plans.date_notices import NoticeReach
from usecases.plans.loading import load_plan
from usecases.plans.open_dates import list_open_dates
from usecases.plans.set_dates import DateTarget, clear_date, set_date

REPORT = "bao-cao-6-thang"


async def set_report_date(stage: Stage, day: date, *, kind: UnitKind | None = None) -> NoticeReach:
    async with stage.app.contexts.as_caretaker() as ctx:
        return await set_date(ctx, DateTarget(PLAN, REPORT, year=2026, kind=kind), day=day)


async def without_date(stage: Stage) -> None:
    async with stage.app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, shipped_plan(PLAN).replace(DATED, UNDATED), authority=AUTHORITY, file=PLAN)
    await stage.open_duties()


async def report(stage: Stage, chat_id: int) -> DutyView:
    async with acting(stage, chat_id) as ctx:
        return next(one for one in await list_duties(ctx) if "6 tháng" in one.title)


async def test_a_rule_without_a_date_is_owed_and_never_overdue(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    await without_date(stage)

    found = await report(stage, 500)
    assert (found.last_valid_day, found.days_left, found.is_owed) == (None, None, True)


async def test_a_date_set_holds_for_duties_that_are_open(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await without_date(stage)

    await set_report_date(stage, date(2026, 5, 12))

    assert (await report(stage, 500)).days_left == 7


async def test_schools_may_have_an_earlier_day_of_their_own(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "thpt-mau", chat_id=501)

    await set_report_date(stage, date(2026, 5, 10), kind=UnitKind.SCHOOL)

    assert (await report(stage, 500)).last_valid_day == date(2026, 5, 14)
    assert (await report(stage, 501)).last_valid_day == date(2026, 5, 10)


async def test_a_cleared_date_gives_way_to_the_plans_own(stage: Stage) -> None:
    await officer(stage, "thpt-mau", chat_id=501)
    await set_report_date(stage, date(2026, 5, 10), kind=UnitKind.SCHOOL)

    async with stage.app.contexts.as_caretaker() as ctx:
        await clear_date(ctx, DateTarget(PLAN, REPORT, year=2026, kind=UnitKind.SCHOOL))

    assert (await report(stage, 501)).last_valid_day == date(2026, 5, 14)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 5, 4), "day-past"),
        (date(2026, 5, 15), "day-after-plans-own"),
        (date(2027, 5, 10), "day-not-of-year"),
    ],
)
async def test_an_impossible_day_is_refused(stage: Stage, day: date, reason: str) -> None:
    with refused(reason):
        await set_report_date(stage, day)


async def test_only_the_standing_body_sets_dates(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    async with acting(stage, 500) as ctx:
        with refused("standing-body-only"):
            await set_date(ctx, DateTarget(PLAN, REPORT, year=2026), day=date(2026, 5, 10))


async def dates_told(stage: Stage) -> list[QueuedMessage]:
    stage.wind(stage.clock.now() + timedelta(minutes=6))
    async with stage.app.contexts.open() as ctx:
        return [queued for queued in await claim(ctx, limit=50) if queued.kind is MessageKind.DATE_SET]


async def test_units_hear_once_of_days_set_in_a_row(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await without_date(stage)
    await set_report_date(stage, date(2026, 5, 12))
    await set_report_date(stage, date(2026, 5, 20))

    (queued,) = await dates_told(stage)
    scheduled = await compose(stage.app.contexts, queued)

    assert queued.chat_id == 500
    assert scheduled is not None
    assert scheduled.content.html.splitlines() == [
        "<b>Cơ quan thường trực vừa đặt hạn</b>",
        "⏳ Báo cáo 6 tháng 2026 · Phường 5: hết ngày 20/5 (thứ Tư), còn 15 ngày",
    ]


async def test_only_the_kind_of_unit_concerned_hears_of_it(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "thpt-mau", chat_id=501)

    await set_report_date(stage, date(2026, 5, 10), kind=UnitKind.SCHOOL)

    assert [queued.chat_id for queued in await dates_told(stage)] == [501]


async def test_the_head_hears_of_a_day_where_no_officer_can_be_written_to(stage: Stage) -> None:
    await officer(stage, "thpt-mau", chat_id=501, role=Role.UNIT_HEAD)

    news = await set_report_date(stage, date(2026, 5, 10), kind=UnitKind.SCHOOL)

    assert [queued.chat_id for queued in await dates_told(stage)] == [501]
    assert news.units == 1
    assert "Trường THPT Mẫu" not in news.unreached


async def test_who_sets_a_day_reads_which_units_do_not_hear_of_it(stage: Stage) -> None:
    news = await set_report_date(stage, date(2026, 5, 10), kind=UnitKind.SCHOOL)

    assert news.units == 0
    assert "Trường THPT Mẫu" in news.unreached


async def test_the_standing_body_sees_which_days_are_its_to_set(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "tinh-mau", chat_id=900, role=Role.STANDING_BODY)
    async with acting(stage, 900) as ctx:
        assert await list_open_dates(ctx) == ()
    await without_date(stage)
    await set_report_date(stage, date(2026, 5, 12))

    async with acting(stage, 900) as ctx:
        (one,) = await list_open_dates(ctx)
    async with acting(stage, 500) as ctx:
        with refused("standing-body-only"):
            await list_open_dates(ctx)

    assert (one.code, one.year, one.own_day, one.day) == (REPORT, 2026, None, date(2026, 5, 12))


async def test_a_day_before_its_duty_opens_is_refused(stage: Stage) -> None:
    async with stage.app.contexts.as_caretaker() as ctx:
        with refused("day-before-opening"):
            await set_date(ctx, DateTarget(PLAN, "bao-cao-nam", year=2026), day=date(2026, 9, 10))


async def test_a_day_in_a_year_in_which_its_duty_never_falls_due_is_refused(stage: Stage) -> None:
    once = shipped_plan(PLAN).replace(DATED, DATED.replace("YEARLY", "ONCE\n    year: 2026"))
    async with stage.app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, once, authority=AUTHORITY, file=PLAN)
        office = await caretaker(ctx)
    async with stage.app.contexts.open(office) as ctx:
        with refused("duty-not-due-in-year"):
            await set_date(ctx, DateTarget(PLAN, REPORT, year=2027), day=date(2027, 5, 10))


async def test_a_day_for_what_no_unit_owes_is_refused(stage: Stage) -> None:
    shown = shipped_plan(PLAN).replace(DATED, f"{DATED}    handed_in: false\n")
    async with stage.app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, shown, authority=AUTHORITY, file=PLAN)
        office = await caretaker(ctx)
    async with stage.app.contexts.open(office) as ctx:
        with refused("duty-owed-by-nobody"):
            await set_date(ctx, DateTarget(PLAN, REPORT, year=2026), day=date(2026, 5, 10))
