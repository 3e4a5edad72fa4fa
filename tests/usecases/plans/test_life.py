"""A loaded plan: its first day, the number of units that owe each duty, ending and resuming it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime

import pytest

from cli.plans.changes import tell_loaded
from demo.sample import AUTHORITY, PLAN
from domain.calendar import VIETNAM
from models.message_kinds import MessageKind
from plans.catalogue import parse_plan, shipped_plan
from scheduler.messages.rendering import compose
from tests.support.refusals import refused
from tests.support.stage import Product, Stage
from tests.support.steps.filling import acting, officer
from usecases.context import Context
from usecases.duties.progress import list_duties
from usecases.outbox.sending import claim
from usecases.plans.life import (
    PlanView,
    check_start,
    count_plan_from,
    end_plan,
    list_plans,
    read_first_day,
    read_plan,
    resume_plan,
)
from usecases.plans.loading import LoadedPlan, load_plan
from usecases.plans.open_dates import list_open_dates
from usecases.plans.set_dates import DateTarget, set_date

TEXT = shipped_plan(PLAN)
OTHER = TEXT.replace(f"code: {PLAN}", "code: ke-hoach-khac", 1)
FOR_SCHOOLS = OTHER.replace("applies_to: [", "applies_to: [SCHOOL] #", 5)
NOVEMBER = datetime(2026, 11, 26, 9, tzinfo=VIETNAM)


@asynccontextmanager
async def at_the_office(stage: Product) -> AsyncIterator[Context]:
    async with stage.app.contexts.as_caretaker() as ctx:
        yield ctx


async def load(stage: Product, text: str, counts_from: date | None = None) -> LoadedPlan:
    async with stage.app.contexts.as_caretaker() as ctx:
        loaded = await load_plan(ctx, text, authority=AUTHORITY, file="ke-hoach.yaml", counts_from=counts_from)
    await stage.open_duties()
    return loaded


async def view(stage: Product, code: str = PLAN) -> PlanView:
    async with at_the_office(stage) as ctx:
        return await read_plan(ctx, code)


async def titles(stage: Stage, chat_id: int) -> list[str]:
    async with acting(stage, chat_id) as ctx:
        return [one.title for one in await list_duties(ctx)]


async def test_a_plan_loaded_in_november_from_that_day_opens_nothing_overdue(stage: Stage) -> None:
    stage.wind(NOVEMBER)

    loaded = await load(stage, OTHER, NOVEMBER.date())

    async with stage.app.contexts.open() as ctx:
        opened = await ctx.uow.duties.of_plan("ke-hoach-khac")
    assert {duty.code for duty in opened} == {"ho-so"}
    assert all(duty.last_valid_day and duty.last_valid_day >= NOVEMBER.date() for duty in opened)
    lines = tell_loaded(loaded, is_dry=False).splitlines()
    assert lines[0].endswith("bản 1. 12/12 đơn vị có việc. Tính từ ngày 26/11/2026.")
    assert "  Báo cáo 6 tháng 2026, hết ngày 14/5 (thứ Năm) · trước ngày bắt đầu tính, không phải nộp" in lines


async def test_loading_says_how_many_units_owe_what_and_which_owe_nothing(stage: Stage) -> None:
    loaded = await load(stage, FOR_SCHOOLS)

    schools = [one for one in loaded.shares.owed if one.title == "Báo cáo 6 tháng 2026"]
    assert loaded.shares.units == 12
    assert 0 < loaded.shares.busy < 12
    assert [one.units for one in schools] == [loaded.shares.busy]
    assert "Phường 5" in loaded.shares.idle
    told = tell_loaded(loaded, is_dry=False)
    assert f"{loaded.shares.busy}/12 đơn vị có việc" in told
    assert f"{len(loaded.shares.idle)} đơn vị không có việc: " in told


async def test_what_is_asked_of_a_kind_that_no_unit_has_is_said(stage: Stage) -> None:
    text = OTHER.replace("applies_to: [", "applies_to: [HAMLET] #", 1)

    loaded = await load(stage, text)

    (title,) = loaded.shares.unasked
    assert f"{title} · chưa có đơn vị nào phải nộp" in tell_loaded(loaded, is_dry=False)


async def test_loaded_again_a_plan_still_counts_from_its_day(stage: Stage) -> None:
    await load(stage, OTHER, date(2026, 5, 1))

    again = await load(stage, OTHER)
    changed = await load(stage, OTHER.replace("due: 15/5", "due: 21/5"))

    assert again.is_same
    assert changed.plan.counts_from == (await view(stage, "ke-hoach-khac")).counts_from == date(2026, 5, 1)


async def test_another_first_day_takes_back_what_nobody_has_begun_and_tells_the_units(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    assert "Giao ước thi đua 2026" in await titles(stage, 500)

    async with at_the_office(stage) as ctx:
        move = await count_plan_from(ctx, PLAN, day=date(2026, 5, 5))

    assert await titles(stage, 500) == ["Báo cáo 6 tháng 2026"]
    assert move.units == 12
    assert [one.title for one in move.view.shares.past] != []
    assert await told(stage) == [500]

    async with at_the_office(stage) as ctx:
        await count_plan_from(ctx, PLAN, day=date(2026, 1, 1))
    assert "Giao ước thi đua 2026" in await titles(stage, 500)


async def test_an_ended_plan_asks_nothing_and_says_so_once(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    async with at_the_office(stage) as ctx:
        move = await end_plan(ctx, PLAN)
    await stage.open_duties()

    assert (await titles(stage, 500), move.view.unbegun, move.view.shares.owed) == ([], 0, ())
    async with stage.app.contexts.open() as ctx:
        (queued,) = [one for one in await claim(ctx, limit=50) if one.kind is MessageKind.PLAN_CHANGED]
    scheduled = await compose(stage.app.contexts, queued)
    assert scheduled is not None
    assert scheduled.content.html.splitlines()[0].endswith("năm 2026 đã kết thúc</b>")
    assert "Không còn phải nộp Báo cáo 6 tháng 2026." in scheduled.content.html
    async with at_the_office(stage) as ctx:
        assert await list_open_dates(ctx) == ()
        with refused("plan-ended"):
            await end_plan(ctx, PLAN)
    async with at_the_office(stage) as ctx:
        with refused("plan-ended"):
            await set_date(ctx, DateTarget(PLAN, "bao-cao-6-thang", year=2026), day=date(2026, 5, 10))


async def test_a_plan_ended_by_mistake_comes_back_as_it_was(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    before = await titles(stage, 500)

    async with at_the_office(stage) as ctx:
        await end_plan(ctx, PLAN)
    async with at_the_office(stage) as ctx:
        await resume_plan(ctx, PLAN)

    assert await titles(stage, 500) == before
    assert (await view(stage)).ended_on is None


async def test_a_plan_brought_back_months_later_makes_nothing_overdue(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    async with at_the_office(stage) as ctx:
        await end_plan(ctx, PLAN)

    stage.wind(NOVEMBER)
    assert not (await load(stage, TEXT)).is_same

    async with acting(stage, 500) as ctx:
        duties = await list_duties(ctx)
    assert [one.title for one in duties] == ["Hồ sơ khen thưởng 2026"] or all(not one.is_overdue for one in duties)
    assert duties


async def test_plans_are_listed_with_those_in_force_first(stage: Stage) -> None:
    await load(stage, OTHER, date(2026, 5, 1))
    async with at_the_office(stage) as ctx:
        await end_plan(ctx, PLAN)

    async with at_the_office(stage) as ctx:
        found = await list_plans(ctx)

    assert [(one.code, one.counts_from, one.ended_on) for one in found] == [
        ("ke-hoach-khac", date(2026, 5, 1), None),
        (PLAN, None, date(2026, 5, 5)),
    ]


async def test_only_the_standing_body_ends_a_plan(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    async with acting(stage, 500) as ctx:
        for act in (end_plan, resume_plan, read_plan):
            with refused("standing-body-only"):
                await act(ctx, PLAN)
        with refused("standing-body-only"):
            await list_plans(ctx)


@pytest.mark.parametrize(
    ("typed", "day"), [("1/1", date(2026, 1, 1)), ("26/11", date(2026, 11, 26)), ("hôm nay", date(2026, 11, 26))]
)
def test_a_first_day_without_its_year_is_this_years(typed: str, day: date) -> None:
    assert read_first_day(typed, today=NOVEMBER.date()) == day


def test_a_first_day_of_a_year_past_is_refused() -> None:
    with refused("day-before-this-year"):
        check_start(parse_plan(TEXT, file=PLAN), date(2025, 10, 1), today=NOVEMBER.date())


async def test_loading_a_plan_that_is_over_says_that_nobody_owes_anything(stage: Product) -> None:
    over = shipped_plan("quan-11-2024")

    loaded = await load(stage, over, date(2026, 5, 5))

    assert loaded.shares.owed == ()
    assert tell_loaded(loaded, is_dry=False).splitlines()[1:] == [
        "  không đơn vị nào phải nộp gì: kế hoạch không còn hạn nào"
    ]


def test_a_first_day_after_the_plan_is_refused() -> None:
    plan = parse_plan(TEXT.replace("first_year: 2026", "first_year: 2026\nlast_year: 2026"), file=PLAN)

    with refused("day-after-plan"):
        check_start(plan, date(2027, 1, 1), today=NOVEMBER.date())


async def told(stage: Product) -> list[int]:
    async with stage.app.contexts.open() as ctx:
        return [one.chat_id for one in await claim(ctx, limit=50) if one.kind is MessageKind.PLAN_CHANGED]
