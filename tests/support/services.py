"""Servers that a few tests need; without them these tests are skipped with a line, but never in CI."""

import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

POSTGRES = "postgresql+asyncpg://postgres@127.0.0.1:5432"
REDIS = "redis://127.0.0.1:6379/9"
_PORTS = {"PostgreSQL": 5432, "Redis": 6379}


def need(service: str) -> None:
    """Skip the test if the service does not answer on its standard local port, or fail it in CI."""
    with socket.socket() as probe:
        probe.settimeout(1)
        answers = probe.connect_ex(("127.0.0.1", _PORTS[service])) == 0
    if not answers:
        reason = f"{service} does not answer on 127.0.0.1:{_PORTS[service]}"
        if os.environ.get("THIDUA_TEST_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)


@asynccontextmanager
async def postgres_database() -> AsyncIterator[str]:
    """Yield the URL of an empty database, which is dropped afterwards."""
    name = f"thidua_{uuid4().hex}"
    admin = create_async_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
        # Nothing in it must survive the server; a commit then costs a fifteenth.
        await connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
    try:
        yield f"{POSTGRES}/{name}"
    finally:
        async with admin.connect() as connection:
            await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        await admin.dispose()
