"""Objects of the session that a kept statement reads."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Select, Table, inspect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_dict, set_committed_value

from models.base import Base
from models.statements.kept import KeptStatement

T = TypeVar("T", bound=Base)


class KeptObjects(Generic[T]):
    """A kept select whose first columns are all those of a table; its rows begin with an object of the session instead.

    Pending changes are written first, and an object that the session has already is refreshed. Where an outer join has
    found no row of the table, None stands in place of the object. The table's key is one column.
    """

    def __init__(self, kind: type[T], query: Select[*tuple[Any, ...]], *, many: str | None = None) -> None:
        self._statement = KeptStatement(query, many=many)
        self._mapper = inspect(kind)
        columns = list(cast(Table, kind.__table__).columns)
        self._names = [self._mapper.get_property_by_column(column).key for column in columns]
        self._key = columns.index(cast(Any, self._mapper.primary_key[0]))

    async def rows(self, session: AsyncSession, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return (object or None, *further columns) of each row."""
        width = len(self._names)
        found = await self._statement.read(session, values)
        # A join repeats the same row.
        objects = {row[self._key]: row[:width] for row in found}
        made = {key: self._object(session.sync_session, key, columns) for key, columns in objects.items()}
        return [(made[row[self._key]], *row[width:]) for row in found]

    async def all(self, session: AsyncSession, values: Mapping[str, Any]) -> list[T]:
        """Return the objects of a select without further columns."""
        return [row[0] for row in await self.rows(session, values)]

    async def get(self, session: AsyncSession, key: int) -> T | None:
        """Return the object with this key, asked for as `key`, unless the session has it already."""
        known = session.identity_map.get(self._mapper.identity_key_from_primary_key((key,)))
        if known is not None and not inspect(known).expired_attributes:
            return cast(T, known)
        return await self.first(session, {"key": key})

    async def first(self, session: AsyncSession, values: Mapping[str, Any]) -> T | None:
        """Return the object of the first row, or None if there is none."""
        return next(iter(await self.all(session, values)), None)

    def _object(self, session: Session, key: object, values: tuple[Any, ...]) -> T | None:
        if key is None:
            return None
        known = cast(T | None, session.identity_map.get(self._mapper.identity_key_from_primary_key((key,))))
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
