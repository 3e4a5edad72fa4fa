"""A PostgreSQL that is away for a while, or ends all its sessions, in the middle of hand-ins."""

import asyncio
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from simulation.half_province import NOON
from tests.faults.ground import comes, ground
from tests.support.servers.gates import gate_to
from tests.support.services import need, postgres_database

_END_ALL = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""


async def test_hand_ins_go_on_when_the_database_is_back(tmp_path: Path) -> None:
    need("PostgreSQL")
    async with postgres_database() as url, gate_to(5432) as gate:
        through_gate = make_url(url).set(port=gate.port).render_as_string(hide_password=False)
        async with ground("bot", tmp_path, database=through_gate) as place:
            await place.process.start(NOON)
            waiting = asyncio.create_task(place.hand_in(place.officers))
            await comes(lambda: len(place.messenger.chats.screens) > 1)
            gate.shut()
            await asyncio.sleep(4)
            gate.open()
            await comes(lambda: any(officer.receipts for officer in place.officers))
            await end_sessions(url)
            await waiting
            await place.process.stop()

            found = await place.reports()

    assert place.faults == []
    assert len([officer for officer in place.officers if officer.receipts]) == len(place.officers)
    assert (found.lost, found.unseen, found.doubled) == (0, 0, 0)


async def end_sessions(url: str) -> None:
    """End all sessions of the database at once, as its restart does."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        await connection.execute(text(_END_ALL))
    await engine.dispose()
