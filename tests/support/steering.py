"""Races at a chosen point: another transaction runs completely just before this one's first lock."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from uploads.contents import size_of
from usecases.ports import FileStore


@contextmanager
def paused_at(repository: object, method: str, other: Callable[[], Awaitable[object]]) -> Iterator[None]:
    """Run `other` completely before the first call of the repository's method."""
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
    """File store whose saving takes so long that `other` runs completely meanwhile."""

    def __init__(self, files: FileStore, other: Callable[[], Awaitable[object]]) -> None:
        self._files, self._other = files, other

    async def save(self, key: str, content: bytes | Path) -> None:
        await self._files.save(key, content)
        await self._other()

    async def read(self, key: str) -> bytes:
        return await self._files.read(key)

    def stream(self, key: str) -> AsyncIterator[bytes]:
        return self._files.stream(key)

    async def delete(self, key: str) -> None:
        await self._files.delete(key)


class BrokenShelf:
    """File store that does not work."""

    async def save(self, key: str, content: bytes | Path) -> None:
        raise OSError(key, size_of(content))

    async def read(self, key: str) -> bytes:
        raise OSError(key)

    def stream(self, key: str) -> AsyncIterator[bytes]:
        raise OSError(key)

    async def delete(self, key: str) -> None:
        raise OSError(key)
