"""Files that are being uploaded, as parts in a folder: how much has arrived is the size of the part."""

import asyncio
import fcntl
import os
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from domain.errors import Refusal

_OLD = 48 * 60 * 60
"""Seconds after which a part that nobody writes is old."""
_RESERVE = 512 * 1024 * 1024
"""Bytes of the disk that uploads leave free."""


class PartBusy(Exception):  # noqa: N818 (a state, not a fault of ours)
    """Another request is writing the same part."""


def disk_full() -> Refusal:
    return Refusal("disk-full", "Máy chủ hết chỗ. Anh/chị báo cơ quan thường trực rồi thử lại sau.")


class PartFolder:
    """Parts in one folder, which every process that serves the page on this machine shares."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, key: str) -> Path:
        return self._folder / key

    async def size(self, key: str) -> int:
        try:
            return (await asyncio.to_thread(self.path(key).stat)).st_size
        except FileNotFoundError:
            return 0

    async def delete(self, key: str) -> None:
        await asyncio.to_thread(_delete, self.path(key))

    async def rename(self, key: str, to: str) -> None:
        await asyncio.to_thread(self.path(key).rename, self.path(to))

    async def list_old(self) -> tuple[str, ...]:
        return await asyncio.to_thread(self._list_old)

    def _list_old(self) -> tuple[str, ...]:
        before, found = time.time() - _OLD, []
        with suppress(FileNotFoundError):
            for part in self._folder.iterdir():
                with suppress(FileNotFoundError):
                    if part.stat().st_mtime < before:
                        found.append(part.name)
        return tuple(found)

    async def has_room(self, size: int) -> bool:
        """Whether the disk holds so many bytes more."""
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        usage = await asyncio.to_thread(shutil.disk_usage, self._folder)
        return usage.free - _RESERVE > size

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator["Part"]:
        """Open the part to append to it. Raises PartBusy while another request does, in whatever process."""
        part = await asyncio.to_thread(Part, self.path(key))
        try:
            yield part
        finally:
            await asyncio.to_thread(part.close)


def _delete(path: Path) -> None:
    # Joining photos makes a folder here, which a killed process leaves behind.
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


class Part:
    """One part, open and locked; its methods block."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            # The system lets go of the lock when the process ends, however it ends.
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._handle)
            raise PartBusy from error
        self.size = os.fstat(self._handle).st_size

    def append(self, content: bytes) -> None:
        view = memoryview(content)
        while view:
            written = os.write(self._handle, view)
            self.size += written
            view = view[written:]

    def close(self) -> None:
        """Let go of the part; what was acknowledged survives a power cut."""
        try:
            os.fdatasync(self._handle)
        finally:
            os.close(self._handle)
