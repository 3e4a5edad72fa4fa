"""Storage of dialog states, committed with the update's actions, so that a restarted bot continues where it was."""

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol

from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey

from models.conversations import READ_TOGETHER
from models.statements.together import Writing, Written
from models.unit_of_work import UnitOfWork
from usecases.ports import Clock

if TYPE_CHECKING:
    from redis.asyncio import Redis

NOTHING = "{}"

_KEYS = DefaultKeyBuilder(with_bot_id=True, with_destiny=True)

States = Mapping[str, str]
"""{name of a dialog's context or stack: its data as JSON}"""
NO_STATES: States = {}


class StateStore(Protocol):
    """Store that keeps dialog states consistent with what updates have committed."""

    async def read(self, uow: UnitOfWork, name: str) -> States:
        """Return this state, and any others of its chat that came with it; a state that is NOTHING may be missing."""

    async def prepare(self, uow: UnitOfWork, number: int, states: States) -> Writing:
        """Prepare the states before `uow` commits the actions of update `number`.

        Return what is left to write with its mark in the inbox.
        """

    async def publish(self, number: int) -> None:
        """Put the prepared states into place, after that commit."""

    async def conclude(self, uow: UnitOfWork, numbers: Sequence[int], states: States) -> Writing:
        """Store the last states before `uow` commits that these updates are answered.

        Return what is left to write with their marks in the inbox.
        """

    async def recover(self, number: int, *, acted: bool) -> bool:
        """Finish what was interrupted; return whether update `number` has acted, so that only its answer is missing."""

    async def close(self) -> None: ...


class DatabaseStates:
    """States in the database, in the same transaction as everything else."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def read(self, uow: UnitOfWork, name: str) -> States:
        await uow.only_read()
        try:
            found = await uow.conversations.newest(_chat_of(name))
            if name not in found and len(found) == READ_TOGETHER:
                found[name] = await uow.conversations.read(name) or NOTHING
            return found
        finally:
            await uow.end_question()

    async def prepare(self, uow: UnitOfWork, number: int, states: States) -> Writing:  # noqa: ARG002 (for servers apart)
        return await self._writing(uow, states)

    async def publish(self, number: int) -> None:
        """Do nothing: the commit has stored the states."""

    async def conclude(self, uow: UnitOfWork, numbers: Sequence[int], states: States) -> Writing:  # noqa: ARG002 (for servers apart)
        return await self._writing(uow, states)

    async def _writing(self, uow: UnitOfWork, states: States) -> Writing:
        await uow.conversations.forget([name for name, data in states.items() if data == NOTHING])
        written: list[Written] = []
        for chat, names in groupby(sorted(states, key=_chat_of), key=_chat_of):
            kept = {name: states[name] for name in names if states[name] != NOTHING}
            written += uow.conversations.writing(chat, kept, at=self._clock.now())
        return written

    async def recover(self, number: int, *, acted: bool) -> bool:  # noqa: ARG002 (for servers apart)
        return acted

    async def close(self) -> None:
        """Do nothing: the engine is closed by its owner."""


class RedisStates:
    """States in Redis, stored under the update's number before the commit and put into place after it.

    Every key begins with `fsm:` and the bot's id, so that several bots can share one database of Redis.
    """

    def __init__(self, redis: "Redis", *, bot_id: int, keep_seconds: int) -> None:
        self._redis = redis
        self._bot_id = bot_id
        self._keep = keep_seconds

    async def read(self, uow: UnitOfWork, name: str) -> States:  # noqa: ARG002 (not in the database)
        found = await self._redis.get(name)
        return {name: found.decode() if isinstance(found, bytes) else found or NOTHING}

    async def prepare(self, uow: UnitOfWork, number: int, states: States) -> Writing:  # noqa: ARG002 (not in the database)
        await self._redis.set(self._aside(number), json.dumps(dict(states)), ex=self._keep)
        return ()

    async def publish(self, number: int) -> None:
        aside = await self._redis.get(self._aside(number))
        if aside is not None:
            await self._put(json.loads(aside), drop=self._aside(number))

    async def conclude(self, uow: UnitOfWork, numbers: Sequence[int], states: States) -> Writing:  # noqa: ARG002 (not in the database)
        await self._put(states, notes=[self._concluded(number) for number in numbers])
        return ()

    async def recover(self, number: int, *, acted: bool) -> bool:
        if acted:
            await self.publish(number)
        return acted or bool(await self._redis.exists(self._concluded(number)))

    async def _put(self, states: States, *, drop: str | None = None, notes: Sequence[str] = ()) -> None:
        async with self._redis.pipeline(transaction=True) as pipeline:
            for name, data in states.items():
                pipeline.delete(name) if data == NOTHING else pipeline.set(name, data, ex=self._keep)
            if drop is not None:
                pipeline.delete(drop)
            for note in notes:
                pipeline.set(note, 1, ex=self._keep)
            await pipeline.execute()

    def _aside(self, number: int) -> str:
        return f"fsm:{self._bot_id}:aside:{number}"

    def _concluded(self, number: int) -> str:
        return f"fsm:{self._bot_id}:concluded:{number}"

    async def close(self) -> None:
        await self._redis.aclose()


def _chat_of(name: str) -> int:
    _prefix, _bot, chat, *_ = name.split(":")
    return int(chat)


class UpdateStorage(BaseStorage):
    """States as one update sees them; changes are kept here until they are committed with its actions."""

    def __init__(self, store: StateStore, uow: UnitOfWork) -> None:
        self._store = store
        self._uow = uow
        self._committed: dict[str, str] = {}
        self._changed: dict[str, str] = {}

    @property
    def changes(self) -> States:
        return self._changed

    def mark_committed(self) -> None:
        """Treat the changes as committed."""
        self._committed |= self._changed
        self._changed.clear()

    def discard(self) -> None:
        """Drop the changes."""
        self._changed.clear()

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        name, text = _KEYS.build(key), json.dumps(data, ensure_ascii=False)
        if text == self._committed.get(name):
            self._changed.pop(name, None)
        else:
            self._changed[name] = text

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        name = _KEYS.build(key)
        if name not in self._changed and name not in self._committed:
            self._committed = {name: NOTHING, **await self._store.read(self._uow, name), **self._committed}
        data: dict[str, Any] = json.loads(self._changed.get(name, self._committed.get(name, NOTHING)))
        return data

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Do nothing: dialogs keep their state in their data."""

    async def get_state(self, key: StorageKey) -> str | None:  # noqa: ARG002
        return None

    async def close(self) -> None:
        """Do nothing: the store is closed by its owner."""
