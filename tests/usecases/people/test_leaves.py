"""Leave: the people who are reminded during it, and after it."""

from datetime import date

import pytest

from domain.plans.deadlines import DutyKind
from domain.roles import Role
from models.message_kinds import MessageKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, officer
from tests.support.steps.people import WEEK, go, person_of
from tests.support.steps.reminders import at, carry, look, queue
from usecases.duties.assignments import hand_over
from usecases.people.leaves import cancel_leave, list_leaves, read_deputising, take_leave
from usecases.reminders.digest import read_digest
from usecases.reminders.nudges import nudge
from usecases.status.status import list_status


async def staffed(stage: Stage) -> None:
    """An officer, 500, and the head of the unit, 501."""
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "phuong-5", chat_id=501, role=Role.UNIT_HEAD)
    stage.wind(at(5, 6))


@pytest.mark.parametrize("deputy", [501, None])
async def test_the_deputy_or_the_head_is_reminded_and_then_the_officer_again(stage: Stage, deputy: int | None) -> None:
    await staffed(stage)
    await go(stage, deputy=deputy)

    reminded = [(day, queued.chat_id) for day in (7, 11, 13, 14) for queued in await look(stage, at(5, day))]

    assert reminded == [(7, 500), (11, 501), (13, 501), (14, 500)]


async def test_the_deputy_is_told_and_the_reminder_says_for_whom(stage: Stage) -> None:
    await staffed(stage)
    leave = await go(stage, deputy=501)
    (told,) = await carry(stage, MessageKind.DEPUTY)
    report = await duty(stage, 500, DutyKind.REPORT)

    stage.wind(at(5, 11))
    async with acting(stage, 501) as ctx:
        deputising, digest = await read_deputising(ctx, leave), await read_digest(ctx, [report.id])

    assert told.chat_id == 501
    assert deputising is not None
    assert (deputising.name, deputising.unit_names) == ("Cán bộ phuong-5 500", ("Phường 5",))
    assert digest is not None
    assert digest.stands_in_for == ("Cán bộ phuong-5 500",)


async def test_what_was_queued_before_is_not_said_to_who_is_on_leave(stage: Stage) -> None:
    await staffed(stage)
    await queue(stage, at(5, 11))
    report = await duty(stage, 500, DutyKind.REPORT)
    await go(stage, deputy=501)

    async with acting(stage, 500) as ctx:
        digest = await read_digest(ctx, [report.id])

    assert digest is None
    await queue(stage, at(5, 11, 7, 31))
    assert {queued.chat_id for queued in await carry(stage, MessageKind.REMINDER)} == {500, 501}


async def test_a_duty_in_the_charge_of_who_is_on_leave_goes_to_the_deputy(stage: Stage) -> None:
    await staffed(stage)
    await officer(stage, "phuong-5", chat_id=502)
    report = await duty(stage, 502, DutyKind.REPORT)
    async with acting(stage, 502) as ctx:
        await hand_over(ctx, report.id, to=await person_of(stage, 500))
    await go(stage, deputy=501)

    reminded = [queued.chat_id for day in (11, 14) for queued in await look(stage, at(5, day))]

    assert reminded == [501, 500]


async def test_where_nobody_can_stand_in_the_officer_is_reminded_all_the_same(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await go(stage)

    assert [queued.chat_id for queued in await look(stage, at(5, 11))] == [500]


async def test_a_leader_who_has_the_unit_reminded_reaches_the_deputy(stage: Stage) -> None:
    await staffed(stage)
    await officer(stage, "tinh-mau", chat_id=700, role=Role.LEADER)
    await go(stage, deputy=501)
    report = await duty(stage, 500, DutyKind.REPORT)
    stage.wind(at(5, 11, 9))
    await carry(stage)

    async with acting(stage, 700) as ctx:
        status = next(status for status in await list_status(ctx) if status.title == report.title)
        await nudge(ctx, status.duty_id)

    assert [queued.chat_id for queued in await carry(stage, MessageKind.NUDGE)] == [501]


async def test_a_leave_cancelled_ends_at_once(stage: Stage) -> None:
    await staffed(stage)
    leave = await go(stage, deputy=501)
    stage.wind(at(5, 11, 7))
    async with acting(stage, 500) as ctx:
        await cancel_leave(ctx, leave)

    reminded = [queued.chat_id for queued in await look(stage, at(5, 11))]

    assert reminded == [500]
    async with acting(stage, 500) as ctx:
        with refused("leave-ended"):
            await cancel_leave(ctx, leave)


async def test_the_standing_body_enters_leave_for_an_officer_and_others_do_not(stage: Stage) -> None:
    await staffed(stage)
    person = await person_of(stage, 500)
    await officer(stage, "tinh-mau", chat_id=700, role=Role.STANDING_BODY)
    await officer(stage, "phuong-6", chat_id=600)

    async with acting(stage, 700) as ctx:
        await take_leave(ctx, first=WEEK[0], last=WEEK[1], deputy=None, person_id=person)

    async with acting(stage, 500) as ctx:
        assert [leave.first_day for leave in (await list_leaves(ctx)).leaves] == [WEEK[0]]
        leave = (await list_leaves(ctx)).leaves[0].id
    for act in (lambda ctx: list_leaves(ctx, person), lambda ctx: cancel_leave(ctx, leave)):
        async with acting(stage, 600) as ctx:
            with refused("leaves-hidden"):
                await act(ctx)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((date(2026, 5, 5), date(2026, 5, 5)), "day-past"),
        ((date(2026, 5, 13), date(2026, 5, 20)), "leaves-overlap"),
    ],
)
async def test_leave_that_is_past_or_twice_is_refused(stage: Stage, days: tuple[date, date], told: str) -> None:
    await staffed(stage)
    await go(stage)

    with refused(told):
        await go(stage, days=days)


async def test_only_a_colleague_of_the_unit_can_be_named(stage: Stage) -> None:
    await staffed(stage)
    await officer(stage, "phuong-6", chat_id=600)

    with refused("deputy-unavailable"):
        await go(stage, deputy=600)


async def test_who_hands_nothing_in_has_no_leave_to_enter(stage: Stage) -> None:
    await officer(stage, "tinh-mau", chat_id=700, role=Role.LEADER)

    async with acting(stage, 700) as ctx:
        with refused("leave-needless"):
            await list_leaves(ctx)
