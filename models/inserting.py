"""INSERT … ON CONFLICT for both databases: SQLAlchemy has an insert of its own for each."""

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine

from models.base import Base

Insert = postgresql.Insert | sqlite.Insert


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
    alike = {name: repeat(_adapt(insert.table.c[name].type, value, connection.dialect)) for name, value in same.items()}
    values = {**columns, **alike}
    rows = list(zip(*(values[name] for name in compiled.positiontup or ()), strict=False))
    await connection.exec_driver_sql(compiled.string, rows)


def _adapt(kind: TypeEngine[Any], value: object, dialect: Dialect) -> object:
    """Return the value as the driver takes it."""
    adapt = kind.dialect_impl(dialect).bind_processor(dialect)
    return adapt(value) if adapt else value


def kept_insert(table: Table, build: Callable[[Any], Any]) -> Mapping[str, Any]:
    """Return {name of the database's dialect: statement}; `build` gets the insert into the table and returns it
    completed. A statement that is built once costs a third of one that is built for each call.
    """
    return {"postgresql": build(postgresql.insert(table)), "sqlite": build(sqlite.insert(table))}
