"""«Đơn vị không liên lạc được»: the units, why and since when, the people told instead, and those to call."""

from domain.duties.reachability import EscalationLevel, Loss, Reason
from domain.roles import Role
from models.message_kinds import MessageKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, officer
from tests.support.steps.hours import at
from tests.support.steps.reachability import back, look, lose, send
from usecases.reachability.call_list import CallView, ReachView, export_calls, read_calls, read_unreached
from usecases.reachability.calls import note_call

CLERK, LEADER, OFFICER, HEAD, CLUSTER_HEAD = 900, 901, 500, 501, 510


async def watched(stage: Stage) -> None:
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    await officer(stage, "phuong-5", chat_id=OFFICER)


async def report(stage: Stage, chat_id: int = CLERK) -> ReachView:
    async with acting(stage, chat_id) as ctx:
        return await read_unreached(ctx)


async def calls(stage: Stage) -> dict[str, CallView]:
    async with acting(stage, CLERK) as ctx:
        return {call.unit.unit_name: call for call in await read_calls(ctx)}


async def test_a_unit_is_on_the_list_from_the_moment_it_is_lost_until_it_is_back(stage: Stage) -> None:
    await watched(stage)
    stage.wind(at(6))
    before = await report(stage)
    await lose(stage, OFFICER, Loss.GONE)

    (unit,) = (await report(stage)).units
    await back(stage, OFFICER)

    assert (before.units, before.total) == ((), 12)
    assert (unit.unit_name, unit.cluster_name, unit.reason, unit.since.day) == ("Phường 5", "Cụm 1", Reason.GONE, 6)
    assert unit.level is EscalationLevel.CALL_LIST
    assert (await report(stage)).units == ()


async def test_who_was_told_instead_and_when_is_on_the_list(stage: Stage) -> None:
    await watched(stage)
    await officer(stage, "phuong-5", chat_id=HEAD, role=Role.UNIT_HEAD)
    stage.wind(at(8))
    await lose(stage, OFFICER)
    await send(stage, *await look(stage, at(11)))

    (unit,) = (await report(stage)).units

    assert unit.told_on is not None
    assert (unit.level, unit.told_on.day) == (EscalationLevel.UNIT_HEAD, 11)


async def test_units_that_never_joined_come_after_a_week_with_their_invite(stage: Stage) -> None:
    await watched(stage)
    await stage.invite(unit="phuong-6", days=1)
    early = await report(stage)
    stage.wind(at(12, 9))

    late = {unit.unit_name: unit for unit in (await report(stage)).units}

    assert early.units == ()
    assert len(late) == 11
    assert {unit.reason for unit in late.values()} == {Reason.NEVER_JOINED}
    assert (late["Phường 6"].invited_until is None, late["Phường 2"].invited_until is None) == (False, True)


async def test_the_standing_body_sees_whom_to_call(stage: Stage) -> None:
    await watched(stage)
    await officer(stage, "phuong-1", chat_id=CLUSTER_HEAD)
    stage.wind(at(12, 9))
    await lose(stage, OFFICER)

    found = await calls(stage)

    assert [(person.phone, person.has_left) for person in found["Phường 5"].people] == [("+84900001500", False)]
    assert [(person.unit_name, person.phone) for person in found["Phường 6"].people] == [("Phường 1", "+84900001510")]
    assert found["Phường 3"].people == ()


async def test_who_held_the_post_last_can_be_called(stage: Stage) -> None:
    await watched(stage)
    async with acting(stage, OFFICER) as ctx:
        for post, _ in await ctx.uow.officers.posts(ctx.actor.person_id or 0, day=ctx.today):
            post.valid_to = ctx.today
        await ctx.uow.commit()
    stage.wind(at(6))

    found = (await calls(stage))["Phường 5"]

    assert (found.unit.reason, found.unit.since.day) == (Reason.LEFT, 6)
    assert [(person.phone, person.has_left) for person in found.people] == [("+84900001500", True)]


async def test_taking_the_list_out_is_noted(stage: Stage) -> None:
    await watched(stage)
    await lose(stage, OFFICER)

    async with acting(stage, CLERK) as ctx:
        exported = await export_calls(ctx)

    assert [call.unit.unit_name for call in exported] == ["Phường 5"]


async def test_a_leader_sees_units_and_no_phones_and_an_officer_sees_neither(stage: Stage) -> None:
    await watched(stage)
    await officer(stage, "tinh-mau", chat_id=LEADER, role=Role.LEADER)
    await lose(stage, OFFICER)

    seen = await report(stage, LEADER)

    assert ([unit.unit_name for unit in seen.units], seen.may_call) == (["Phường 5"], False)
    async with acting(stage, LEADER) as ctx:
        with refused("standing-body-only"):
            await read_calls(ctx)
        with refused("standing-body-only"):
            await export_calls(ctx)
    with refused("leaders-only"):
        await report(stage, OFFICER)


async def test_a_unit_that_was_called_is_not_asked_to_be_called_again(stage: Stage) -> None:
    await watched(stage)
    stage.wind(at(6))
    await lose(stage, OFFICER)
    first = await look(stage, at(7))
    await send(stage, *first)
    async with acting(stage, CLERK) as ctx:
        name = await note_call(ctx, (await read_calls(ctx))[0].unit.unit_id)

    later = await look(stage, at(11))

    assert CLERK in {queued.chat_id for queued in first if queued.kind is MessageKind.REMINDER}
    assert name == "Phường 5"
    assert CLERK not in {queued.chat_id for queued in later if queued.kind is MessageKind.REMINDER}
    assert (await calls(stage))["Phường 5"].unit.called_at is not None


async def test_a_unit_that_is_lost_again_is_to_be_called_again(stage: Stage) -> None:
    await watched(stage)
    stage.wind(at(6))
    await lose(stage, OFFICER)
    async with acting(stage, CLERK) as ctx:
        await note_call(ctx, (await read_calls(ctx))[0].unit.unit_id)
    await back(stage, OFFICER)
    stage.wind(at(8))
    await lose(stage, OFFICER)

    queued_messages = await look(stage, at(11))

    assert CLERK in {queued.chat_id for queued in queued_messages if queued.kind is MessageKind.REMINDER}
    assert (await calls(stage))["Phường 5"].unit.called_at is None


async def test_only_who_may_see_the_phones_notes_a_call(stage: Stage) -> None:
    await watched(stage)
    await officer(stage, "tinh-mau", chat_id=LEADER, role=Role.LEADER)
    await lose(stage, OFFICER)
    async with acting(stage, CLERK) as ctx:
        unit_id = (await read_calls(ctx))[0].unit.unit_id

    async with acting(stage, LEADER) as ctx:
        with refused("standing-body-only"):
            await note_call(ctx, unit_id)
