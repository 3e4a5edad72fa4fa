"""Row locks: rows are locked until the transaction ends, and read again under the lock.

A lock is granted after another transaction has ended, so rows that were loaded before may be outdated.
"""

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, inspect, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import Base
from models.statements.objects import KeptObjects

_LOST_RACES = {"40001", "40P01"}
"""PostgreSQL's codes of a serialization failure and a deadlock."""

Row = TypeVar("Row", bound=Base)
Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])


def for_update(
    query: Query, *, of: type[Base] | None = None, skip_locked: bool = False, key_share: bool = False
) -> Query:
    """Return the query with a lock on the rows that it selects; rows loaded before are refreshed.

    With `key_share`, others may add rows that refer to them meanwhile. With `skip_locked`, rows that others have locked
    are left out.
    """
    locking = query.with_for_update(of=of, skip_locked=skip_locked, key_share=key_share)
    return locking.execution_options(populate_existing=True)


async def get_for_update(session: AsyncSession, table: type[Row], key: Any, *, key_share: bool = False) -> Row | None:
    """Lock, refresh and return one row, or None if there is none.

    With `key_share`, others may add rows that refer to it meanwhile.
    """
    return await _by_key(table, key_share=key_share).first(session, {"key": key})


@cache
def _by_key(table: type[Row], *, key_share: bool) -> KeptObjects[Row]:
    (key,) = inspect(table).primary_key
    query = select(table.__table__).where(key == bindparam("key"))
    return KeptObjects(table, for_update(query, key_share=key_share))


def is_lost_race(error: DBAPIError) -> bool:
    """Whether the error means that another transaction was faster, so that the work must be done again."""
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in _LOST_RACES
