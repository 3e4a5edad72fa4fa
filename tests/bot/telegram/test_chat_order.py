"""Turns of a chat while PostgreSQL is away: the update waits, and is not ended as if it had been answered."""

import asyncio
import struct

from sqlalchemy import make_url

from bot.telegram.chat_order import ChatOrder
from models.inbox import Arrival
from models.unit_of_work import make_engine
from tests.support.servers.gates import gate_to
from tests.support.services import need, postgres_database

CHAT = 500
_ENCRYPTED = 80877103
"""What a client asks first: whether the connection may be encrypted."""


async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Refuse as PostgreSQL does while it starts."""
    size, asked = struct.unpack("!ii", await reader.readexactly(8))
    if asked == _ENCRYPTED:
        writer.write(b"N")
        size, _ = struct.unpack("!ii", await reader.readexactly(8))
    await reader.readexactly(size - 8)
    fields = b"SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0"
    writer.write(b"E" + struct.pack("!i", len(fields) + 4) + fields)
    await writer.drain()
    writer.close()


async def test_no_turn_is_given_while_the_database_is_starting() -> None:
    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as starting:
        port = starting.sockets[0].getsockname()[1]
        engine = make_engine(f"postgresql+asyncpg://postgres@127.0.0.1:{port}/thidua")

        given = await ChatOrder(engine).take(CHAT, 1, waited=0)

        await engine.dispose()
    assert not given


async def test_a_turn_is_given_once_the_database_is_back() -> None:
    need("PostgreSQL")
    async with postgres_database() as url, gate_to(5432) as gate:
        engine = make_engine(make_url(url).set(port=gate.port).render_as_string(hide_password=False))
        async with engine.begin() as connection:
            await connection.run_sync(Arrival.metadata.tables[Arrival.__tablename__].create)
        turns = ChatOrder(engine)
        first = await turns.take(CHAT, 1, waited=0)

        gate.shut()
        away = [await turns.take(CHAT + 1, 2, waited=0) for _ in range(3)]
        gate.open()
        back = await turns.take(CHAT + 1, 2, waited=0)

        await turns.close()
        await engine.dispose()

    assert (first, away, back) == (True, [False, False, False], True)
