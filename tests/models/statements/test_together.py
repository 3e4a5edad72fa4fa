"""Statements that are written together, on SQLite and on PostgreSQL."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models.conversations import Conversation
from models.inbox import Arrival
from models.unit_of_work import UnitOfWork
from tests.support.statements import statements_sent

HOUR = datetime(2026, 5, 5, tzinfo=UTC)
CHAT = 500


def arrival(number: int) -> Arrival:
    return Arrival(number=number, body="{}", digest="", arrived_at=HOUR, chat=CHAT, attempts=0, acted=False)


async def kept(uow: UnitOfWork) -> tuple[dict[str, str], Sequence[int]]:
    """Return {key: data} of the conversations, and the numbers of the updates that are answered."""
    answered = select(Arrival.number).where(Arrival.body == "").order_by(Arrival.number)
    return await uow.conversations.newest(CHAT), (await uow._session.scalars(answered)).all()


@pytest.mark.parametrize("screens", [0, 1, 2, 9])
async def test_all_are_written_with_their_own_values(uow: UnitOfWork, screens: int) -> None:
    states = {f"màn hình {number}": f"${number} và $1" for number in range(screens)}
    await uow.inbox.add_new([arrival(1), arrival(2), arrival(3)])

    await uow.inbox.mark_answered([3, 1], beside=uow.conversations.writing(CHAT, states, at=HOUR))
    await uow.commit()

    found, answered = await kept(uow)
    assert found.items() <= states.items()
    assert len((await uow._session.scalars(select(Conversation.key))).all()) == screens
    assert answered == [1, 3]


async def test_none_is_written_without_the_commit(uow: UnitOfWork) -> None:
    await uow.inbox.add_new([arrival(1)])
    await uow.commit()

    await uow.inbox.mark_answered([1], beside=uow.conversations.writing(CHAT, {"màn hình": "mới"}, at=HOUR))
    await uow.rollback()

    assert await kept(uow) == ({}, [])


async def test_a_few_are_one_statement_on_postgresql(uow: UnitOfWork) -> None:
    await uow.inbox.add_new([arrival(1)])

    with statements_sent() as sent:
        await uow.inbox.mark_processed(1, beside=uow.conversations.writing(CHAT, {"màn hình": "mới"}, at=HOUR))

    is_postgresql = uow._session.get_bind().dialect.name == "postgresql"
    assert len(sent) == (1 if is_postgresql else 2)
