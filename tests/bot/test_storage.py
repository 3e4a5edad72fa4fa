from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram.fsm.storage.base import BaseStorage, StorageKey
from aiogram.fsm.storage.redis import RedisStorage

from bot.clocks import SystemClock
from bot.storage import DatabaseStorage
from models.migrations import upgrade
from models.unit_of_work import make_engine
from tests.services import REDIS, need

KEY = StorageKey(bot_id=1, chat_id=2, user_id=3)


@pytest.fixture(params=["database", "redis"])
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[BaseStorage]:
    if request.param == "database":
        engine = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'thidua.sqlite'}")
        await upgrade(engine)
        yield DatabaseStorage(engine, SystemClock())
        await engine.dispose()
        return
    need("Redis")
    redis = RedisStorage.from_url(REDIS)
    yield redis
    await redis.set_data(KEY, {})
    await redis.set_state(KEY, None)
    await redis.close()


async def test_what_was_typed_is_there_again(storage: BaseStorage) -> None:
    await storage.set_data(KEY, {"số": "1.234,5"})

    assert await storage.get_data(KEY) == {"số": "1.234,5"}


async def test_an_unknown_conversation_is_empty(storage: BaseStorage) -> None:
    other = StorageKey(bot_id=1, chat_id=9, user_id=9)

    assert await storage.get_data(other) == {}
    assert await storage.get_state(other) is None


async def test_the_state_is_kept_beside_the_data(storage: BaseStorage) -> None:
    await storage.set_data(KEY, {"câu": 4})
    await storage.set_state(KEY, "ReportsSG:question")

    assert await storage.get_state(KEY) == "ReportsSG:question"


async def test_forgotten_data_is_gone(storage: BaseStorage) -> None:
    await storage.set_data(KEY, {"câu": 4})

    await storage.set_data(KEY, {})

    assert await storage.get_data(KEY) == {}
