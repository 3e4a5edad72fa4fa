"""Who is told of a duty: the rule by tables, and that what is queued for somebody is also said to them."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.duties.reachability import EscalationLevel, Loss, Reason
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from models.duties.duties import Duty
from models.reviews.returns import Return
from tests.support.stage import Stage
from tests.support.steps.extensions import ask, grant
from tests.support.steps.filling import acting, duty, officer
from tests.support.steps.people import go, person_of
from tests.support.steps.reachability import lose
from tests.support.steps.reminders import at, carry, look
from usecases.duties.assignments import Assignment, end_handover, hand_over
from usecases.duties.leave_cover import LeaveCover
from usecases.reachability.escalations import Escalation
from usecases.reminders.digest import read_digest
from usecases.reminders.recipients import Recipients, ToldAs, named_in_group
from usecases.reminders.snoozes import list_hours, snooze
from usecases.submissions.hard_copies import claim_hard_copy

NOW = datetime(2026, 5, 11, 1, tzinfo=UTC)
BEFORE, LATER = NOW - timedelta(days=3), NOW - timedelta(days=1)
ME, COLLEAGUE, UNIT, DUTY = 1, 2, 5, 50

NOBODY = Recipients(roles={}, assignments={}, leave_covers={}, escalations={}, returned={})
AN_OFFICER = replace(NOBODY, roles={(ME, UNIT): {Role.OFFICER}})
A_HEAD = replace(NOBODY, roles={(ME, UNIT): {Role.UNIT_HEAD}})
MINE, OURS, THEIRS = Assignment(ME, BEFORE), Assignment(None, BEFORE), Assignment(COLLEAGUE, BEFORE)
ON_LEAVE = {(ME, UNIT): LeaveCover(COLLEAGUE, BEFORE, for_officer=True)}
STANDING_IN = {(COLLEAGUE, UNIT): LeaveCover(ME, BEFORE, for_officer=True)}
FOR_THE_HEAD = {(COLLEAGUE, UNIT): LeaveCover(ME, BEFORE, for_officer=False)}


def escalated(*, called_at: datetime | None = None) -> dict[int, dict[int, Escalation]]:
    level = EscalationLevel.CALL_LIST if called_at else EscalationLevel.UNIT_HEAD
    return {ME: {UNIT: Escalation(UNIT, Reason.LEFT, BEFORE, BEFORE, level, frozenset({ME}), called_at)}}


@pytest.mark.parametrize(
    ("recipients", "told_as"),
    [
        (NOBODY, set()),
        (AN_OFFICER, {ToldAs.OFFICER}),
        (A_HEAD, set()),
        (replace(AN_OFFICER, assignments={DUTY: MINE}), {ToldAs.OFFICER, ToldAs.ASSIGNEE}),
        (replace(A_HEAD, assignments={DUTY: MINE}), {ToldAs.ASSIGNEE}),
        (replace(AN_OFFICER, assignments={DUTY: OURS}), {ToldAs.OFFICER}),
        (replace(AN_OFFICER, assignments={DUTY: THEIRS}), set()),
        (replace(AN_OFFICER, leave_covers=ON_LEAVE), set()),
        # A duty assigned to somebody on leave is their deputy's already, so that the leave is another one.
        (replace(AN_OFFICER, leave_covers=ON_LEAVE, assignments={DUTY: MINE}), {ToldAs.OFFICER, ToldAs.ASSIGNEE}),
        (replace(A_HEAD, leave_covers=STANDING_IN), {ToldAs.SUBSTITUTE}),
        (replace(A_HEAD, leave_covers=FOR_THE_HEAD), set()),
        (replace(A_HEAD, leave_covers=STANDING_IN, assignments={DUTY: THEIRS}), set()),
        (replace(A_HEAD, escalations=escalated()), {ToldAs.CONTACT}),
        (replace(A_HEAD, escalations=escalated(), leave_covers=ON_LEAVE), set()),
        (replace(NOBODY, escalations=escalated(called_at=LATER)), set()),
        (replace(NOBODY, escalations=escalated(called_at=LATER), returned={DUTY: Return(at=NOW)}), {ToldAs.CONTACT}),
        (replace(AN_OFFICER, put_off={(ME, DUTY)}), set()),
        (replace(AN_OFFICER, put_off={(COLLEAGUE, DUTY)}), {ToldAs.OFFICER}),
        (replace(AN_OFFICER, assignments={DUTY: MINE}, put_off={(ME, DUTY)}), set()),
        (replace(AN_OFFICER, claimed={DUTY}), set()),
    ],
)
def test_who_is_reminded_and_why(recipients: Recipients, told_as: set[ToldAs]) -> None:
    report = Duty(id=DUTY, unit_id=UNIT, opened_at=BEFORE)

    assert recipients.told_as(ME, report) == told_as
    assert recipients.are_told(ME, report) is bool(told_as)


@pytest.mark.parametrize(
    ("recipients", "is_told"),
    [
        (NOBODY, False),
        (AN_OFFICER, True),
        (A_HEAD, True),
        (replace(AN_OFFICER, assignments={DUTY: THEIRS}), True),
        (replace(AN_OFFICER, leave_covers=ON_LEAVE), False),
        (replace(NOBODY, assignments={DUTY: MINE}), True),
        (replace(AN_OFFICER, claimed={DUTY}), False),
        (replace(NOBODY, escalations=escalated()), False),
    ],
)
def test_whom_a_nudge_tells(recipients: Recipients, is_told: bool) -> None:
    nudged = replace(recipients, is_nudge=True)

    assert nudged.are_told(ME, Duty(id=DUTY, unit_id=UNIT, opened_at=BEFORE)) is is_told


@pytest.mark.parametrize(
    ("extended_to", "is_named"), [(None, True), (date(2026, 5, 20), False), (date(2026, 5, 11), False)]
)
def test_a_unit_with_a_granted_day_ahead_is_not_named_before_its_cluster(
    extended_to: date | None, is_named: bool
) -> None:
    report = Duty(last_valid_day=date(2026, 5, 10), extended_to=extended_to)

    assert named_in_group(report, today=date(2026, 5, 11)) is is_named
    assert named_in_group(report, today=date(2026, 5, 21))


OFFICER, HEAD, CLERK = 500, 501, 900
Arrange = Callable[[Stage, int], Awaitable[Any]]


async def leave_without_deputy(stage: Stage, _: int) -> None:
    await go(stage, OFFICER)


async def leave_with_deputy(stage: Stage, _: int) -> None:
    await go(stage, OFFICER, deputy=HEAD)


async def give_to_the_head(stage: Stage, duty_id: int) -> None:
    to = await person_of(stage, HEAD)
    async with acting(stage, OFFICER) as ctx:
        await hand_over(ctx, duty_id, to=to)


async def give_and_take_back(stage: Stage, duty_id: int) -> None:
    await give_to_the_head(stage, duty_id)
    async with acting(stage, HEAD) as ctx:
        await end_handover(ctx, duty_id)


async def put_off_until_tomorrow(stage: Stage, duty_id: int) -> None:
    stage.wind(at(5, 11, 7, 29))
    async with acting(stage, OFFICER) as ctx:
        hours = await list_hours(ctx, duty_id)
        await snooze(ctx, duty_id, until=next(hour.at for hour in hours if not hour.is_today))


async def say_it_is_on_paper(stage: Stage, duty_id: int) -> None:
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    stage.wind(at(5, 11, 7, 29))
    async with acting(stage, OFFICER) as ctx:
        await claim_hard_copy(ctx, duty_id)


async def block_the_bot(stage: Stage, _: int) -> None:
    await lose(stage, OFFICER, Loss.BLOCKED)


async def give_up_the_post(stage: Stage, _: int) -> None:
    async with acting(stage, OFFICER) as ctx:
        for post, _unit in await ctx.uow.officers.posts(ctx.actor.person_id or 0, day=ctx.today):
            post.valid_to = ctx.today
        await ctx.uow.commit()


async def change_nothing(_stage: Stage, _: int) -> None:
    pass


@pytest.mark.parametrize(
    ("people", "arrange", "told"),
    [
        ((OFFICER, HEAD), change_nothing, {OFFICER}),
        ((OFFICER, HEAD), leave_with_deputy, {HEAD}),
        ((OFFICER, HEAD), leave_without_deputy, {HEAD}),
        ((OFFICER,), leave_without_deputy, {OFFICER}),
        ((OFFICER, HEAD), give_to_the_head, {HEAD}),
        ((OFFICER, HEAD), give_and_take_back, {OFFICER}),
        ((OFFICER, HEAD), put_off_until_tomorrow, set()),
        ((OFFICER, HEAD), block_the_bot, {HEAD}),
        ((OFFICER, HEAD), give_up_the_post, {HEAD}),
        ((OFFICER, HEAD), say_it_is_on_paper, set()),
    ],
)
async def test_those_for_whom_it_is_queued_and_no_others_are_told(
    stage: Stage, people: tuple[int, ...], arrange: Arrange, told: set[int]
) -> None:
    for chat_id in people:
        await officer(stage, "phuong-5", chat_id=chat_id, role=Role.UNIT_HEAD if chat_id == HEAD else Role.OFFICER)
    stage.wind(at(5, 6))
    report = await duty(stage, OFFICER, DutyKind.REPORT)
    await arrange(stage, report.id)
    await carry(stage)

    queued = {queued.chat_id for queued in await look(stage, at(5, 11)) if queued.chat_id != CLERK}
    said = {chat_id for chat_id in people if await hears(stage, chat_id, report.id)}

    assert queued == told
    assert said == told


async def hears(stage: Stage, chat_id: int, duty_id: int) -> bool:
    """Whether a reminder of the duty would say anything to a person to whom it can be delivered."""
    async with acting(stage, chat_id) as ctx:
        return not ctx.actor.is_lost and await read_digest(ctx, [duty_id]) is not None


async def test_who_is_granted_more_time_is_reminded_by_the_new_day_and_not_by_the_old(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=OFFICER)
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    stage.wind(at(5, 6))
    report = await duty(stage, OFFICER, DutyKind.REPORT)
    await grant(stage, await ask(stage, report.id))
    await carry(stage)

    days = [day for day in (7, 11, 13, 19, 20) for queued in await look(stage, at(5, day)) if queued.chat_id == OFFICER]

    assert days == [13, 19, 20]
