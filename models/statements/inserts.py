"""Inserts that meet a conflict, or are of many rows of numbers."""

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import Base
from models.statements.adaption import in_driver, to_driver

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
    alike = {
        name: repeat(in_driver(to_driver(insert.table.c[name].type, connection.dialect), value))
        for name, value in same.items()
    }
    values = {**columns, **alike}
    rows = list(zip(*(values[name] for name in compiled.positiontup or ()), strict=False))
    await connection.exec_driver_sql(compiled.string, rows)
