"""A way to a server on this machine that can be shut and opened, as when the server is away for a while."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Gate:
    server: int
    """Port of the server behind it."""
    port: int = 0
    is_open: bool = True
    _passing: set[asyncio.StreamWriter] = field(default_factory=set)

    def shut(self) -> None:
        """Cut who is passing, and let nobody in."""
        self.is_open = False
        for writer in self._passing:
            writer.close()

    def open(self) -> None:
        self.is_open = True

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.is_open:
            writer.close()
            return
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self.server)
        both = {writer, to_server}
        self._passing |= both
        await asyncio.gather(_copy(reader, to_server), _copy(from_server, writer))
        self._passing -= both


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def gate_to(server: int) -> AsyncIterator[Gate]:
    gate = Gate(server)
    async with await asyncio.start_server(gate.pass_on, "127.0.0.1", 0) as listening:
        gate.port = listening.sockets[0].getsockname()[1]
        try:
            yield gate
        finally:
            gate.shut()
