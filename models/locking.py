"""Rows kept from other transactions until this one ends, and read again under the lock.

Whoever waits for a lock gets it after another transaction has ended: what was loaded before is then old.
"""

from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import Base

_LOST_RACES = {"40001", "40P01"}
"""How PostgreSQL reports a failed serialization and a deadlock."""

Row = TypeVar("Row", bound=Base)
Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])


def for_update(
    query: Query, *, of: type[Base] | None = None, skip_locked: bool = False, key_share: bool = False
) -> Query:
    """Lock the rows that the query selects, and refresh those that were loaded before.

    With `key_share`, rows that refer to them may be added meanwhile.
    """
    locking = query.with_for_update(of=of, skip_locked=skip_locked, key_share=key_share)
    return locking.execution_options(populate_existing=True)


async def get_for_update(session: AsyncSession, table: type[Row], key: Any, *, key_share: bool = False) -> Row | None:
    """Lock and refresh one row; with `key_share`, rows that refer to it may be added meanwhile."""
    lock = {"key_share": True} if key_share else True
    return await session.get(table, key, with_for_update=lock, populate_existing=True)


def is_lost_race(error: DBAPIError) -> bool:
    """Whether another transaction was faster: what it left is to be read, and decided upon, anew."""
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in _LOST_RACES
