"""Days of events that the standing body sets: duties open, move and go with them."""

from datetime import date

import pytest

from demo.sample import AUTHORITY, PLAN
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, officer
from tests.support.steps.plans import WITH_EVENT
from usecases.dossiers.dossiers import declare_nothing
from usecases.duties.progress import list_duties
from usecases.plans.date_notices import NoticeReach
from usecases.plans.event_dates import EventTarget, call_off_event, list_event_dates, set_event_date
from usecases.plans.loading import load_plan

NAME = "ngày trao thưởng"
NEW = EventTarget(PLAN, NAME, 2026)
FIRST = EventTarget(PLAN, NAME, 2026, turn=1)


async def load(stage: Stage, text: str = WITH_EVENT) -> None:
    async with stage.app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, text, authority=AUTHORITY, file=PLAN)


async def set_day(stage: Stage, day: date, target: EventTarget = NEW) -> NoticeReach:
    async with stage.app.contexts.as_caretaker() as ctx:
        return await set_event_date(ctx, target, day=day)


async def dossiers(stage: Stage, chat_id: int) -> list[tuple[str, date | None]]:
    async with acting(stage, chat_id) as ctx:
        return [(one.title, one.last_valid_day) for one in await list_duties(ctx) if "trao thưởng" in one.title]


async def test_event_may_come_several_times_a_year(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "thpt-mau", chat_id=501)
    await load(stage)
    before = await dossiers(stage, 500)

    await set_day(stage, date(2026, 6, 20))
    await set_day(stage, date(2026, 11, 20))
    await set_day(stage, date(2027, 1, 4))

    assert before == []
    assert await dossiers(stage, 500) == [
        ("Hồ sơ trao thưởng lần 1/2026", date(2026, 6, 13)),
        ("Hồ sơ trao thưởng lần 2/2026", date(2026, 11, 13)),
        ("Hồ sơ trao thưởng lần 1/2027", date(2026, 12, 28)),
    ]
    assert await dossiers(stage, 501) == []


async def test_day_that_moves_keeps_its_number_and_its_year(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await load(stage)
    await set_day(stage, date(2026, 6, 20))
    await set_day(stage, date(2026, 11, 20))

    await set_day(stage, date(2026, 12, 1), FIRST)

    assert ("Hồ sơ trao thưởng lần 1/2026", date(2026, 11, 24)) in await dossiers(stage, 500)
    async with stage.app.contexts.as_caretaker() as ctx:
        with refused("day-not-of-year"):
            await set_event_date(ctx, FIRST, day=date(2027, 1, 4))


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 5, 4), "day-past"),
        (date(2026, 5, 11), "event-too-near"),
        (date(2026, 6, 20), "event-day-set"),
        (date(2025, 12, 31), "plan-not-of-year"),
    ],
)
async def test_day_that_cannot_be_kept_is_refused(stage: Stage, day: date, code: str) -> None:
    await load(stage)
    await set_day(stage, date(2026, 6, 20))

    with refused(code):
        await set_day(stage, day)


async def test_deadline_of_today_can_still_be_kept(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await load(stage)

    await set_day(stage, date(2026, 5, 12))

    assert await dossiers(stage, 500) == [("Hồ sơ trao thưởng lần 1/2026", date(2026, 5, 5))]


async def test_day_that_is_called_off_takes_only_duties_that_nobody_began(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "phuong-1", chat_id=502)
    await load(stage)
    await set_day(stage, date(2026, 6, 20))
    async with acting(stage, 500) as ctx:
        mine = next(one for one in await list_duties(ctx) if "trao thưởng" in one.title)
        await declare_nothing(ctx, mine.id)

    async with stage.app.contexts.as_caretaker() as ctx:
        await call_off_event(ctx, FIRST)
        listed = await list_event_dates(ctx)

    assert [(one.name, one.turn, one.day) for one in listed] == [(NAME, 0, None)]
    assert len(await dossiers(stage, 500)) == 1
    assert await dossiers(stage, 502) == []


async def test_another_text_counts_other_days_from_the_same_event(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await load(stage)
    await set_day(stage, date(2026, 6, 22))

    await load(stage, WITH_EVENT.replace("before: 7", "before: 10, counts: WORKING"))

    assert await dossiers(stage, 500) == [("Hồ sơ trao thưởng lần 1/2026", date(2026, 6, 8))]
