"""Connections to a SQLite database, as an engine opens them."""

from functools import partial
from typing import Any, cast

import aiosqlite
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util.concurrency import await_

from models.sqlite.sharing import SharedByConnections
from models.sqlite.statements import BEGIN_READING, BEGIN_WRITING, WAITS, StatementRunner
from models.statements.driver import error_of_driver

READS_ONLY = {"reads_only": True, "postgresql_readonly": True}
"""Options of a read-only transaction, in which a lock or a write is an error; PostgreSQL refuses them itself."""

# Without synchronous=FULL, a power cut may undo an acknowledged commit under WAL.
_PRAGMAS = ("journal_mode=WAL", WAITS, "foreign_keys=ON", "synchronous=FULL")


def prepare(engine: Engine) -> None:
    event.listen(engine, "connect", partial(_prepare, SharedByConnections()))
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_execute", _refuse_writing)


def _prepare(shared: SharedByConnections, connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:  # noqa: ARG001
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
    begin = BEGIN_READING if reads_only else BEGIN_WRITING
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
