"""Executing statements: short ones on the loop's thread, the others in the connection's own."""

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from math import inf
from time import monotonic
from typing import Any, Self, TypeVar

import aiosqlite

from models.sqlite.sharing import SharedByConnections

R = TypeVar("R")
Way = Callable[[sqlite3.Cursor, str, Any], sqlite3.Cursor]

READ_AHEAD = 1000
"""Rows of a result that are read together with the statement."""
BEGIN_READING = "BEGIN"
BEGIN_WRITING = "BEGIN IMMEDIATE"
_ROLLBACK, _COMMIT = "ROLLBACK", "COMMIT"
WAITS_SECONDS = 10
WAITS = f"busy_timeout={WAITS_SECONDS * 1000}"

_HOLDS = 0.002
"""Seconds that a statement may hold the loop; a longer one is begun again in the connection's thread."""
_STEPS = 4000
"""Instructions of SQLite between two looks at the clock."""
_ONE_ROW = re.compile(r" WHERE \w+\.(id|number) = \?$")
_WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE)\b")


class StatementRunner:
    """Executes a connection's statements: short ones on the loop's thread, others in the connection's own.

    Waking a thread and being woken by it costs several times what a short statement costs. Nothing that can wait for
    another process or for the disk is executed on the loop: neither a COMMIT of what was written nor a BEGIN IMMEDIATE
    that does not get the lock at once.
    """

    def __init__(self, driver: Any, shared: SharedByConnections) -> None:
        self._driver = driver
        self._send = driver._execute
        self._under_way: list[None] = []
        self._ends_at = inf
        self._shared = shared
        self._turn: asyncio.Lock | None = None
        self._changes_ended = 0
        """Rows that transactions of this connection had changed when the last one ended."""
        driver._execute = self.send
        driver.commit = self.commit
        driver.rollback = self.rollback
        driver.close = partial(self._close, driver.close)
        driver.stop = partial(self._stop, driver.stop)
        driver.cursor = partial(Cursor, driver, self)
        driver.fetch = self.fetch
        driver._conn.set_progress_handler(self._is_late, _STEPS)

    async def send(self, do: Callable[..., R], *what: Any) -> R:
        """Do something in the connection's thread."""
        # It goes on when the one who waits for it is cancelled.
        self._under_way.append(None)

        def run() -> R:
            try:
                return do(*what)
            finally:
                self._under_way.pop()

        found: R = await self._send(run)
        return found

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> list[Any]:
        """Execute a statement and return all its rows."""
        return await self.run(sql, lambda: self._driver._conn.execute(sql, parameters).fetchall())

    async def run(self, sql: str, do: Callable[[], R]) -> R:
        """Execute a statement by `do`, here if it is sure to be short, else in the connection's thread."""
        if self._shared.is_long_busy():
            await self._shared.give_way()
        if sql == BEGIN_WRITING:
            await self._take_turn()
        if self._under_way or sql in self._shared.late or not _is_short(sql):
            return await self.send(do)
        try:
            return self._begin_unwaiting(do) if sql == BEGIN_WRITING else self._interrupted(sql, do)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in (sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY):
                raise
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                self._shared.note_late(sql)
        return await self.send(do)

    def _interrupted(self, sql: str, do: Callable[[], R]) -> R:
        """Let a statement that only reads fail when it takes long."""
        self._ends_at = monotonic() + _HOLDS if _only_reads(sql) else inf
        try:
            return do()
        finally:
            self._ends_at = inf

    def _begin_unwaiting(self, do: Callable[[], R]) -> R:
        """Let the statement fail instead of waiting for another writer."""
        self._driver._conn.execute("PRAGMA busy_timeout=0")
        try:
            return do()
        finally:
            self._driver._conn.execute(f"PRAGMA {WAITS}")

    async def commit(self) -> None:
        connection = self._driver._conn
        try:
            # These are rows; tables are made by migrations, when nobody waits yet.
            if connection.total_changes == self._changes_ended:
                await self.run(_COMMIT, connection.commit)
            else:
                await self.send(connection.commit)
        finally:
            self._end()

    async def rollback(self) -> None:
        try:
            await self.run(_ROLLBACK, self._driver._conn.rollback)
        finally:
            self._end()

    def _end(self) -> None:
        """Note that the transaction has ended."""
        self._leave_turn()
        self._changes_ended = self._driver._conn.total_changes

    async def _close(self, close: Callable[[], Awaitable[None]]) -> None:
        try:
            await close()
        finally:
            self._leave_turn()

    def _stop(self, stop: Callable[[], object]) -> object:
        self._leave_turn()
        return stop()

    async def _take_turn(self) -> None:
        """Wait for the writers of this process that came before; SQLite itself would let any of them go first."""
        # Whoever waits longer than that is refused by the database.
        with suppress(TimeoutError):
            async with asyncio.timeout(WAITS_SECONDS):
                turn = self._shared.turn()
                await turn.acquire()
                self._turn = turn

    def _leave_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.release()

    def _is_late(self) -> bool:
        return monotonic() > self._ends_at


class Cursor(aiosqlite.Cursor):
    """A cursor that executes and reads a statement at once. Only the first `READ_AHEAD` rows are read in advance."""

    def __init__(self, connection: Any, runner: StatementRunner) -> None:
        super().__init__(connection, None)  # type: ignore[arg-type] # opened with the statement
        self._runner = runner
        self._rows: list[Any] = []
        self._has_more = False

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Self:
        await self._runner.run(sql, partial(self._run, sqlite3.Cursor.execute, sql, parameters or ()))
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        await self._runner.send(self._run, sqlite3.Cursor.executemany, sql, parameters)
        return self

    def _run(self, way: Way, sql: str, parameters: Iterable[Any]) -> None:
        self._cursor = way(self._conn._conn.cursor(), sql, parameters)
        self._rows = self._cursor.fetchmany(READ_AHEAD)
        self._has_more = len(self._rows) == READ_AHEAD

    async def fetchall(self) -> list[Any]:
        return self._taken(len(self._rows)) + (await self._runner.send(self._cursor.fetchall) if self._has_more else [])

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        wanted = size or self.arraysize
        rows = self._taken(wanted)
        missing = wanted - len(rows)
        more = missing and self._has_more
        return rows + (await self._runner.send(self._cursor.fetchmany, missing) if more else [])

    async def fetchone(self) -> Any:
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def close(self) -> None:
        if self._has_more:
            await self._runner.send(self._cursor.close)

    def _taken(self, count: int) -> list[Any]:
        taken, self._rows = self._rows[:count], self._rows[count:]
        return taken


@lru_cache(maxsize=2000)
def _only_reads(sql: str) -> bool:
    # Interrupting a statement that writes would undo its whole transaction.
    return sql.startswith(("SELECT", "WITH")) and not _WRITES.search(sql)


@lru_cache(maxsize=2000)
def _is_short(sql: str) -> bool:
    return (
        sql in (BEGIN_READING, BEGIN_WRITING, _ROLLBACK, _COMMIT)
        or sql.startswith("INSERT")
        or (sql.startswith("UPDATE") and _ONE_ROW.search(sql) is not None)
        or _only_reads(sql)
    )
