from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiogram.fsm.storage.base import StorageKey
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clocks import SystemClock
from bot.telegram.dialog_storage import DatabaseStates, RedisStates, StateStore, UpdateStorage
from models.migrations import upgrade
from models.unit_of_work import UnitOfWork, make_engine
from tests.support.services import REDIS, need

KEY = StorageKey(bot_id=1, chat_id=2, user_id=3)
NUMBER = 900_000_077


@dataclass(frozen=True)
class KeptStates:
    engine: AsyncEngine
    store: StateStore

    async def done(self, data: dict[str, object], *, is_published: bool = True) -> None:
        """An update that acted, and what its dialog came to; published or cut off before that."""
        async with UnitOfWork(self.engine) as uow:
            storage = UpdateStorage(self.store, uow)
            await storage.set_data(KEY, data)
            left = await self.store.prepare(uow, NUMBER, storage.changes)
            await uow.inbox.mark_processed(NUMBER, beside=left)
            await uow.commit()
        if is_published:
            await self.store.publish(NUMBER)

    async def read(self, key: StorageKey = KEY) -> dict[str, object]:
        async with UnitOfWork(self.engine) as uow:
            return await UpdateStorage(self.store, uow).get_data(key)


@pytest.fixture(params=["database", "redis"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[KeptStates]:
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'thidua.sqlite'}")
    await upgrade(engine)
    if request.param == "database":
        yield KeptStates(engine, DatabaseStates(SystemClock()))
    else:
        need("Redis")
        store = RedisStates(Redis.from_url(REDIS), bot_id=KEY.bot_id, keep_seconds=60)
        kept = KeptStates(engine, store)
        yield kept
        await kept.done({})
        await store.close()
    await engine.dispose()


async def test_what_was_typed_is_there_again(kept: KeptStates) -> None:
    await kept.done({"số": "1.234,5"})

    assert await kept.read() == {"số": "1.234,5"}


async def test_an_unknown_conversation_is_empty(kept: KeptStates) -> None:
    assert await kept.read(StorageKey(bot_id=1, chat_id=9, user_id=9)) == {}


async def test_forgotten_data_is_gone(kept: KeptStates) -> None:
    await kept.done({"câu": 4})

    await kept.done({})

    assert await kept.read() == {}


async def test_a_state_cut_off_after_its_commit_is_there_after_recovery(kept: KeptStates) -> None:
    await kept.done({"câu": 4}, is_published=False)

    assert await kept.store.recover(NUMBER, acted=True)

    assert await kept.read() == {"câu": 4}


async def test_two_bots_on_one_redis_do_not_meet() -> None:
    need("Redis")
    number = NUMBER + 1
    redis = Redis.from_url(REDIS)
    one, other = (RedisStates(redis, bot_id=bot_id, keep_seconds=60) for bot_id in (77_001, 77_002))
    uow = UnitOfWork(make_engine("sqlite+aiosqlite://"))

    await one.prepare(uow, number, {})
    await one.conclude(uow, [number], {})
    keys = [key.decode() async for key in redis.scan_iter(f"fsm:*:{number}")]
    known = [await store.recover(number, acted=False) for store in (one, other)]
    await redis.delete(*keys)
    await redis.aclose()

    assert sorted(keys) == [f"fsm:77001:aside:{number}", f"fsm:77001:concluded:{number}"]
    assert known == [True, False]


async def test_what_was_changed_and_not_committed_does_not_hold(kept: KeptStates) -> None:
    await kept.done({"câu": 4})

    async with UnitOfWork(kept.engine) as uow:
        storage = UpdateStorage(kept.store, uow)
        await storage.set_data(KEY, {"câu": 5})
        meanwhile = await storage.get_data(KEY)
        storage.discard()
        after = await storage.get_data(KEY)

    assert (meanwhile, after) == ({"câu": 5}, {"câu": 4})
