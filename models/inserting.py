"""INSERT … ON CONFLICT for both databases: SQLAlchemy has an insert of its own for each."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import Base

Insert = postgresql.Insert | sqlite.Insert


def insert_into(session: AsyncSession, table: type[Base] | Table) -> Insert:
    """Return an insert with `on_conflict_do_nothing` and `on_conflict_do_update`, for the session's database."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if is_postgresql else sqlite.insert(table)


def kept_insert(table: Table, build: Callable[[Any], Any]) -> Mapping[str, Any]:
    """Return {name of the database's dialect: statement}; `build` gets the insert into the table and returns it
    completed. A statement that is built once costs a third of one that is built for each call.
    """
    return {"postgresql": build(postgresql.insert(table)), "sqlite": build(sqlite.insert(table))}
