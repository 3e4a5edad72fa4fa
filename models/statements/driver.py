"""The driver's own way to execute: on the connection of a session's transaction, with SQLAlchemy's errors."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import SessionTransaction
from sqlalchemy.util.concurrency import greenlet_spawn

R = TypeVar("R")
Row = tuple[Any, ...]

_OPEN = "driver_connection"


@dataclass(frozen=True, slots=True)
class DriverConnection:
    """The connection of a session's transaction; what it executes does not pass through SQLAlchemy."""

    transaction: SessionTransaction | None
    session: AsyncSession
    connection: Connection
    driver: Any
    """The driver's own connection."""
    dialect: Dialect
    only_reads: bool
    errors: type[Exception]
    """The driver's own errors."""
    notes: Iterable[Callable[..., object]]
    """Those that count statements."""

    async def execute(self, sql: str, parameters: Row) -> Sequence[Any]:
        """Return the rows. Raises DBAPIError."""
        self._note(sql, parameters, many=False)
        if self.dialect.name == "sqlite":
            # The runner of its statements (models/sqlite/statements.py) needs no greenlet.
            running: Awaitable[Sequence[Any]] = self.driver.fetch(sql, parameters)
        else:
            running = greenlet_spawn(_fetch, self.connection, sql, parameters)
        return await self._guarded(sql, parameters, running)

    async def execute_each(self, sql: str, rows: Sequence[Row]) -> None:
        """Raises DBAPIError."""
        self._note(sql, rows, many=True)
        await self._guarded(sql, rows, greenlet_spawn(_execute_each, self.connection, sql, rows))

    def _note(self, sql: str, parameters: Sequence[Any], *, many: bool) -> None:
        for note in self.notes:
            note(self.connection, None, sql, parameters, None, many)

    async def _guarded(self, sql: str, parameters: Any, running: Awaitable[R]) -> R:
        """Wait for the driver; let go of a connection that is lost."""
        try:
            return await running
        except self.errors as error:
            told = error_of_driver(self.connection, sql, parameters, error)
            if told.connection_invalidated:
                await (await self.session.connection()).invalidate(told)
            raise told from error


def error_of_driver(connection: Connection, sql: str, parameters: Any, error: Exception) -> DBAPIError:
    """Return the driver's error as SQLAlchemy raises it."""
    dialect = connection.dialect
    base = cast(Any, dialect).loaded_dbapi.Error
    is_lost = dialect.is_disconnect(cast(Any, error), connection.connection, None)
    told = DBAPIError.instance(sql, parameters, error, base, connection_invalidated=is_lost, dialect=dialect)
    return cast(DBAPIError, told)


async def connection_of(session: AsyncSession) -> Connection:
    """Return the connection of the session's transaction; begin one if there is none."""
    return (await driver_connection(session)).connection


async def driver_connection(session: AsyncSession) -> DriverConnection:
    """Return the connection of the session's transaction; begin one if there is none."""
    transaction = session.sync_session.get_transaction()
    opened: DriverConnection | None = session.info.get(_OPEN)
    if opened is not None and opened.transaction is transaction and transaction is not None:
        return opened
    connection = cast(Connection, (await session.connection()).sync_connection)
    opened = session.info[_OPEN] = DriverConnection(
        session.sync_session.get_transaction(),
        session,
        connection,
        cast(Any, connection.connection.dbapi_connection).driver_connection,
        connection.dialect,
        bool(connection.get_execution_options().get("reads_only")),
        cast(Any, connection.dialect).loaded_dbapi.Error,
        connection.dispatch.before_cursor_execute,
    )
    return opened


def _fetch(connection: Connection, sql: str, parameters: Row) -> Sequence[Row]:
    cursor = cast(Any, connection.connection.dbapi_connection).cursor()
    cursor.execute(sql, parameters)
    rows: Sequence[Row] = cursor.fetchall()
    cursor.close()
    return rows


def _execute_each(connection: Connection, sql: str, rows: Sequence[Row]) -> None:
    cursor = cast(Any, connection.connection.dbapi_connection).cursor()
    cursor.executemany(sql, rows)
    cursor.close()
