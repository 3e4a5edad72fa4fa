"""File store: a folder or a bucket, chosen by its address."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import obstore
from obstore.store import LocalStore, from_url
from obstore.store import ObjectStore as Backend

_PIECE = 1024 * 1024
"""Least size of a piece in which a large file is read (bytes)."""
_PIECES = 2
"""Pieces (five megabytes each) of a large file that are in memory at a time."""


class ObjectStore:
    """Store of bytes under keys; `address` is a folder or s3://bucket/prefix."""

    def __init__(self, address: str) -> None:
        self._folder = None if "://" in address else Path(address).resolve()
        self._store = _store(address)

    async def save(self, key: str, content: bytes | Path) -> None:
        await obstore.put_async(self._store, key, content, max_concurrency=_PIECES)
        if self._folder is not None:
            await asyncio.to_thread(_put_on_disk, self._folder, self._folder / key)

    async def read(self, key: str) -> bytes:
        found = await obstore.get_async(self._store, key)
        return bytes(await found.bytes_async())

    async def stream(self, key: str) -> AsyncIterator[bytes]:
        found = await obstore.get_async(self._store, key)
        async for piece in found.stream(min_chunk_size=_PIECE):
            yield bytes(piece)

    async def list_keys(self) -> AsyncIterator[str]:
        async for found in obstore.list(self._store):
            for file in found:
                yield file["path"]

    async def delete(self, key: str) -> None:
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, key)


def _put_on_disk(folder: Path, file: Path) -> None:
    """Sync the file and its folders to disk: an acknowledged file must survive a power cut."""
    for path in (file, *file.parents):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        if path == folder:
            return


def _store(address: str) -> Backend:
    if "://" in address:
        return from_url(address)
    folder = Path(address).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return LocalStore(prefix=folder)
