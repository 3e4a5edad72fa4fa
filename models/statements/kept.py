"""Kept statements: built and compiled once, executed by the driver."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import SQLCompiler

from models.statements.adaption import Adapt, from_driver, in_driver, to_driver
from models.statements.driver import DriverConnection, Row, driver_connection

Many = str | Sequence[str]
_KEPT_TO = 40
"""Longest list of values whose statement is kept; longer ones are seldom, and each length is a statement of its own."""


async def write_pending(session: AsyncSession) -> None:
    """Write what is pending in the session; to ask whether anything is costs much less than to flush nothing."""
    if session.new or session.dirty or session.deleted:
        await session.flush()


class KeptStatement:
    """A statement that is built and compiled once and executed by the driver: the way through SQLAlchemy costs more
    than ten times what a short statement costs (docs/decisions/0053).

    It does not write pending rows of the session first, and its rows are plain tuples. `many` names the parameters that
    are lists of values (`expanding`).
    """

    def __init__(self, statement: Executable, *, many: Many = ()) -> None:
        self._of: Mapping[str, Executable] = defaultdict(lambda: statement)
        self._columns: Sequence[str] = ()
        self._many = (many,) if isinstance(many, str) else many
        self._compiled: dict[tuple[str, tuple[int, ...]], _Compiled] = {}

    @classmethod
    def insert(cls, table: Table, build: Callable[[Any], Any], *, columns: Sequence[str]) -> "KeptStatement":
        """Return an insert into these columns; `build` gets the insert of the database's dialect and completes it."""
        kept = cls(table.insert())
        kept._of = {"postgresql": build(postgresql.insert(table)), "sqlite": build(sqlite.insert(table))}
        kept._columns = columns
        return kept

    async def rows(self, session: AsyncSession, values: Mapping[str, Any]) -> list[Row]:
        """Execute the statement, and return its rows with the values of their columns' types."""
        opened = await driver_connection(session)
        compiled = self._for(opened, values)
        return compiled.read(await opened.execute(compiled.sql, compiled.parameters(values)))

    async def read(self, session: AsyncSession, values: Mapping[str, Any]) -> list[Row]:
        """Execute the statement after writing what is pending in the session, and return its rows."""
        await write_pending(session)
        return await self.rows(session, values)

    def told(self, opened: DriverConnection, values: Mapping[str, Any]) -> tuple[str, Row]:
        """Return the statement as the connection's database is told it, and its parameters."""
        compiled = self._for(opened, values)
        return compiled.sql, compiled.parameters(values)

    async def execute(self, session: AsyncSession, values: Mapping[str, Any]) -> None:
        """Execute a statement that has no rows."""
        await self.rows(session, values)

    async def execute_each(self, session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute the statement once for each of these parameters, together; nothing is returned."""
        if len(rows) == 1:
            await self.execute(session, rows[0])
        elif rows:
            opened = await driver_connection(session)
            compiled = self._for(opened, rows[0])
            await opened.execute_each(compiled.sql, [compiled.parameters(values) for values in rows])

    def _for(self, opened: DriverConnection, values: Mapping[str, Any]) -> "_Compiled":
        sizes = tuple([len(values[name]) for name in self._many])
        key = (opened.dialect.name, sizes)
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = self._compile(opened.dialect, sizes)
            if max(sizes, default=0) <= _KEPT_TO:
                self._compiled[key] = compiled
        if compiled.writes and opened.only_reads:
            raise InvalidRequestError(f"A transaction that only reads may not lock or write: {compiled.sql}")
        return compiled

    def _compile(self, dialect: Dialect, sizes: Sequence[int]) -> "_Compiled":
        statement: Any = self._of[dialect.name]
        compiled: SQLCompiler = statement.compile(dialect=dialect, column_keys=self._columns or None)
        # Values that come with each execution are None here; the others are written into the statement or kept beside.
        told: dict[str, Any] = {name: None for name, bind in compiled.binds.items() if bind.required}
        told |= {name: [None] * size for name, size in zip(self._many, sizes, strict=True)}
        state = compiled.construct_expanded_state(told)
        adapts = {name: to_driver(bind.type, dialect) for name, bind in compiled.binds.items()} | dict(state.processors)
        places: dict[str, tuple[str, int | None]] = {
            each: (name, place)
            for name in self._many
            for place, each in enumerate(state.parameter_expansion.get(name, ()))
        }
        binds = tuple(
            _Bind(*places.get(name, (name, None)), state.parameters[name], adapts.get(name))
            for name in state.positiontup or ()
        )
        returned = statement._returning if compiled.isinsert else getattr(statement, "selected_columns", ())
        adaptions = tuple(from_driver(column.type, dialect) for column in returned)
        writes = statement.is_dml or getattr(statement, "_for_update_arg", None) is not None
        return _Compiled(state.statement, writes, binds, adaptions if any(adaptions) else (), self._many)


class _Bind(NamedTuple):
    """A parameter of a compiled statement."""

    name: str
    place: int | None
    """Its place in the list of this name; None if the name stands for one value."""
    default: Any
    """Value if none is given."""
    adapt: Adapt


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    writes: bool
    binds: tuple[_Bind, ...]
    """The parameters in their order."""
    columns: tuple[Adapt, ...]
    """Adaption from the driver of each column; none if no column has one."""
    many: Sequence[str]
    """Names that stand for lists."""

    def parameters(self, values: Mapping[str, Any]) -> Row:
        if not self.many:
            return tuple([in_driver(adapt, values.get(name, default)) for name, _, default, adapt in self.binds])
        lists = {name: [*values[name]] for name in self.many}
        return tuple(
            [
                in_driver(adapt, values.get(name, default) if place is None else lists[name][place])
                for name, place, default, adapt in self.binds
            ]
        )

    def read(self, rows: Sequence[Any]) -> list[Row]:
        if not self.columns:
            return [tuple(row) for row in rows]
        return [
            tuple([value if adapt is None else adapt(value) for adapt, value in zip(self.columns, row, strict=True)])
            for row in rows
        ]
