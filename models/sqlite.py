"""SQLite for this product: writers take their lock at the start, and a statement needs one trip to the thread."""

import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Self

import aiosqlite
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.pool import ConnectionPoolEntry

READS_ONLY = {"reads_only": True, "postgresql_readonly": True}
"""Options of a read-only transaction, in which a lock or a write is an error; PostgreSQL refuses them itself."""

Way = Callable[[sqlite3.Cursor, str, Any], sqlite3.Cursor]

READ_AHEAD = 1000
"""Rows of a result that are read together with the statement."""

# Without synchronous=FULL, a power cut may undo an acknowledged commit under WAL.
_PRAGMAS = ("journal_mode=WAL", "busy_timeout=10000", "foreign_keys=ON", "synchronous=FULL")


def prepare(engine: Engine) -> None:
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_execute", _refuse_writing)


def _prepare(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:  # noqa: ARG001
    adapted: Any = connection
    adapted.driver_connection.cursor = partial(OneTrip, adapted.driver_connection)
    # The driver would begin transactions itself, and too late; SQLAlchemy's «begin» event does it instead.
    adapted.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # Under WAL a read transaction that starts to write fails at once, so a writer takes the lock at the start.
    reads_only = connection.get_execution_options().get("reads_only")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def _refuse_writing(connection: Connection, statement: Any, *_: Any) -> None:
    writes = getattr(statement, "is_dml", False) or getattr(statement, "_for_update_arg", None) is not None
    if writes and connection.get_execution_options().get("reads_only"):
        raise InvalidRequestError(f"A transaction that only reads may not lock or write: {statement}")


class OneTrip(aiosqlite.Cursor):
    """A cursor that executes and reads a statement in one trip to the connection's thread instead of four.

    The trips are most of a statement's cost. Only the first `READ_AHEAD` rows are read in advance.
    """

    def __init__(self, connection: Any) -> None:
        super().__init__(connection, None)  # type: ignore[arg-type] # opened with the statement
        self._rows: list[Any] = []
        self._has_more = False

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Self:
        await self._go(self._run, sqlite3.Cursor.execute, sql, parameters or ())
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        await self._go(self._run, sqlite3.Cursor.executemany, sql, parameters)
        return self

    def _run(self, way: Way, sql: str, parameters: Iterable[Any]) -> None:
        self._cursor = way(self._conn._conn.cursor(), sql, parameters)
        self._rows = self._cursor.fetchmany(READ_AHEAD)
        self._has_more = len(self._rows) == READ_AHEAD

    async def fetchall(self) -> list[Any]:
        return self._taken(len(self._rows)) + (await self._go(self._cursor.fetchall) if self._has_more else [])

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        wanted = size or self.arraysize
        rows = self._taken(wanted)
        missing = wanted - len(rows)
        return rows + (await self._go(self._cursor.fetchmany, missing) if missing and self._has_more else [])

    async def fetchone(self) -> Any:
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def close(self) -> None:
        if self._has_more:
            await self._go(self._cursor.close)

    def _taken(self, count: int) -> list[Any]:
        taken, self._rows = self._rows[:count], self._rows[count:]
        return taken

    async def _go(self, do: Callable[..., Any], *what: Any) -> Any:
        trip: Any = self._execute
        return await trip(do, *what)
