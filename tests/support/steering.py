"""Races steered to a chosen point: another transaction runs whole just before the first lock of this one."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from usecases.ports import FileStore


@contextmanager
def paused_at(repository: object, method: str, other: Callable[[], Awaitable[object]]) -> Iterator[None]:
    """Before the first call of the repository's method, `other` runs from its beginning to its end."""
    plain = getattr(repository, method)
    is_met = False

    async def after_the_other(*args: Any, **kwargs: Any) -> Any:
        nonlocal is_met
        if not is_met:
            is_met = True
            await other()
        return await plain(*args, **kwargs)

    setattr(repository, method, after_the_other)
    try:
        yield
    finally:
        delattr(repository, method)
    assert is_met, f"{method} was never called"


class SlowShelf:
    """A shelf on which saving takes so long that `other` runs from its beginning to its end."""

    def __init__(self, files: FileStore, other: Callable[[], Awaitable[object]]) -> None:
        self._files, self._other = files, other

    async def save(self, key: str, content: bytes) -> None:
        await self._files.save(key, content)
        await self._other()

    async def read(self, key: str) -> bytes:
        return await self._files.read(key)

    async def delete(self, key: str) -> None:
        await self._files.delete(key)


class BrokenShelf:
    """A shelf that is gone."""

    async def save(self, key: str, content: bytes) -> None:
        raise OSError(key, len(content))

    async def read(self, key: str) -> bytes:
        raise OSError(key)

    async def delete(self, key: str) -> None:
        raise OSError(key)
