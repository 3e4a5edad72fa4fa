"""Telling units what was accepted: once a day, without sound, in working hours."""

from datetime import datetime

import pytest

from domain.calendar import VIETNAM
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from domain.submissions.returns import acceptance_notice_hour
from models.message_kinds import MessageKind
from scheduler.messages.rendering import compose
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, hand_in_pledge, officer
from tests.support.steps.people import go
from tests.support.steps.reminders import at
from tests.support.steps.reviewing import BUDGET, CLERK, UNIT, accept, handed_in, put_back
from usecases.duties.holidays import vietnam_calendar
from usecases.outbox.sending import QueuedMessage, claim
from usecases.submissions.pledges import read_pledge


async def told(stage: Stage, hour: datetime) -> list[QueuedMessage]:
    stage.wind(hour)
    async with stage.app.contexts.open() as ctx:
        queued_messages = await claim(ctx, limit=200)
    return [queued for queued in queued_messages if queued.kind is MessageKind.ACCEPTED]


async def words(stage: Stage, queued: QueuedMessage) -> str | None:
    scheduled = await compose(stage.app.contexts, queued)
    return str(scheduled.content.html) if scheduled else None


async def test_who_handed_in_is_told_of_the_acceptance_that_afternoon_without_a_sound(stage: Stage) -> None:
    submission = await handed_in(stage)
    await officer(stage, "phuong-5", chat_id=501)
    await accept(stage, submission)

    at_noon = await told(stage, at(5, 5, hour=12))
    (queued,) = await told(stage, at(5, 5, hour=16, minute=31))
    scheduled = await compose(stage.app.contexts, queued)

    assert at_noon == []
    assert queued.chat_id == UNIT
    assert scheduled is not None
    assert scheduled.content.is_quiet
    assert scheduled.content.html.startswith(
        "✅ <b>Đã được tiếp nhận</b>\nBáo cáo 6 tháng 2026 · Phường 5: /bienlai_BC26_"
    )


async def test_all_that_was_accepted_in_a_day_comes_in_one_message(stage: Stage) -> None:
    submission = await handed_in(stage)
    await hand_in_pledge(stage, UNIT)
    pledge = await duty(stage, UNIT, DutyKind.PLEDGE)
    async with acting(stage, UNIT) as ctx:
        pledge_submission = (await read_pledge(ctx, pledge.id)).draft.submission_id or 0
    await accept(stage, submission)
    stage.wind(at(5, 5, hour=15))
    await accept(stage, pledge_submission)

    (queued,) = await told(stage, at(5, 5, hour=16, minute=31))
    text = await words(stage, queued)

    assert text is not None
    assert "Báo cáo 6 tháng 2026 · Phường 5" in text
    assert "Giao ước thi đua 2026 · Phường 5" in text


async def test_nobody_is_told_of_an_acceptance_that_no_longer_stands(stage: Stage) -> None:
    submission = await handed_in(stage)
    await accept(stage, submission)
    async with stage.app.contexts.open() as ctx:
        draft = await ctx.uow.submissions.find(submission)
        assert draft is not None
        draft.state = type(draft.state).RETURNED
        await ctx.uow.commit()

    (queued,) = await told(stage, at(5, 5, hour=16, minute=31))

    assert await words(stage, queued) is None


async def test_in_place_of_who_is_on_leave_the_deputy_is_told(stage: Stage) -> None:
    submission = await handed_in(stage)
    await officer(stage, "phuong-5", chat_id=501, role=Role.UNIT_HEAD)
    await go(stage, UNIT, deputy=501, days=(at(5, 5).date(), at(5, 8).date()))
    await accept(stage, submission)

    assert [queued.chat_id for queued in await told(stage, at(5, 5, hour=16, minute=31))] == [501]


async def test_nobody_is_told_of_acceptance_while_it_is_returned(stage: Stage) -> None:
    submission = await handed_in(stage)
    await put_back(stage, submission, BUDGET, by=CLERK)

    assert await told(stage, at(5, 5, hour=16, minute=31)) == []


@pytest.mark.parametrize(
    ("accepted", "hour"),
    [
        (datetime(2026, 5, 5, 8, 0, tzinfo=VIETNAM), datetime(2026, 5, 5, 16, 30, tzinfo=VIETNAM)),
        # An acceptance can be undone for ten minutes.
        (datetime(2026, 5, 5, 16, 25, tzinfo=VIETNAM), datetime(2026, 5, 6, 16, 30, tzinfo=VIETNAM)),
        (datetime(2026, 5, 8, 17, 0, tzinfo=VIETNAM), datetime(2026, 5, 11, 16, 30, tzinfo=VIETNAM)),
        # Tết 2026 is from 14 to 22 February.
        (datetime(2026, 2, 13, 23, 55, tzinfo=VIETNAM), datetime(2026, 2, 23, 16, 30, tzinfo=VIETNAM)),
    ],
)
def test_acceptance_is_told_on_working_afternoons(accepted: datetime, hour: datetime) -> None:
    assert acceptance_notice_hour(accepted, calendar=vietnam_calendar(2025, 2027)) == hour
