"""A group's turns: so many at once, then one after the other, whoever takes them."""

from datetime import timedelta

from models.message_kinds import MessageKind
from tests.support.stage import Stage
from tests.support.statements import at_most
from tests.support.steps.clusters import arrive, reports_of_cluster
from tests.support.steps.filling import acting, officer
from tests.support.steps.reminders import carry
from usecases.groups.binding import bind_cluster
from usecases.groups.turns import AT_ONCE, TURN, take_turn

GROUP, HEAD = -100500, 901


async def bound(stage: Stage) -> None:
    await officer(stage, "phuong-1", chat_id=HEAD)
    async with acting(stage, HEAD) as ctx:
        await bind_cluster(ctx, channel="telegram", chat_id=GROUP)


async def turns_taken(stage: Stage) -> int:
    """Take as many turns as there are; each in a transaction of its own, as two processes do."""
    taken = 0
    while True:
        async with stage.app.contexts.open() as ctx:
            turn = await take_turn(ctx, channel="telegram", chat_id=GROUP)
        if turn.next_at is not None:
            return taken
        taken += 1


async def test_no_minute_has_more_turns_than_ten(stage: Stage) -> None:
    await bound(stage)
    begun = stage.clock.now()

    taken = []
    while stage.clock.now() - begun < timedelta(seconds=59):
        taken.append(await turns_taken(stage))
        stage.wind(stage.clock.now() + TURN / 2)

    assert taken[0] == AT_ONCE
    assert sum(taken) <= 10


async def test_changes_that_wait_are_one_message(stage: Stage) -> None:
    await bound(stage)
    await carry(stage)
    await turns_taken(stage)

    for duty_id in (await reports_of_cluster(stage))[:4]:
        await arrive(stage, duty_id)
    at_once = await carry(stage, MessageKind.BOARD)
    stage.wind(stage.clock.now() + 2 * TURN)
    later = await carry(stage, MessageKind.BOARD)

    assert (len(at_once), len(later)) == (0, 1)


async def test_a_turn_and_a_change_of_a_scoreboard_cost_few_statements(stage: Stage) -> None:
    await bound(stage)
    await carry(stage)
    first, *_ = await reports_of_cluster(stage)

    with at_most(13, stage.app.contexts.engine):
        await arrive(stage, first)
    with at_most(4, stage.app.contexts.engine):
        async with stage.app.contexts.open() as ctx:
            await take_turn(ctx, channel="telegram", chat_id=GROUP)
