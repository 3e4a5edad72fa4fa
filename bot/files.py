"""The files' shelf: a folder, or a bucket, by its address."""

from contextlib import suppress
from pathlib import Path

import obstore
from obstore.store import LocalStore, ObjectStore, from_url


class Shelf:
    """Keeps bytes under a key; `address` is a folder or s3://bucket/prefix."""

    def __init__(self, address: str) -> None:
        self._store = _store(address)

    async def save(self, key: str, content: bytes) -> None:
        await obstore.put_async(self._store, key, content)

    async def read(self, key: str) -> bytes:
        found = await obstore.get_async(self._store, key)
        return bytes(await found.bytes_async())

    async def delete(self, key: str) -> None:
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, key)


def _store(address: str) -> ObjectStore:
    if "://" in address:
        return from_url(address)
    folder = Path(address).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return LocalStore(prefix=folder)
