"""Reminders that are composed together: few statements, and never outdated."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from demo.sample import UNITS
from scheduler.composing import FRESH_FOR, Composer
from scheduler.delivery import Delivery
from tests.support.stage import Product, opened_product
from tests.support.statements import at_most
from tests.support.steps.filling import hand_in_report, officer
from tests.support.steps.reminders import at
from usecases.outbox.sending import QueuedMessage, claim
from usecases.ports import Channel, MessageContent
from usecases.reminders.queueing import queue_reminders

OFFICERS = range(500, 512)
A_MESSAGE = 8
"""Statements that claiming, composing and settling a message take at most, BEGIN and COMMIT included."""


class Noting:
    """A messenger that notes to whom it was sent."""

    def __init__(self) -> None:
        self.sent: list[int] = []

    async def send(self, chat_id: int, _: MessageContent) -> int:
        self.sent.append(chat_id)
        return len(self.sent)


@pytest.fixture
async def product(tmp_path: Path) -> AsyncIterator[Product]:
    async with opened_product(tmp_path) as product:
        for chat_id, unit in zip(OFFICERS, UNITS[1:], strict=False):
            await officer(product, unit.code, chat_id=chat_id)
        product.wind(at(5, 11))
        await product.open_duties()
        async with product.app.contexts.open() as ctx:
            await queue_reminders(ctx)
        yield product


async def claimed(product: Product) -> Sequence[QueuedMessage]:
    async with product.app.contexts.open() as ctx:
        return await claim(ctx, limit=8)


async def content(composer: Composer, queued: QueuedMessage) -> MessageContent:
    message = await composer.compose(queued)
    assert message is not None
    return message.content


async def test_a_reminder_takes_eight_statements_at_most(product: Product) -> None:
    messenger = Noting()
    delivery = Delivery(product.app.contexts, {"telegram": cast(Channel, messenger)})

    with at_most(A_MESSAGE * len(OFFICERS), product.app.contexts.engine):
        await delivery.run()

    assert sorted(messenger.sent) == list(OFFICERS)


async def test_together_each_reads_what_they_would_read_alone(product: Product) -> None:
    queued = await claimed(product)
    together, alone = Composer(product.app.contexts), Composer(product.app.contexts)

    await together.compose_ahead(queued)

    assert len(queued) == 8
    assert [await content(together, one) for one in queued] == [await content(alone, one) for one in queued]


async def test_what_has_waited_is_read_again(product: Product) -> None:
    queued = await claimed(product)
    composer = Composer(product.app.contexts)
    await composer.compose_ahead(queued)
    before = await content(Composer(product.app.contexts), queued[0])

    await hand_in_report(product, queued[0].chat_id)
    product.wind(product.clock.now() + FRESH_FOR + timedelta(seconds=1))

    now = await composer.compose(queued[0])
    assert now is None or now.content != before
