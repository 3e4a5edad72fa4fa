"""How many statements reminders take."""

from demo.sample import UNITS
from domain.roles import Role
from models.message_kinds import MessageKind
from tests.support.stage import Stage
from tests.support.statements import statements_sent
from tests.support.steps.filling import acting, officer
from tests.support.steps.people import go
from tests.support.steps.reminders import at, carry
from usecases.reminders.digest import read_digest
from usecases.reminders.queueing import queue_reminders


async def test_a_person_more_takes_no_statement_to_queue_and_eighteen_to_send(stage: Stage) -> None:
    for number, unit in enumerate(UNITS[1:]):
        await officer(stage, unit.code, chat_id=500 + number)
    await officer(stage, UNITS[1].code, chat_id=600, role=Role.UNIT_HEAD)
    await go(stage, 500, deputy=600)
    stage.wind(at(5, 11))
    await carry(stage)

    async with stage.app.contexts.open() as ctx:
        with statements_sent() as queueing:
            await queue_reminders(ctx)
    queued = await carry(stage, MessageKind.REMINDER)
    digests = {}
    for message in queued:
        async with acting(stage, message.chat_id) as ctx:
            with statements_sent() as sending:
                await read_digest(ctx, message.refs_of("duties"))
        digests[message.chat_id] = len(sending)

    assert len(queued) == 12
    # Twelve people are found together and queued in two batches, however many people and steps there are in each.
    assert len(queueing) <= 50
    # A deputy's digest asks also for whom they stand in.
    assert {chat_id: count for chat_id, count in digests.items() if count > (20 if chat_id == 600 else 18)} == {}
