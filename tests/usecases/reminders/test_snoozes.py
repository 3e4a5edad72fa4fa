"""Being reminded again, over ticks on real databases."""

import asyncio
from datetime import date, datetime

import pytest

from domain.calendar import VIETNAM
from domain.people.data_requests import CorrectableField
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from models.message_kinds import MessageKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, hand_in_report, officer
from tests.support.steps.reminders import at, carry, look, queue
from usecases.organisation.successions.commands import close_unit
from usecases.personal_data.requests import ask_correction
from usecases.reminders.digest import read_digest
from usecases.reminders.next_moment import next_moment
from usecases.reminders.queueing import queue_reminders
from usecases.reminders.snoozes import list_hours, snooze


async def put_off(stage: Stage, chat_id: int, until: datetime) -> int:
    report = await duty(stage, chat_id, DutyKind.REPORT)
    async with acting(stage, chat_id) as ctx:
        await snooze(ctx, report.id, until=until)
    return report.id


async def reminded(stage: Stage) -> int:
    """The report's officer, reminded on the morning of 11 May."""
    await officer(stage, "phuong-5", chat_id=500)
    assert len(await look(stage, at(5, 11))) == 1
    return 500


async def test_one_is_reminded_again_at_the_hour_and_once(stage: Stage) -> None:
    await put_off(stage, await reminded(stage), at(5, 11, 14, 0))

    said = [len(await look(stage, at(5, 11, hour))) for hour in (10, 13, 14, 15, 16)]

    assert said == [0, 0, 1, 0, 0]


async def test_a_missed_hour_is_caught_up_in_working_hours(stage: Stage) -> None:
    await put_off(stage, await reminded(stage), at(5, 11, 16, 0))

    said = [len(await look(stage, hour)) for hour in (at(5, 11, 20), at(5, 12, 7, 0), at(5, 12, 9), at(5, 12, 10))]

    assert said == [0, 0, 1, 0]


async def test_the_ladder_keeps_silent_until_then_and_loses_no_step(stage: Stage) -> None:
    report = await put_off(stage, await reminded(stage), at(5, 14))

    said = [len(await look(stage, hour)) for hour in (at(5, 12), at(5, 13), at(5, 14), at(5, 14, 15))]

    async with stage.app.contexts.open() as ctx:
        sent = await ctx.uow.reminders.sent([report])
    assert said == [0, 0, 1, 0]
    assert all(any(one.has(step) for one in sent) for step in (1, 0))


async def test_what_was_put_off_is_left_out_of_a_message_that_still_waits(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await queue(stage, at(5, 7))
    report = await put_off(stage, 500, at(5, 7, 14, 0))

    async with acting(stage, 500) as ctx:
        digest = await read_digest(ctx, [report])
        by_leader = await read_digest(ctx, [report], by_leader=True)

    assert digest is None
    assert by_leader is not None


async def test_handing_in_silences_it(stage: Stage) -> None:
    await put_off(stage, await reminded(stage), at(5, 11, 14, 0))
    await hand_in_report(stage, 500)

    assert await look(stage, at(5, 11, 14)) == []


async def test_the_other_officers_of_the_unit_are_reminded_as_before(stage: Stage) -> None:
    await reminded(stage)
    await officer(stage, "phuong-5", chat_id=501)
    await put_off(stage, 500, at(5, 14))

    queued_messages = await look(stage, at(5, 13))

    assert [queued.chat_id for queued in queued_messages] == [501]


async def test_two_schedulers_remind_again_once(stage: Stage) -> None:
    await put_off(stage, await reminded(stage), at(5, 11, 14, 0))
    stage.wind(at(5, 11, 14, 1))

    async with stage.app.contexts.open() as first, stage.app.contexts.open() as second:
        await asyncio.gather(queue_reminders(first), queue_reminders(second))

    assert len(await carry(stage, MessageKind.REMINDER)) == 1
    async with stage.app.contexts.open() as ctx:
        await queue_reminders(ctx)
    assert await carry(stage, MessageKind.REMINDER) == []


async def test_the_chosen_hour_is_the_next_moment(stage: Stage) -> None:
    await put_off(stage, await reminded(stage), at(5, 11, 14, 0))

    async with stage.app.contexts.open() as ctx:
        moment = await next_moment(ctx)

    assert moment == at(5, 11, 14, 0)


async def test_alarms_and_days_of_change_are_next_moments(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "tinh-mau", chat_id=900, role=Role.STANDING_BODY)
    async with acting(stage, 500) as ctx:
        await ask_correction(ctx, CorrectableField.NAME, "Cán bộ Mới")
    async with acting(stage, 900) as ctx:
        await close_unit(ctx, "phuong-6", day=date(2026, 5, 6))

    moments = []
    for _ in range(4):
        async with stage.app.contexts.open() as ctx:
            moments.append((await next_moment(ctx)).astimezone(VIETNAM))
        stage.wind(moments[-1])

    assert at(5, 6, 0, 0) in moments
    assert at(5, 7, 13, 30) in moments


@pytest.mark.parametrize("until", [at(5, 11, 6, 0), at(5, 11, 22, 0), at(5, 16), at(5, 18), at(12, 1)])
async def test_an_hour_that_was_not_offered_is_refused(stage: Stage, until: datetime) -> None:
    await reminded(stage)

    with refused("hour-passed-by"):
        await put_off(stage, 500, until)


async def test_what_is_handed_in_needs_no_reminding(stage: Stage) -> None:
    await reminded(stage)
    await hand_in_report(stage, 500)

    with refused("duty-handed-in"):
        await put_off(stage, 500, at(5, 11, 14, 0))


async def test_another_units_duty_is_refused(stage: Stage) -> None:
    report = await duty(stage, await reminded(stage), DutyKind.REPORT)
    await officer(stage, "phuong-6", chat_id=600)

    async with acting(stage, 600) as ctx:
        with refused("duty-of-another-unit"):
            await list_hours(ctx, report.id)
