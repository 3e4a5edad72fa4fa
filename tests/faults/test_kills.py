"""Bot and scheduler killed at seeded random points: nothing is lost or stored twice; only what was cut is doubled."""

import os
from collections.abc import AsyncIterator

import pytest

from simulation.benches.kills import bench_kills
from tests.support.costly import is_complete
from tests.support.services import need, postgres_database

KILLS = int(os.environ.get("THIDUA_FAULTS_KILLS", "4" if is_complete() else "3"))


@pytest.fixture(params=["sqlite", "postgresql"] if is_complete() else ["sqlite"])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[str | None]:
    if request.param == "sqlite":
        yield None
        return
    need("PostgreSQL")
    async with postgres_database() as url:
        yield url


async def test_kills_lose_nothing(database: str | None) -> None:
    found = await bench_kills(kills=KILLS, seed=KILLS, database=database)

    assert (found.kills, found.lost, found.unseen, found.stored_twice, found.faults) == (KILLS, 0, 0, 0, ())
    assert found.receipts > 0
    assert found.reminders > 0
    assert found.doubled <= found.in_flight + found.repeated
