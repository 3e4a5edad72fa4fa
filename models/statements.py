"""Statements for both databases: inserts that meet a conflict, and kept ones, which the driver executes by itself."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import SessionTransaction
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine
from sqlalchemy.util.concurrency import greenlet_spawn

from models.base import Base

Insert = postgresql.Insert | sqlite.Insert
Row = tuple[Any, ...]
Adapt = Callable[[Any], Any] | None

_OPEN = "kept_statements"


def insert_into(session: AsyncSession, table: type[Base] | Table) -> Insert:
    """Return an insert with `on_conflict_do_nothing` and `on_conflict_do_update`, for the session's database."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if is_postgresql else sqlite.insert(table)


async def insert_columns(
    session: AsyncSession, insert: Insert, columns: Mapping[str, Sequence[int]], *, same: Mapping[str, Any]
) -> None:
    """Insert many rows of numbers, given as {name of the column: its values}; `same` are values of all rows.

    SQLAlchemy spends more on the parameters of such a row than the database spends on the row.
    """
    connection = await session.connection()
    compiled = insert.inline().compile(dialect=connection.dialect, column_keys=[*columns, *same])
    alike = {
        name: repeat(_in_driver(_to_driver(insert.table.c[name].type, connection.dialect), value))
        for name, value in same.items()
    }
    values = {**columns, **alike}
    rows = list(zip(*(values[name] for name in compiled.positiontup or ()), strict=False))
    await connection.exec_driver_sql(compiled.string, rows)


class KeptStatement:
    """A statement that is built and compiled once and executed by the driver: the way through SQLAlchemy costs more
    than ten times what a short statement costs (docs/decisions/0053).

    It does not write pending rows of the session first, and its rows are plain tuples. Parameters of varying number
    (`expanding`) are not possible.
    """

    def __init__(self, statement: Executable) -> None:
        self._of: Mapping[str, Executable] = defaultdict(lambda: statement)
        self._columns: Sequence[str] = ()
        self._compiled: dict[str, _Compiled] = {}

    @classmethod
    def insert(cls, table: Table, build: Callable[[Any], Any], *, columns: Sequence[str]) -> "KeptStatement":
        """Return an insert into these columns; `build` gets the insert of the database's dialect and completes it."""
        kept = cls(table.insert())
        kept._of = {"postgresql": build(postgresql.insert(table)), "sqlite": build(sqlite.insert(table))}
        kept._columns = columns
        return kept

    async def rows(self, session: AsyncSession, values: Mapping[str, Any]) -> list[Row]:
        """Execute the statement, and return its rows with the values of their columns' types."""
        opened = await _open(session)
        compiled = self._for(opened)
        return compiled.read(await opened.execute(compiled.sql, compiled.parameters(values)))

    async def execute(self, session: AsyncSession, values: Mapping[str, Any]) -> None:
        """Execute a statement that has no rows."""
        await self.rows(session, values)

    async def execute_each(self, session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute the statement once for each of these parameters, together; nothing is returned."""
        if len(rows) == 1:
            await self.execute(session, rows[0])
        elif rows:
            opened = await _open(session)
            compiled = self._for(opened)
            await opened.execute_each(compiled.sql, [compiled.parameters(values) for values in rows])

    def _for(self, opened: "_Opened") -> "_Compiled":
        name = opened.dialect.name
        compiled = self._compiled.get(name)
        if compiled is None:
            compiled = self._compiled[name] = _compile(self._of[name], opened.dialect, self._columns)
        if compiled.writes and opened.only_reads:
            raise InvalidRequestError(f"A transaction that only reads may not lock or write: {compiled.sql}")
        return compiled


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    writes: bool
    binds: tuple[tuple[str, Any, Adapt], ...]
    """(name, value if none is given, adaption for the driver) of each parameter, in their order."""
    columns: tuple[Adapt, ...]
    """Adaption from the driver of each column; none if no column has one."""

    def parameters(self, values: Mapping[str, Any]) -> Row:
        return tuple([_in_driver(adapt, values.get(name, default)) for name, default, adapt in self.binds])

    def read(self, rows: Sequence[Any]) -> list[Row]:
        if not self.columns:
            return [tuple(row) for row in rows]
        return [
            tuple([value if adapt is None else adapt(value) for adapt, value in zip(self.columns, row, strict=True)])
            for row in rows
        ]


def _compile(statement: Any, dialect: Dialect, columns: Sequence[str]) -> _Compiled:
    compiled: SQLCompiler = statement.compile(dialect=dialect, column_keys=columns or None)
    # Values that come with each execution are None here; the others are written into the statement or kept beside it.
    told = {name: None for name, bind in compiled.binds.items() if bind.required}
    state = compiled.construct_expanded_state(told)
    adapts = {name: _to_driver(bind.type, dialect) for name, bind in compiled.binds.items()} | dict(state.processors)
    binds = ((name, state.parameters[name], adapts.get(name)) for name in state.positiontup or ())
    returned = statement._returning if compiled.isinsert else getattr(statement, "selected_columns", ())
    adaptions = tuple(_from_driver(column.type, dialect) for column in returned)
    is_locking = getattr(statement, "_for_update_arg", None) is not None
    return _Compiled(state.statement, statement.is_dml or is_locking, tuple(binds), adaptions if any(adaptions) else ())


def _to_driver(kind: TypeEngine[Any], dialect: Dialect) -> Adapt:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _from_driver(kind: TypeEngine[Any], dialect: Dialect) -> Adapt:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _in_driver(adapt: Adapt, value: object) -> object:
    return value if adapt is None else adapt(value)


@dataclass(frozen=True, slots=True)
class _Opened:
    """The connection of a session's transaction."""

    transaction: SessionTransaction | None
    session: AsyncSession
    connection: Connection
    driver: Any
    """The driver's own connection."""
    only_reads: bool

    @property
    def dialect(self) -> Dialect:
        return self.connection.dialect

    async def execute(self, sql: str, parameters: Row) -> Sequence[Any]:
        self._note(sql, parameters, many=False)
        rows: Sequence[Any] = await self._guarded(sql, parameters, self._fetch(sql, parameters))
        return rows

    async def execute_each(self, sql: str, rows: Sequence[Row]) -> None:
        self._note(sql, rows, many=True)
        await self._guarded(sql, rows, greenlet_spawn(_execute_each, self.connection, sql, rows))

    async def _fetch(self, sql: str, parameters: Row) -> Sequence[Row]:
        if self.dialect.name != "sqlite":
            found: Sequence[Row] = await greenlet_spawn(_fetch, self.connection, sql, parameters)
            return found
        cursor = self.driver.cursor()
        await cursor.execute(sql, parameters)
        rows: Sequence[Row] = await cursor.fetchall()
        return rows

    def _note(self, sql: str, parameters: Sequence[Any], *, many: bool) -> None:
        """Tell those that count statements."""
        for note in self.connection.dispatch.before_cursor_execute:
            note(self.connection, None, sql, parameters, None, many)

    async def _guarded(self, sql: str, parameters: Any, running: Awaitable[Any]) -> Any:
        """Wait for the driver; let go of a connection that is lost."""
        try:
            with errors_of_driver(self.connection, sql, parameters):
                return await running
        except DBAPIError as error:
            if error.connection_invalidated:
                await (await self.session.connection()).invalidate(error)
            raise


@contextmanager
def errors_of_driver(connection: Connection, sql: str, parameters: Any) -> Iterator[None]:
    """Raise the driver's errors as SQLAlchemy does, as DBAPIError."""
    dialect = connection.dialect
    driver = cast(Any, dialect).loaded_dbapi
    try:
        yield
    except driver.Error as error:
        is_lost = dialect.is_disconnect(error, connection.connection, None)
        raise DBAPIError.instance(
            sql, parameters, error, driver.Error, connection_invalidated=is_lost, dialect=dialect
        ) from error


async def connection_of(session: AsyncSession) -> Connection:
    """Return the connection of the session's transaction; begin one if there is none."""
    return (await _open(session)).connection


async def _open(session: AsyncSession) -> _Opened:
    """Return the connection of the session's transaction; begin one if there is none."""
    transaction = session.sync_session.get_transaction()
    opened: _Opened | None = session.info.get(_OPEN)
    if opened is not None and opened.transaction is transaction and transaction is not None:
        return opened
    connection = cast(Connection, (await session.connection()).sync_connection)
    only_reads = bool(connection.get_execution_options().get("reads_only"))
    driver = cast(Any, connection.connection.dbapi_connection).driver_connection
    opened = _Opened(session.sync_session.get_transaction(), session, connection, driver, only_reads)
    session.info[_OPEN] = opened
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
