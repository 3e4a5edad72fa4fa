"""Bodies of requests, written to a part piece by piece: however long one is, little of it is in memory."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import ClientPayloadError

from domain.errors import Refusal
from web.parts import Part, disk_full

PIECE = 256 * 1024
"""Bytes that are gathered before they are written."""


async def pieces_of(read: Callable[[], Awaitable[bytes]], patience: float) -> AsyncIterator[bytes]:
    """Yield what `read` returns until it returns nothing, gathered into larger pieces.

    Raises ConnectionError behind what has arrived if the client is gone, or has sent nothing for `patience` seconds.
    """
    gathered, lost = bytearray(), False
    while not lost:
        try:
            async with asyncio.timeout(patience):
                received = await read()
        except (ConnectionError, TimeoutError, ClientPayloadError):
            received, lost = b"", True
        gathered += received
        if gathered and (len(gathered) >= PIECE or not received):
            yield bytes(gathered)
            gathered.clear()
        if not received and not lost:
            return
    raise ConnectionError("the client is gone, or silent")


async def append(part: Part, body: AsyncIterator[bytes], *, most: int) -> None:
    """Append the body to the part, up to `most` bytes of the part. Raises Refusal for more, or if the disk is full."""
    async for piece in body:
        room = most - part.size
        try:
            await asyncio.to_thread(part.append, piece[:room])
        except OSError as error:
            raise disk_full() from error
        if len(piece) > room:
            raise Refusal("upload-too-large", "Tệp dài hơn mức cho phép. Anh/chị quét lại nhẹ hơn hoặc tách tệp.")
