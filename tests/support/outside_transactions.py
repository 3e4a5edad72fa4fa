"""File store that fails the test if its task is in a transaction: a slow store would make others wait."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from usecases.ports import FileStore

_IN_TRANSACTION: dict[Session, asyncio.Task[Any] | None] = {}


@event.listens_for(Session, "after_begin")
def _note_begin(session: Session, *_: Any) -> None:
    _IN_TRANSACTION[session] = asyncio.current_task()


@event.listens_for(Session, "after_transaction_end")
def _note_end(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        _IN_TRANSACTION.pop(session, None)


class OutsideTransactions:
    def __init__(self, files: FileStore) -> None:
        self._files = files

    async def save(self, key: str, content: bytes | Path) -> None:
        _refuse_in_transaction()
        await self._files.save(key, content)

    async def read(self, key: str) -> bytes:
        _refuse_in_transaction()
        return await self._files.read(key)

    async def stream(self, key: str) -> AsyncIterator[bytes]:
        _refuse_in_transaction()
        async for piece in self._files.stream(key):
            yield piece

    async def delete(self, key: str) -> None:
        _refuse_in_transaction()
        await self._files.delete(key)


def _refuse_in_transaction() -> None:
    assert asyncio.current_task() not in _IN_TRANSACTION.values(), "the shelf is used inside a transaction"
