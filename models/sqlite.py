"""SQLite for this product: writers take their lock at the start, and short statements need no other thread."""

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from math import inf
from time import monotonic
from typing import Any, Self, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util.concurrency import await_

from models.statements.driver import error_of_driver

READS_ONLY = {"reads_only": True, "postgresql_readonly": True}
"""Options of a read-only transaction, in which a lock or a write is an error; PostgreSQL refuses them itself."""

R = TypeVar("R")
Way = Callable[[sqlite3.Cursor, str, Any], sqlite3.Cursor]

READ_AHEAD = 1000
"""Rows of a result that are read together with the statement."""
_HOLDS = 0.002
"""Seconds that a statement may hold the loop; a longer one is begun again in the connection's thread."""
_GIVES_WAY_AFTER = 0.01
"""Seconds of statements, and of what is done between them, after which others on the loop go first."""
_STEPS = 4000
"""Instructions of SQLite between two looks at the clock."""
_LATE_KNOWN = 500
"""Most statements of which it is remembered that they take long."""
_ONE_ROW = re.compile(r" WHERE \w+\.(id|number) = \?$")
_WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE)\b")

_WAITS_SECONDS = 10
_WAITS = f"busy_timeout={_WAITS_SECONDS * 1000}"
# Without synchronous=FULL, a power cut may undo an acknowledged commit under WAL.
_PRAGMAS = ("journal_mode=WAL", _WAITS, "foreign_keys=ON", "synchronous=FULL")
_BEGIN_READING = "BEGIN"
_BEGIN_WRITING = "BEGIN IMMEDIATE"


def prepare(engine: Engine) -> None:
    event.listen(engine, "connect", partial(_prepare, SharedByConnections()))
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_execute", _refuse_writing)


def _prepare(shared: "SharedByConnections", connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:  # noqa: ARG001
    adapted: Any = connection
    StatementRunner(adapted.driver_connection, shared)
    # The driver would begin transactions itself, and too late; SQLAlchemy's «begin» event does it instead.
    adapted.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # Under WAL a read transaction that starts to write fails at once, so a writer takes the lock at the start.
    reads_only = connection.get_execution_options().get("reads_only")
    begin = _BEGIN_READING if reads_only else _BEGIN_WRITING
    for note in connection.dispatch.before_cursor_execute:
        note(connection, None, begin, (), None, False)
    # By the driver itself: every update begins three transactions, and nobody asks for the result.
    driver = cast(Any, connection.connection.dbapi_connection).driver_connection
    try:
        await_(driver.fetch(begin, ()))
    except aiosqlite.Error as error:
        raise error_of_driver(connection, begin, (), error) from error


def _refuse_writing(connection: Connection, statement: Any, *_: Any) -> None:
    writes = getattr(statement, "is_dml", False) or getattr(statement, "_for_update_arg", None) is not None
    if writes and connection.get_execution_options().get("reads_only"):
        raise InvalidRequestError(f"A transaction that only reads may not lock or write: {statement}")


class SharedByConnections:
    """What the connections of one process share: the turns of its writers, on the loop that uses the database now, and
    which statements take long.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turn = asyncio.Lock()
        self._busy_since: float | None = None
        self.late: set[str] = set()
        """Statements that have been interrupted: they go to a thread at once from then on."""

    def note_late(self, sql: str) -> None:
        if len(self.late) >= _LATE_KNOWN:
            self.late.clear()
        self.late.add(sql)

    def is_long_busy(self) -> bool:
        """Whether statements have been executed for long without others: many short ones are a long one too."""
        if self._busy_since is None:
            self._busy_since = monotonic()
            asyncio.get_running_loop().call_soon(self._note_others)
            return False
        return monotonic() - self._busy_since > _GIVES_WAY_AFTER

    async def give_way(self) -> None:
        """Let others run."""
        await asyncio.sleep(0)
        # A loop that ended meanwhile has noted nothing.
        self._busy_since = None

    def _note_others(self) -> None:
        self._busy_since = None

    def turn(self) -> asyncio.Lock:
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._turn = loop, asyncio.Lock()
        return self._turn


class StatementRunner:
    """Executes a connection's statements: short ones on the loop's thread, others in the connection's own.

    Waking a thread and being woken by it costs several times what a short statement costs. Nothing that can wait for
    another process or for the disk is executed on the loop: neither COMMIT nor a BEGIN IMMEDIATE that does not get the
    lock at once.
    """

    def __init__(self, driver: Any, shared: SharedByConnections) -> None:
        self._driver = driver
        self._send = driver._execute
        self._under_way: list[None] = []
        self._ends_at = inf
        self._shared = shared
        self._turn: asyncio.Lock | None = None
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
        if sql == _BEGIN_WRITING:
            await self._take_turn()
        if self._under_way or sql in self._shared.late or not _is_short(sql):
            return await self.send(do)
        try:
            return self._begin_unwaiting(do) if sql == _BEGIN_WRITING else self._interrupted(sql, do)
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
            self._driver._conn.execute(f"PRAGMA {_WAITS}")

    async def commit(self) -> None:
        try:
            await self.send(self._driver._conn.commit)
        finally:
            self._leave_turn()

    async def rollback(self) -> None:
        try:
            await self.run("ROLLBACK", self._driver._conn.rollback)
        finally:
            self._leave_turn()

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
            async with asyncio.timeout(_WAITS_SECONDS):
                turn = self._shared.turn()
                await turn.acquire()
                self._turn = turn

    def _leave_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.release()

    def _is_late(self) -> bool:
        return monotonic() > self._ends_at


@lru_cache(maxsize=2000)
def _only_reads(sql: str) -> bool:
    # Interrupting a statement that writes would undo its whole transaction.
    return sql.startswith(("SELECT", "WITH")) and not _WRITES.search(sql)


@lru_cache(maxsize=2000)
def _is_short(sql: str) -> bool:
    return (
        sql in (_BEGIN_READING, _BEGIN_WRITING, "ROLLBACK")
        or sql.startswith("INSERT")
        or (sql.startswith("UPDATE") and _ONE_ROW.search(sql) is not None)
        or _only_reads(sql)
    )


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
