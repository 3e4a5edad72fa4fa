"""Bodies of requests, written to a part piece by piece: however long one is, little of it is in memory."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import ClientPayloadError

from domain.errors import Refusal
from web.parts import Part, disk_full

PIECE = 256 * 1024
"""Bytes of a form's file that are read at a time."""


class ClientLost(Exception):  # noqa: N818 (the other side's state, not a fault of ours)
    """The client is gone, or has been silent for too long."""


async def pieces_of(read: Callable[[], Awaitable[bytes]], patience: float) -> AsyncIterator[bytes]:
    """Yield what `read` returns until it returns nothing.

    Raises ClientLost if the client is gone, or has sent nothing for `patience` seconds.
    """
    while True:
        try:
            async with asyncio.timeout(patience):
                received = await read()
        except (ConnectionError, TimeoutError, ClientPayloadError) as error:
            raise ClientLost from error
        if not received:
            return
        yield received


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
