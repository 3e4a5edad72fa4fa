"""A phone that has changed: a new number, or a new account of a number known already."""

from domain.roles import Role
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, officer
from tests.support.steps.hours import at
from tests.support.steps.reachability import look, lose
from usecases.duties.progress import list_duties
from usecases.people.phones import change_phone, compare_phone, confirm_phone
from usecases.people.recognition import recognise
from usecases.reachability.call_list import CallPerson, read_calls

CLERK, OFFICER, NEW = 900, 500, 777
OLD_NUMBER, NEW_NUMBER = "+84900001500", "+84911222333"
NAME = "Cán bộ phuong-5 500"


async def people(stage: Stage) -> None:
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    await officer(stage, "phuong-5", chat_id=OFFICER)


async def change(stage: Stage, number: str = "0911 222 333") -> None:
    async with acting(stage, OFFICER) as ctx:
        await change_phone(ctx, number)


async def called(stage: Stage) -> CallPerson:
    """Return Phường 5's officer as the standing body sees them."""
    await lose(stage, OFFICER)
    async with acting(stage, CLERK) as ctx:
        return (await read_calls(ctx))[0].people[0]


async def test_the_old_number_is_kept_until_the_new_one_was_reached(stage: Stage) -> None:
    await people(stage)
    await change(stage)

    before = await called(stage)
    async with acting(stage, CLERK) as ctx:
        name = await confirm_phone(ctx, before.person_id)

    assert (before.phone, before.former_phone, name) == (NEW_NUMBER, OLD_NUMBER, NAME)
    after = await called(stage)
    assert (after.phone, after.former_phone) == (NEW_NUMBER, None)


async def test_changed_twice_the_number_that_was_reached_last_is_kept(stage: Stage) -> None:
    await people(stage)
    await change(stage)
    await change(stage, "0922 333 444")

    person = await called(stage)

    assert (person.phone, person.former_phone) == ("+84922333444", OLD_NUMBER)


async def test_the_same_number_and_a_wrong_one_are_refused(stage: Stage) -> None:
    await people(stage)

    async with acting(stage, OFFICER) as ctx:
        with refused("phone-unchanged"):
            await compare_phone(ctx, OLD_NUMBER)
        with refused("phone-unread"):
            await change_phone(ctx, "113")
    async with acting(stage, NEW) as ctx:
        with refused("not-joined"):
            await change_phone(ctx, NEW_NUMBER)


async def test_only_the_standing_body_confirms_a_number_and_only_once(stage: Stage) -> None:
    await people(stage)
    await change(stage)
    person_id = (await called(stage)).person_id
    async with acting(stage, OFFICER) as ctx:
        with refused("standing-body-only"):
            await confirm_phone(ctx, person_id)
    async with acting(stage, CLERK) as ctx:
        await confirm_phone(ctx, person_id)

    async with acting(stage, CLERK) as ctx:
        with refused("phone-confirmed"):
            await confirm_phone(ctx, person_id)
        with refused("standing-body-only"):
            await confirm_phone(ctx, 999)


async def test_a_new_account_of_the_same_number_goes_on_where_the_old_one_was(stage: Stage) -> None:
    await people(stage)
    async with acting(stage, OFFICER) as ctx:
        person_id = ctx.actor.person_id

    await stage.let_join(NEW, name=NAME.upper(), phone=OLD_NUMBER, unit="phuong-5", role=Role.OFFICER)

    async with acting(stage, OFFICER) as ctx:
        assert ctx.actor.is_guest
    async with acting(stage, NEW) as ctx:
        assert (ctx.actor.person_id, [post.unit_name for post in ctx.actor.posts]) == (person_id, ["Phường 5"])
        assert await list_duties(ctx)


async def test_what_the_lost_account_missed_is_said_to_the_new_one(stage: Stage) -> None:
    await people(stage)
    await lose(stage, OFFICER)
    assert [queued.chat_id for queued in await look(stage, at(11))] == [CLERK]

    await stage.let_join(NEW, name=NAME, phone=OLD_NUMBER, unit="phuong-5", role=Role.OFFICER)

    told = {queued.chat_id for queued in await look(stage, at(11, 9))}
    assert told == {CLERK, NEW}


async def test_somebody_else_with_the_number_is_a_new_person_and_the_old_account_is_shut_out(stage: Stage) -> None:
    await people(stage)

    await stage.let_join(NEW, name="Cán bộ mới", phone=OLD_NUMBER, unit="phuong-5", role=Role.OFFICER)

    async with stage.app.contexts.open() as ctx:
        assert (await recognise(ctx, channel="telegram", chat_id=OFFICER)).person_id is None
        newcomer = await recognise(ctx, channel="telegram", chat_id=NEW)
    assert newcomer.name == "Cán bộ mới"
