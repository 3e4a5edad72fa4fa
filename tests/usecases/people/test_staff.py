"""Roles given and taken, access revoked, posts passed on: at once, and never the last of the standing body."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from domain.errors import Refusal
from domain.people.people import CONSENT_VERSION
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from models.message_kinds import MessageKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, fill_report, officer
from tests.support.steps.people import go, person_of
from tests.support.steps.reminders import at, carry, look, queue
from usecases.context import Context
from usecases.duties.assignments import assignee_of, hand_over
from usecases.people.farewells import read_farewell
from usecases.people.joining import JoinForm, join, take_post
from usecases.people.leaves import list_leaves
from usecases.people.post_handover import hand_post_over, invite_successor, list_successors
from usecases.people.staff import give_role, list_members, list_staff, read_member, revoke_access, take_role
from usecases.reminders.digest import read_digest
from usecases.submissions.reports import read_report

BODY = 700
Act = Callable[[Context], Awaitable[object]]


async def staffed(stage: Stage) -> None:
    """The standing body, 700, and an officer of Phường 5, 500, with a colleague, 501."""
    await officer(stage, "tinh-mau", chat_id=BODY, role=Role.STANDING_BODY)
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "phuong-5", chat_id=501, role=Role.UNIT_HEAD)


async def post_of(stage: Stage, chat_id: int, *, number: int = 0) -> int:
    person_id = await person_of(stage, chat_id)
    async with acting(stage, BODY) as ctx:
        return (await read_member(ctx, person_id)).posts[number].id


async def roles_of(stage: Stage, chat_id: int) -> list[Role]:
    async with acting(stage, chat_id) as ctx:
        return [post.role for post in ctx.actor.posts]


async def come_in(stage: Stage, code: str, *, chat_id: int) -> None:
    async with stage.app.contexts.open() as ctx:
        await join(
            ctx,
            code,
            JoinForm(
                consent=CONSENT_VERSION, name="Người kế nhiệm Phường 5", position="Chuyên viên", phone="0900000009"
            ),
            channel="telegram",
            chat_id=chat_id,
        )


async def test_a_role_is_given_and_taken_and_counts_at_once(stage: Stage) -> None:
    await staffed(stage)
    person = await person_of(stage, 500)
    async with acting(stage, BODY) as ctx:
        unit, role, title = (await read_member(ctx, person)).to_give[0]
        assert await give_role(ctx, person, unit_id=unit, role=role) == title == "Thủ trưởng · Phường 5"
    assert await roles_of(stage, 500) == [Role.OFFICER, Role.UNIT_HEAD]
    async with acting(stage, BODY) as ctx:
        with refused("role-not-to-give"):
            await give_role(ctx, person, unit_id=unit, role=role)

    post = await post_of(stage, 500)
    async with acting(stage, BODY) as ctx:
        await take_role(ctx, post)

    assert await roles_of(stage, 500) == [Role.UNIT_HEAD]
    async with acting(stage, BODY) as ctx:
        with refused("post-changed"):
            await take_role(ctx, post)


async def test_the_last_of_the_standing_body_stays(stage: Stage) -> None:
    await staffed(stage)
    post, person = await post_of(stage, BODY), await person_of(stage, BODY)

    acts: list[Act] = [lambda ctx: take_role(ctx, post), lambda ctx: revoke_access(ctx, person)]
    for act in acts:
        async with acting(stage, BODY) as ctx:
            with refused("last-of-standing-body"):
                await act(ctx)

    assert await roles_of(stage, BODY) == [Role.STANDING_BODY]


async def test_of_two_who_take_each_others_last_role_at_once_one_stays(stage: Stage) -> None:
    await staffed(stage)
    await officer(stage, "tinh-mau", chat_id=701, role=Role.STANDING_BODY)
    posts = {700: await post_of(stage, 701), 701: await post_of(stage, 700)}

    async def take(chat_id: int) -> None:
        async with acting(stage, chat_id) as ctx:
            await take_role(ctx, posts[chat_id])

    outcomes = await asyncio.gather(take(700), take(701), return_exceptions=True)

    assert sorted(map(str, map(type, outcomes))) == sorted(map(str, (type(None), Refusal)))
    assert sorted([*await roles_of(stage, 700), *await roles_of(stage, 701)]) == [Role.STANDING_BODY]


async def test_whoever_lost_access_hears_nothing_more_but_that(stage: Stage) -> None:
    await staffed(stage)
    report = await duty(stage, 500, DutyKind.REPORT)
    await queue(stage, at(5, 7))
    person = await person_of(stage, 500)
    async with acting(stage, BODY) as ctx:
        await revoke_access(ctx, person)

    (told,) = await carry(stage, MessageKind.FAREWELL)
    async with acting(stage, 500) as ctx:
        digest, farewell = await read_digest(ctx, [report.id]), await read_farewell(ctx, told.ref("post"))

    assert digest is None
    assert farewell is not None
    assert (farewell.title, farewell.successor) == ("Cán bộ · Phường 5", None)
    assert 500 not in [queued.chat_id for queued in await look(stage, at(5, 11))]
    async with acting(stage, 500) as ctx:
        with refused("duty-of-another-unit"):
            await read_report(ctx, report.id)


async def test_drafts_duties_and_deputising_follow_to_a_colleague(stage: Stage) -> None:
    await staffed(stage)
    await officer(stage, "phuong-5", chat_id=502)
    report = await fill_report(stage, 500, leave_open=1)
    async with acting(stage, 502) as ctx:
        await hand_over(ctx, report.id, to=await person_of(stage, 500))
    await go(stage, 502, deputy=500)
    post, new = await post_of(stage, 500), await person_of(stage, 501)

    async with acting(stage, BODY) as ctx:
        assert [other.person_id for other in (await list_successors(ctx, post)).candidates][:1] == [new]
        assert await hand_post_over(ctx, post, to=new) == "Cán bộ phuong-5 501"

    assert await roles_of(stage, 500) == []
    assert await roles_of(stage, 501) == [Role.UNIT_HEAD, Role.OFFICER]
    async with acting(stage, 501) as ctx:
        found = await ctx.uow.duties.find(report.id)
        assert found is not None
        assert await assignee_of(ctx, found) == new
        assert (await read_report(ctx, report.id)).answered == 14
    async with acting(stage, 502) as ctx:
        assert [leave.deputy for leave in (await list_leaves(ctx)).leaves] == ["Cán bộ phuong-5 501"]


async def test_the_old_officer_stays_until_the_successor_has_come_in(stage: Stage) -> None:
    await staffed(stage)
    post = await post_of(stage, 500)
    async with acting(stage, BODY) as ctx:
        code = await invite_successor(ctx, post, days=30)
    before = await roles_of(stage, 500)

    await come_in(stage, code, chat_id=503)

    (told,) = await carry(stage, MessageKind.FAREWELL)
    async with acting(stage, 500) as ctx:
        farewell = await read_farewell(ctx, told.ref("post"), successor=told.ref("successor"))
    assert before == [Role.OFFICER]
    assert await roles_of(stage, 500) == []
    assert await roles_of(stage, 503) == [Role.OFFICER]
    assert farewell is not None
    assert farewell.successor == "Người kế nhiệm Phường 5"


async def test_the_last_of_the_standing_body_can_be_succeeded(stage: Stage) -> None:
    await staffed(stage)
    post = await post_of(stage, BODY)
    async with acting(stage, BODY) as ctx:
        code = await invite_successor(ctx, post, days=30)

    async with acting(stage, 501) as ctx:
        await take_post(ctx, code)

    assert await roles_of(stage, BODY) == []
    assert Role.STANDING_BODY in await roles_of(stage, 501)


async def test_another_authority_arranges_nobody_here(stage: Stage) -> None:
    await staffed(stage)
    post, person = await post_of(stage, 500), await person_of(stage, 500)
    await officer(stage, "phuong-6", chat_id=600, role=Role.UNIT_HEAD)

    acts: list[Act] = [
        list_staff,
        lambda ctx: read_member(ctx, person),
        lambda ctx: take_role(ctx, post),
        lambda ctx: revoke_access(ctx, person),
        lambda ctx: hand_post_over(ctx, post, to=person),
        lambda ctx: invite_successor(ctx, post, days=30),
    ]
    for act in acts:
        async with acting(stage, 600) as ctx:
            with pytest.raises(Refusal):
                await act(ctx)


async def test_units_are_found_by_their_name_or_by_their_peoples(stage: Stage) -> None:
    await staffed(stage)

    async with acting(stage, BODY) as ctx:
        by_name = await list_staff(ctx, search="phuong 5")
        by_person = await list_staff(ctx, search="PHUONG-5 501")
        unit = await list_members(ctx, by_name[0].unit_id)

    assert [(found.name, found.people) for found in by_name] == [("Phường 5", 2)]
    assert by_person == by_name
    names = [member.name for member in unit.members]
    assert (unit.unit_name, names) == ("Phường 5", ["Cán bộ phuong-5 500", "Cán bộ phuong-5 501"])
