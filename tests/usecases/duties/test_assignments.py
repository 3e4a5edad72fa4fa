"""Hand-overs of duties, and the person who is reminded after one."""

import pytest

from domain.duties.reachability import Loss
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from models.message_kinds import MessageKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, hand_in_report, officer
from tests.support.steps.reminders import at, carry, look, queue
from usecases.duties.assignments import end_handover, hand_over, list_colleagues, read_handover
from usecases.reminders.card import read_card
from usecases.reminders.digest import read_digest
from usecases.reminders.reachability import lose_touch
from usecases.reminders.snoozes import snooze


async def pass_on(stage: Stage, *, role: Role = Role.OFFICER) -> int:
    """Hand the report over from 500 to 501 on 6 May, and return its duty."""
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "phuong-5", chat_id=501, role=role)
    stage.wind(at(5, 6))
    report = await duty(stage, 500, DutyKind.REPORT)
    async with acting(stage, 500) as ctx:
        (colleague,) = await list_colleagues(ctx, report.id)
        await hand_over(ctx, report.id, to=colleague.person_id)
    return report.id


async def dismiss(stage: Stage, chat_id: int) -> None:
    """End their posts today."""
    async with acting(stage, chat_id) as ctx:
        for appointment, _ in await ctx.uow.officers.posts(ctx.actor.person_id or 0, day=ctx.today):
            appointment.valid_to = ctx.today
        await ctx.uow.commit()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.UNIT_HEAD])
async def test_the_colleague_is_told_and_then_reminded_alone(stage: Stage, role: Role) -> None:
    report = await pass_on(stage, role=role)

    (told,) = await carry(stage, MessageKind.HANDOVER)
    reminded = [queued.chat_id for day in (7, 11, 14) for queued in await look(stage, at(5, day))]

    async with acting(stage, 501) as ctx:
        handover = await read_handover(ctx, told.ref("handover"))
    assert told.chat_id == 501
    assert handover is not None
    assert (handover.by, handover.duty.id) == ("Cán bộ phuong-5 500", report)
    assert reminded == [501, 501, 501]


async def test_what_was_queued_before_is_not_said_to_who_passed_it_on(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await queue(stage, at(5, 7))
    report = await pass_on_to_second(stage)

    async with acting(stage, 500) as ctx:
        digest = await read_digest(ctx, [report])

    assert digest is None


async def pass_on_to_second(stage: Stage) -> int:
    await officer(stage, "phuong-5", chat_id=501)
    report = await duty(stage, 500, DutyKind.REPORT)
    async with acting(stage, 500) as ctx:
        await hand_over(ctx, report.id, to=(await list_colleagues(ctx, report.id))[0].person_id)
    return report.id


async def test_taken_back_everybody_is_reminded_again_of_what_comes_next(stage: Stage) -> None:
    report = await pass_on(stage)
    await look(stage, at(5, 7))
    stage.wind(at(5, 7, 9))
    async with acting(stage, 501) as ctx:
        await end_handover(ctx, report)

    same_day, next_step = await look(stage, at(5, 7, 10)), await look(stage, at(5, 11))

    assert same_day == []
    assert sorted(queued.chat_id for queued in next_step) == [500, 501]


async def test_the_colleagues_post_ends_and_the_unit_makes_up_for_what_it_missed(stage: Stage) -> None:
    await pass_on(stage)
    await look(stage, at(5, 7))
    await dismiss(stage, 501)

    queued_messages = await look(stage, at(5, 8))

    assert [queued.chat_id for queued in queued_messages] == [500]


async def test_a_colleague_who_cannot_be_written_to_leaves_nobody_uninformed(stage: Stage) -> None:
    await pass_on(stage)
    async with stage.app.contexts.open() as ctx:
        await lose_touch(ctx, channel="telegram", chat_id=501, loss=Loss.BLOCKED)

    queued_messages = await look(stage, at(5, 7))

    assert [queued.chat_id for queued in queued_messages] == [500]


async def test_handed_in_before_the_colleague_is_told_nothing_is_said(stage: Stage) -> None:
    await pass_on(stage)
    (told,) = await carry(stage, MessageKind.HANDOVER)
    await hand_in_report(stage, 500)

    async with acting(stage, 501) as ctx:
        handover = await read_handover(ctx, told.ref("handover"))

    assert handover is None


async def test_who_has_no_colleague_is_told_so(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "phuong-6", chat_id=600)
    report = await duty(stage, 500, DutyKind.REPORT)

    async with acting(stage, 500) as ctx:
        with refused("no-colleague"):
            await list_colleagues(ctx, report.id)


async def test_a_stranger_to_the_unit_cannot_be_given_the_duty(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "phuong-6", chat_id=600)
    report = await duty(stage, 500, DutyKind.REPORT)
    async with acting(stage, 600) as ctx:
        stranger = ctx.actor.person_id or 0

    async with acting(stage, 500) as ctx:
        with refused("colleague-unavailable"):
            await hand_over(ctx, report.id, to=stranger)


async def test_another_units_officer_passes_nothing_on_and_takes_nothing_back(stage: Stage) -> None:
    report = await pass_on(stage)
    await officer(stage, "phuong-6", chat_id=600)

    for act in (list_colleagues, end_handover, read_card):
        async with acting(stage, 600) as ctx:
            with refused("duty-of-another-unit"):
                await act(ctx, report)


async def test_who_passed_it_on_is_not_reminded_again_either(stage: Stage) -> None:
    report = await pass_on(stage)

    async with acting(stage, 500) as ctx:
        with refused("duty-handed-over"):
            await snooze(ctx, report, until=at(5, 6, 14, 0))


async def test_what_is_in_nobodys_charge_cannot_be_taken_back(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    report = await duty(stage, 500, DutyKind.REPORT)

    async with acting(stage, 500) as ctx:
        with refused("duty-not-handed-over"):
            await end_handover(ctx, report.id)
