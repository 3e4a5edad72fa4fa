"""File store: a folder or a bucket, chosen by its address."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url
from obstore.store import ObjectStore as Backend

_PIECE = 1024 * 1024
"""Least size of a piece in which a large file is read (bytes)."""
_PIECES = 2
"""Pieces (five megabytes each) of a large file that are in memory at a time."""
_TRIES_AGAIN = 2
_GIVES_UP_AFTER = timedelta(seconds=10)
"""Time after which a call to a bucket is not repeated; an update is tried again as a whole, and says so."""
_ADDRESS = re.compile(r"https?://([\w.-]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?(/[\w./-]*)?")
_STATUS = re.compile(r"status code: ([45]\d\d)")
_GIVES_KEYS = "169.254.169.254"
"""Address that gives keys to machines rented from Amazon; it is asked if none are set."""
_NOTHING = "thidua-khong-co-gi/"
"""Prefix under which nothing is stored: listing it costs the bucket next to nothing."""


class BucketUnreachable(ConnectionError):  # noqa: N818 (nothing of ours is wrong)
    """The bucket's server does not answer, or fails; later it may answer again."""


class BucketRefused(Exception):  # noqa: N818 (what the bucket says, and no fault of the program)
    """The bucket is not there, or does not let this program in; the text says what to look at."""


class ObjectStore:
    """Store of bytes under keys; `address` is a folder or s3://bucket/prefix.

    A bucket is reached by the variables that all programs use for S3: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
    AWS_REGION, AWS_ENDPOINT_URL and so on. All methods raise BucketUnreachable or BucketRefused if it does not serve.
    """

    def __init__(self, address: str) -> None:
        self._folder = None if "://" in address else Path(address).resolve()
        self._store = _store(address)

    async def check(self) -> None:
        """Raises BucketUnreachable or BucketRefused if the bucket cannot be used; a folder can."""
        if self._folder is None:
            with self._in_words():
                await obstore.list_with_delimiter_async(self._store, _NOTHING)

    async def save(self, key: str, content: bytes | Path) -> None:
        with self._in_words():
            await obstore.put_async(self._store, key, content, max_concurrency=_PIECES)
        if self._folder is not None:
            await asyncio.to_thread(_put_on_disk, self._folder, self._folder / key)

    async def read(self, key: str) -> bytes:
        with self._in_words():
            found = await obstore.get_async(self._store, key)
            return bytes(await found.bytes_async())

    async def stream(self, key: str) -> AsyncIterator[bytes]:
        with self._in_words():
            found = await obstore.get_async(self._store, key)
            async for piece in found.stream(min_chunk_size=_PIECE):
                yield bytes(piece)

    async def list_keys(self) -> AsyncIterator[str]:
        with self._in_words():
            async for found in obstore.list(self._store):
                for file in found:
                    yield file["path"]

    async def delete(self, key: str) -> None:
        with self._in_words(), suppress(FileNotFoundError):
            await obstore.delete_async(self._store, key)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Translate what a bucket answers; the errors of a folder are the system's own."""
        try:
            yield
        except (BaseError, FileNotFoundError) as error:
            if self._folder is not None or not _is_of_bucket(error):
                raise
            raise _translated(error) from error


def _is_of_bucket(error: BaseException) -> bool:
    """Whether the error is about the bucket, and not about one key in it."""
    return not isinstance(error, FileNotFoundError) or "NoSuchBucket" in str(error)


def _translated(error: BaseException) -> Exception:
    said, reason = str(error), str(error).partition("\n")[0]
    status = found[1] if (found := _STATUS.search(said)) else ""
    if "NoSuchBucket" in said:
        return BucketRefused("không có bucket này, hoặc sai vùng (AWS_REGION)")
    if "builder error" in said:
        return BucketRefused("AWS_ENDPOINT_URL là http:// thì cần thêm AWS_ALLOW_HTTP=true")
    if _GIVES_KEYS in said:
        return BucketRefused("chưa đặt AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY")
    if status in ("401", "403"):
        return BucketRefused(
            "máy chủ không nhận AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, hoặc khóa thiếu quyền đọc, ghi, liệt kê, xóa"
        )
    if status.startswith("4") and status not in ("408", "429"):
        return BucketRefused(f"máy chủ từ chối: {reason}")
    return BucketUnreachable(f"máy chủ của bucket không trả lời: {reason}")


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
        endpoint = os.environ.get("AWS_ENDPOINT_URL")
        if endpoint and not _ADDRESS.fullmatch(endpoint):
            # The library's thread would end with a panic.
            raise ValueError(f"AWS_ENDPOINT_URL «{endpoint}» không phải địa chỉ")
        # Options of the client would replace those that the environment sets, such as AWS_ALLOW_HTTP.
        return from_url(address, retry_config={"max_retries": _TRIES_AGAIN, "retry_timeout": _GIVES_UP_AFTER})
    folder = Path(address).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return LocalStore(prefix=folder)
