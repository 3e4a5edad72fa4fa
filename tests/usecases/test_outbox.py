from datetime import timedelta

from models.message_kinds import MessageKind
from models.outbox import OutboxMessage
from tests.support.stage import Stage
from usecases.outbox.sending import (
    LEASE,
    SENT,
    QueuedMessage,
    claim,
    count_waiting,
    is_being_sent,
    mark_delivered,
    postpone,
)


async def put(stage: Stage, key: str = "remind:1", *, again: bool = False, duty: int = 1) -> None:
    async with stage.app.contexts.open() as ctx:
        message = OutboxMessage(
            key=key,
            channel="telegram",
            chat_id=500,
            kind=MessageKind.REMINDER,
            refs={"duties": [duty]},
            created_at=ctx.now,
            due_at=ctx.now,
        )
        await ctx.uow.outbox.put(message, again=again)
        await ctx.uow.commit()


async def claimed(stage: Stage) -> tuple[QueuedMessage, ...]:
    async with stage.app.contexts.open() as ctx:
        return await claim(ctx, limit=10)


async def settled(stage: Stage, queued: QueuedMessage) -> None:
    async with stage.app.contexts.open() as ctx:
        await mark_delivered(ctx, queued, outcome=SENT)


async def test_a_claimed_message_is_hidden_from_other_workers_for_its_lease(stage: Stage) -> None:
    await put(stage)
    (queued,) = await claimed(stage)

    during = await claimed(stage)
    stage.wind(stage.clock.now() + LEASE)
    after = await claimed(stage)

    assert during == ()
    assert [(again.id, again.attempts) for again in after] == [(queued.id, 2)]


async def test_a_settled_message_never_comes_back(stage: Stage) -> None:
    await put(stage)
    (queued,) = await claimed(stage)

    await settled(stage, queued)

    stage.wind(stage.clock.now() + timedelta(days=1))
    assert await claimed(stage) == ()


async def test_a_key_is_queued_once(stage: Stage) -> None:
    await put(stage)
    await put(stage, duty=2)

    (queued,) = await claimed(stage)

    assert queued.refs_of("duties") == [1]


async def test_what_is_queued_anew_while_it_is_sent_stays_in_the_queue(stage: Stage) -> None:
    await put(stage)
    (queued,) = await claimed(stage)
    await put(stage, again=True, duty=2)

    await settled(stage, queued)

    (again,) = await claimed(stage)
    assert again.refs_of("duties") == [2]


async def test_who_lost_the_lease_settles_nothing(stage: Stage) -> None:
    await put(stage)
    (slow,) = await claimed(stage)
    stage.wind(stage.clock.now() + LEASE)
    (quick,) = await claimed(stage)

    await settled(stage, slow)

    async with stage.app.contexts.open() as ctx:
        assert (await ctx.uow.outbox.get_for_update(quick.id)).done_at is None


async def test_a_postponed_message_waits_for_its_hour(stage: Stage) -> None:
    await put(stage)
    (queued,) = await claimed(stage)
    tomorrow = stage.clock.now() + timedelta(days=1)
    async with stage.app.contexts.open() as ctx:
        await postpone(ctx, queued, until=tomorrow, outcome="quiet hours")

    before = await claimed(stage)
    stage.wind(tomorrow)

    assert before == ()
    assert len(await claimed(stage)) == 1


async def test_the_oldest_comes_first(stage: Stage) -> None:
    await put(stage, "remind:2")
    stage.wind(stage.clock.now() + timedelta(seconds=1))
    await put(stage, "remind:1")

    queued_messages = await claimed(stage)

    assert [queued.created_at for queued in queued_messages] == sorted(queued.created_at for queued in queued_messages)


async def test_what_is_being_sent_still_counts_as_waiting(stage: Stage) -> None:
    await put(stage)
    await claimed(stage)

    async with stage.app.contexts.open() as ctx:
        assert await count_waiting(ctx) == 1


async def test_who_began_before_a_message_was_claimed_sees_that_it_is_being_sent(stage: Stage) -> None:
    await put(stage)
    async with stage.app.contexts.open() as earlier:
        stage.wind(stage.clock.now() + timedelta(seconds=3))
        (queued,) = await claimed(stage)

        (message,) = await earlier.uow.outbox.with_ids([queued.id])

        assert is_being_sent(earlier, message)
