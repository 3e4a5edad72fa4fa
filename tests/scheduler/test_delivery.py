"""The outbox on its way out: claimed and settled together, and nothing sent twice that the process knows of."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy.exc import OperationalError

from domain.roles import Role
from models.message_kinds import MessageKind, Refs
from models.outbox import Outbox
from models.people.officers import Account
from scheduler.delivery import CLAIMED, Delivery
from tests.support.stage import Product, opened_product
from tests.support.statements import at_most
from tests.support.steps.filling import officer
from usecases.outbox.queueing import Notice, OutboxAddress, put_message, put_messages
from usecases.outbox.sending import QueuedMessage, claim, count_waiting
from usecases.ports import Channel, MessageContent

CLERKS = range(500, 503)
STRANGERS = range(600, 632)


@dataclass
class Wire:
    """A messenger that notes to whom it was sent; while it is closed, nothing arrives."""

    sent: list[int] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)
    tried: asyncio.Event = field(default_factory=asyncio.Event)
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, chat_id: int, _: MessageContent, *, thread_id: int | None = None) -> int:
        assert thread_id is None
        self.begun.append(chat_id)
        self.tried.set()
        await self.opened.wait()
        self.sent.append(chat_id)
        return len(self.sent)


@pytest.fixture
async def product(tmp_path: Path) -> AsyncIterator[Product]:
    async with opened_product(tmp_path) as product:
        for chat_id in CLERKS:
            await officer(product, "tinh-mau", chat_id=chat_id, role=Role.STANDING_BODY)
        yield product


def delivery(product: Product, wire: Wire) -> Delivery:
    return Delivery(product.app.contexts, {"telegram": cast(Channel, wire)})


async def put(
    product: Product, chat_id: int, kind: MessageKind = MessageKind.GUESSING, *, number: int = 1, authority_id: int = 0
) -> None:
    async with product.app.contexts.open() as ctx:
        refs: Refs = {"person": 1, "duties": []}
        notice = Notice(kind, f"{kind}:{chat_id}:{number}", refs, authority_id=authority_id)
        await put_message(ctx, notice, Account(person_id=1, channel="telegram", chat_id=chat_id))
        await ctx.uow.commit()


async def test_messages_are_claimed_and_settled_with_two_statements_each(product: Product) -> None:
    for chat_id in STRANGERS:
        await put(product, chat_id)
    # Recognising a stranger takes a transaction, and finding that they are told nothing another.
    composing = 5

    with at_most((composing + 2) * len(STRANGERS), product.app.contexts.engine):
        finished = await delivery(product, Wire()).run()

    assert finished == len(STRANGERS)


async def test_an_answer_goes_before_what_everybody_gets(product: Product) -> None:
    for chat_id in STRANGERS:
        await put(product, chat_id, MessageKind.ANNOUNCEMENT)
    await put(product, CLERKS[0], MessageKind.RETURN_ANSWER)

    async with product.app.contexts.open() as ctx:
        first, *others = await claim(ctx, limit=CLAIMED)

    assert first.chat_id == CLERKS[0]
    assert [queued.chat_id for queued in others] == list(STRANGERS[: CLAIMED - 1])


async def test_an_authority_with_few_messages_does_not_wait_for_one_with_thousands(product: Product) -> None:
    due_at = product.app.contexts.clock.now()
    async with product.app.contexts.open() as ctx:
        for authority_id, messages in ((1, 3000), (2, 20)):
            notices = [
                (
                    Notice(MessageKind.REMINDER, f"{authority_id}:{number}", {}, authority_id=authority_id),
                    OutboxAddress("telegram", authority_id * 10_000 + number),
                )
                for number in range(messages)
            ]
            await put_messages(ctx, notices, due_at=due_at)
        await ctx.uow.commit()

    claimed: list[QueuedMessage] = []
    while sum(queued.authority_id == 2 for queued in claimed) < 20:
        async with product.app.contexts.open() as ctx:
            claimed += await claim(ctx, limit=CLAIMED, after=claimed[-1].authority_id if claimed else 0)

    # They take turns, a batch each, and what the few leave of theirs goes to the many.
    batches = [
        Counter(one.authority_id for one in claimed[at : at + CLAIMED]) for at in range(0, len(claimed), CLAIMED)
    ]
    assert batches == [{1: CLAIMED}, {2: CLAIMED}, {1: CLAIMED}, {2: 20 - CLAIMED, 1: 2 * CLAIMED - 20}]


async def test_who_is_written_to_among_a_few_is_written_to_while_the_many_wait(product: Product) -> None:
    wire, many = Wire(), range(700, 700 + 3 * CLAIMED)
    wire.opened.set()
    for chat_id in many:
        await officer(product, "tinh-mau", chat_id=chat_id, role=Role.STANDING_BODY)
        await put(product, chat_id, MessageKind.WEEKLY, authority_id=1)
    await put(product, CLERKS[0], MessageKind.WEEKLY, authority_id=2)

    await delivery(product, wire).run()

    assert len(wire.sent) == len(many) + 1
    assert wire.sent.index(CLERKS[0]) < 2 * CLAIMED


async def test_many_messages_to_one_person_keep_nobody_waiting(product: Product) -> None:
    wire = Wire()
    for number in range(2 * CLAIMED):
        await put(product, CLERKS[0], number=number)
    await put(product, CLERKS[1])

    running = asyncio.create_task(delivery(product, wire).run())
    async with asyncio.timeout(10):
        while CLERKS[1] not in wire.begun:  # noqa: ASYNC110 (the messenger tells of the first one only)
            await asyncio.sleep(0)
    first = list(wire.begun)
    wire.opened.set()
    await running

    # Due as the last one, and sent while the others wait for the turn of their chat.
    assert first == [CLERKS[0], CLERKS[1]]
    assert wire.sent.count(CLERKS[0]) == 2 * CLAIMED


async def test_what_was_claimed_and_not_tried_is_due_at_once_after_a_stop(product: Product) -> None:
    wire = Wire()
    for number in range(4):
        for chat_id in CLERKS:
            await put(product, chat_id, number=number)
    stopped = delivery(product, wire)
    running = asyncio.create_task(stopped.run())
    await wire.tried.wait()

    await stopped.stop(within=0.01)
    await running

    # The three that were on their way come back with their lease: nobody knows whether they have arrived.
    async with product.app.contexts.open() as ctx:
        assert len(await claim(ctx, limit=99)) >= 4
        assert await count_waiting(ctx) == 12


async def test_what_could_not_be_settled_is_settled_later_and_not_sent_again(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Wire()
    wire.opened.set()
    way_out = delivery(product, wire)
    for chat_id in CLERKS:
        await put(product, chat_id)

    async def fail(*_: Any, **__: Any) -> None:
        raise OperationalError("UPDATE outbox", {}, Exception("database is locked"))

    with monkeypatch.context() as patch:
        patch.setattr(Outbox, "settle", fail)
        with pytest.raises(OperationalError):
            await way_out.run()
    await way_out.run()

    assert sorted(wire.sent) == list(CLERKS)
    async with product.app.contexts.open() as ctx:
        assert await count_waiting(ctx) == 0
