"""Answered updates: their mark and the states of their dialogs are stored together, and never over newer states."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiogram.types import Chat, Message, Update
from redis.asyncio import Redis

from bot.clocks import SystemClock
from bot.contexts import Contexts
from bot.settings import Settings
from bot.telegram.dialog_storage import RedisStates
from bot.telegram.update_inbox import UpdateInbox
from models.migrations import upgrade
from models.unit_of_work import UnitOfWork, make_engine
from tests.support.servers.gates import gate_to
from tests.support.services import REDIS, need, postgres_database
from tests.support.statements import at_most

CHAT = 77_001
STATE = f"fsm:1:{CHAT}:{CHAT}:aiogd:stack:"
REDIS_PORT = 6379


@asynccontextmanager
async def contexts_on(url: str) -> AsyncIterator[Contexts]:
    engine = make_engine(url)
    await upgrade(engine)
    yield Contexts(engine, SystemClock(), Settings().zone)
    await engine.dispose()


def said(number: int, *, chat: int = CHAT) -> Update:
    message = Message(message_id=number, date=datetime(2026, 5, 11, tzinfo=UTC), chat=Chat(id=chat, type="private"))
    return Update(update_id=number, message=message)


async def stored_state(contexts: Contexts) -> str | None:
    async with UnitOfWork(contexts.engine) as uow:
        return await uow.conversations.read(STATE)


@pytest.fixture
async def contexts(tmp_path: Path) -> AsyncIterator[Contexts]:
    async with contexts_on(f"sqlite+aiosqlite:///{tmp_path / 'thidua.sqlite'}") as contexts:
        yield contexts


async def test_an_answered_update_is_stored_with_the_next_ones(contexts: Contexts) -> None:
    inbox = UpdateInbox(contexts)
    await inbox.keep([said(1), said(2, chat=5)])

    with at_most(0, contexts.engine):
        await inbox.conclude(1, chat=CHAT, states={STATE: '{"câu": 2}'})
        await inbox.conclude(2, chat=5)
    with at_most(5, contexts.engine):
        await inbox.keep([said(3)])

    assert await stored_state(contexts) == '{"câu": 2}'
    assert [arrival.number for arrival in await UpdateInbox(contexts).left()] == [3]
    await inbox.close()


async def test_the_chats_next_update_finds_what_the_last_one_came_to(contexts: Contexts) -> None:
    inbox = UpdateInbox(contexts)
    await inbox.keep([said(1), said(2)])
    await inbox.conclude(1, chat=CHAT, states={STATE: '{"câu": 2}'})

    await inbox.settle(CHAT)

    assert await stored_state(contexts) == '{"câu": 2}'
    await inbox.close()


async def test_what_ends_with_the_process_is_stored_before(contexts: Contexts) -> None:
    inbox = UpdateInbox(contexts)
    await inbox.keep([said(1)])
    await inbox.conclude(1, chat=CHAT, states={STATE: '{"câu": 2}'})

    await inbox.close()

    assert await UpdateInbox(contexts).left() == []


async def test_an_update_delivered_again_before_its_answer_is_stored_is_a_double(contexts: Contexts) -> None:
    inbox = UpdateInbox(contexts)
    await inbox.keep([said(1)])
    assert inbox.begin(1)
    await inbox.conclude(1, chat=CHAT)

    await inbox.keep([said(1)])

    assert not inbox.begin(1)
    await inbox.close()


async def test_states_not_stored_while_the_chat_had_its_turn_never_replace_newer_ones() -> None:
    need("PostgreSQL")
    need("Redis")
    async with postgres_database() as url, contexts_on(url) as contexts, gate_to(REDIS_PORT) as gate:
        here = RedisStates(Redis.from_url(REDIS.replace(str(REDIS_PORT), str(gate.port))), bot_id=4242, keep_seconds=60)
        inbox = UpdateInbox(contexts, here)
        await inbox.keep([said(1)])
        gate.shut()
        await inbox.conclude(1, chat=CHAT, states={STATE: '{"câu": 2}'})
        gate.open()

        async with Redis.from_url(REDIS) as another_process:
            await another_process.set(STATE, '{"câu": 3}')
            await inbox.close()
            newest = await another_process.getdel(STATE)
        await here.close()

        assert newest == '{"câu": 3}'.encode()
        assert await UpdateInbox(contexts).left() == []
