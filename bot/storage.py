"""Dialog state in the database, so that a stopped bot goes on where it was."""

import json
from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey
from sqlalchemy.ext.asyncio import AsyncEngine

from models.unit_of_work import UnitOfWork
from usecases.ports import Clock


class DatabaseStorage(BaseStorage):
    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._keys = DefaultKeyBuilder(with_bot_id=True, with_destiny=True)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        async with UnitOfWork(self._engine) as uow:
            conversation = await uow.conversations.open(self._keys.build(key))
            conversation.state = name
            await uow.commit()

    async def get_state(self, key: StorageKey) -> str | None:
        async with UnitOfWork(self._engine) as uow:
            await uow.only_read()
            conversation = await uow.conversations.find(self._keys.build(key))
            return conversation.state if conversation else None

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        name = self._keys.build(key)
        async with UnitOfWork(self._engine) as uow:
            if data:
                await uow.conversations.write(name, json.dumps(data, ensure_ascii=False), at=self._clock.now())
            else:
                await uow.conversations.forget(name)
            await uow.commit()

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        async with UnitOfWork(self._engine) as uow:
            await uow.only_read()
            conversation = await uow.conversations.find(self._keys.build(key))
            data: dict[str, Any] = json.loads(conversation.data) if conversation else {}
            return data

    async def close(self) -> None:
        """The engine is closed by whoever opened it."""
