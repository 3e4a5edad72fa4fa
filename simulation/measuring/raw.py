"""Hand-written SQL by the driver alone, and the CPU of this process and of a server on this machine."""

import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

Ask = Callable[[str, Mapping[str, Any]], Awaitable[Sequence[Any]]]
_SERVING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
_VALUE = re.compile(r"(?<!:):(\w+)")


@asynccontextmanager
async def raw_reader(engine: AsyncEngine) -> AsyncIterator[Ask]:
    """Give a function that asks a question with :named values, and reads all of its answer."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(engine.url.database or "")) as connection:

            async def ask(sql: str, values: Mapping[str, Any]) -> Sequence[Any]:
                return connection.execute(sql, {name: _as_text(value) for name, value in values.items()}).fetchall()

            yield ask
    else:
        async with _connected(engine) as server:

            async def ask_server(sql: str, values: Mapping[str, Any]) -> Sequence[Any]:
                names = [*dict.fromkeys(_VALUE.findall(sql))]
                numbered = _VALUE.sub(lambda found: f"${names.index(found.group(1)) + 1}", sql)
                rows: Sequence[Any] = await server.fetch(numbered, *(values[name] for name in names))
                return rows

            yield ask_server


def _as_text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncIterator[Any]:
    server = await asyncpg.connect(engine.url.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        yield server
    finally:
        await server.close()


@dataclass(slots=True)
class AnswerCpu:
    """CPU time of this process and of the server's processes that answer it, if they run on this machine."""

    serving: tuple[int, ...] = ()

    async def look(self, engine: AsyncEngine) -> None:
        """Find the server's processes: once the connections have been opened."""
        if engine.dialect.name != "sqlite":
            async with _connected(engine) as server:
                self.serving = tuple(row[0] for row in await server.fetch(_SERVING))

    def read(self) -> float:
        """Return the time so far (ms)."""
        return process_time() * 1000 + sum(map(_ran, self.serving))


def _ran(process: int) -> float:
    with suppress(OSError, ValueError):
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e6
    return 0.0
