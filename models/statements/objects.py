"""Objects of the session that a kept statement reads."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Select, Table, inspect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_dict, set_committed_value

from models.base import Base
from models.statements.driver import Row
from models.statements.kept import KeptStatement, Many

T = TypeVar("T", bound=Base)
S = TypeVar("S", bound=Base)


class KeptObjects(Generic[T]):
    """A kept select whose first columns are all those of a table; its rows begin with an object of the session instead.

    Pending changes are written first, and an object that the session has already is refreshed. Where an outer join has
    found no row of the table, None stands in place of the object.
    """

    def __init__(self, kind: type[T], query: Select[*tuple[Any, ...]], *, many: Many = ()) -> None:
        self._statement = KeptStatement(query, many=many)
        self._columns = _Columns(kind)

    async def rows(self, session: AsyncSession, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return (object or None, *further columns) of each row."""
        found = await self._statement.read(session, values)
        width = self._columns.width
        objects = self._columns.objects(session.sync_session, found)
        return [(one, *row[width:]) for one, row in zip(objects, found, strict=True)]

    async def all(self, session: AsyncSession, values: Mapping[str, Any]) -> list[T]:
        """Return the objects of a select without further columns."""
        return [row[0] for row in await self.rows(session, values)]

    async def get(self, session: AsyncSession, key: int) -> T | None:
        """Return the object with this key, asked for as `key`, unless the session has it already."""
        known = self._columns.known(session.sync_session, key)
        if known is not None and not inspect(known).expired_attributes:
            return known
        return await self.first(session, {"key": key})

    async def first(self, session: AsyncSession, values: Mapping[str, Any]) -> T | None:
        """Return the object of the first row, or None if there is none."""
        return next(iter(await self.all(session, values)), None)


class KeptPairs(Generic[T, S]):
    """A kept select of all columns of one table, then all of another; its rows begin with two objects of the session.

    Pending changes are written first, and an object that the session has already is refreshed. Where an outer join has
    found no row of the other table, None stands in place of its object.
    """

    def __init__(self, kinds: tuple[type[T], type[S]], query: Select[*tuple[Any, ...]], *, many: Many = ()) -> None:
        self._statement = KeptStatement(query, many=many)
        self._first, self._second = _Columns(kinds[0]), _Columns(kinds[1])

    async def rows(self, session: AsyncSession, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return (object of the first table, object of the second or None, *further columns) of each row."""
        found = await self._statement.read(session, values)
        first = self._first.objects(session.sync_session, found)
        others = [row[self._first.width :] for row in found]
        second = self._second.objects(session.sync_session, others)
        width = self._second.width
        return [(one, two, *row[width:]) for one, two, row in zip(first, second, others, strict=True)]

    async def all(self, session: AsyncSession, values: Mapping[str, Any]) -> list[tuple[T, S]]:
        """Return the pairs of a select without further columns."""
        return cast(list[tuple[T, S]], await self.rows(session, values))


class _Columns(Generic[T]):
    """All columns of a table, with which the rows of a select begin; the table's key is one column."""

    def __init__(self, kind: type[T]) -> None:
        self._mapper = inspect(kind)
        columns = list(cast(Table, kind.__table__).columns)
        self._names = [self._mapper.get_property_by_column(column).key for column in columns]
        self._key = columns.index(cast(Any, self._mapper.primary_key[0]))
        self.width = len(columns)

    def known(self, session: Session, key: object) -> T | None:
        """Return the object with this key if the session has it."""
        return cast(T | None, session.identity_map.get(self._mapper.identity_key_from_primary_key((key,))))

    def objects(self, session: Session, rows: Sequence[Row]) -> list[T | None]:
        """Return the object of each row, or None where the row has no key."""
        # A join repeats the same row.
        found = {row[self._key]: row for row in rows}
        made = {key: None if key is None else self._object(session, key, row) for key, row in found.items()}
        return [made[row[self._key]] for row in rows]

    def _object(self, session: Session, key: object, row: Row) -> T:
        values = row[: self.width]
        known = self.known(session, key)
        if known is None:
            return self._attached(session, values)
        for name, value in zip(self._names, values, strict=True):
            set_committed_value(known, name, value)
        return known

    def _attached(self, session: Session, values: tuple[Any, ...]) -> T:
        """Return a new object as if the session had read it."""
        made = cast(T, self._mapper.class_manager.new_instance())
        instance_dict(made).update(zip(self._names, values, strict=True))
        make_transient_to_detached(made)
        session.add(made)
        return made
