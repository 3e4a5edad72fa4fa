"""What changes rarely (plans, set days, units, clusters, successions), held in memory under a version.

Triggers raise the version with each change (migration 0042), so that no writer can forget it, in no process.
"""

from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, cast

from sqlalchemy import BigInteger, Connection, Engine, event, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, SessionTransaction, mapped_column

from models.base import Base
from models.statements.driver import connection_of
from models.statements.kept import KeptStatement

TABLES = ("units", "clusters", "memberships", "successions", "unit_names", "plans", "set_dates")
_OPTION = "reference_memory"
_INFO = "reference"
_HAS_CHANGED = "has_changed_reference"
_MOST = 50_000
"""Most entries held; some are kept by day, so that a process that runs for months would gather them."""

Id = TypeVar("Id", bound=Hashable)
Value = TypeVar("Value")


class ReferenceVersion(Base):
    """The only row changes in each transaction that changes one of `TABLES`."""

    __tablename__ = "reference_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    """Differs after each change; on PostgreSQL the id of the transaction that made it."""


VERSION = select(ReferenceVersion.number).scalar_subquery()
"""The version, for a statement that reads something else anyway."""
_READ_VERSION = KeptStatement(select(ReferenceVersion.number))


class ReferenceMemory:
    """What the transactions of an engine have read under the version seen last."""

    def __init__(self) -> None:
        self._version: int | None = None
        self._entries: dict[Hashable, Any] = {}

    def entries(self, version: int) -> dict[Hashable, Any]:
        if version != self._version or len(self._entries) > _MOST:
            # A transaction that still reads under another version keeps its own entries.
            self._version, self._entries = version, {}
        return self._entries

    def clear(self) -> None:
        self._version = None


def remember(engine: Engine) -> None:
    """Give the engine a memory, which lasts until the engine is disposed of."""
    memory = ReferenceMemory()
    engine.update_execution_options(**{_OPTION: memory})
    event.listen(engine, "engine_disposed", lambda _: memory.clear())
    event.listen(engine, "begin", _note_begin)
    event.listen(engine, "before_execute", _note_change)


def _note_begin(connection: Connection) -> None:
    connection.info.pop(_HAS_CHANGED, None)


def _note_change(connection: Connection, statement: Any, *_: Any) -> None:
    if getattr(statement, "is_dml", False) and getattr(statement.table, "name", None) in TABLES:
        connection.info[_HAS_CHANGED] = True


class Reference:
    """What a unit of work reads of `TABLES`: from memory, unless its transaction has changed them.

    The version is read before anything that is kept under it, so what is kept is never older than its version. Values
    must not be changeable and belong to no session.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._memory: ReferenceMemory = session.get_bind().engine.get_execution_options()[_OPTION]
        self._transaction: SessionTransaction | None = None
        self._connection: Connection | None = None
        self._entries: dict[Hashable, Any] = {}
        self._is_settled = False
        self._holds_on = False

    def settle(self) -> None:
        """Let a version seen by a read-only transaction hold for the next ones too, until `forget`."""
        self._is_settled = True

    def hold_on(self) -> None:
        """Let what a writing transaction has seen hold for the next ones too, unless it has changed it itself."""
        is_of_this = self._transaction is self._session.sync_session.get_transaction()
        self._holds_on = is_of_this and self._connection is not None and not self._has_changed()

    def forget(self) -> None:
        """Read the version again before it is used."""
        self._connection = None

    async def kept(self, key: Hashable, read: Callable[[], Awaitable[Value]]) -> Value:
        """Return what was read under this key, or read it."""
        entries = await self._entries_here()
        if entries is None:
            return await read()
        if key not in entries:
            entries[key] = await read()
        return cast(Value, entries[key])

    async def kept_each(
        self, key: str, ids: Collection[Id], read: Callable[[Collection[Id]], Awaitable[Mapping[Id, Value]]]
    ) -> dict[Id, Value]:
        """Return {id: what was read of it}, and read those that are unknown together; without those not found."""
        entries = await self._entries_here() if ids else None
        if entries is None:
            return dict(await read(ids)) if ids else {}
        if unknown := [id_ for id_ in ids if (key, id_) not in entries]:
            entries.update({(key, id_): value for id_, value in (await read(unknown)).items()})
        return {id_: entries[key, id_] for id_ in ids if (key, id_) in entries}

    def note(self, connection: Connection, version: int) -> None:
        """Take the version that a statement of this transaction has read already."""
        self._transaction = self._session.sync_session.get_transaction()
        self._connection, self._entries = connection, self._memory.entries(version)
        self._holds_on = "reads_only" in connection.get_execution_options()

    async def _entries_here(self) -> dict[Hashable, Any] | None:
        """Return the entries of the transaction's version, or None if it has changed what they are read from."""
        if self._is_settled and self._holds_on and self._connection is not None:
            return self._entries
        transaction = self._session.sync_session.get_transaction()
        if self._connection is None or self._transaction is not transaction:
            ((version,),) = await _READ_VERSION.rows(self._session, {})
            self.note(await connection_of(self._session), version)
        return None if self._has_changed() else self._entries

    def _has_changed(self) -> bool:
        if self._connection is not None and _HAS_CHANGED in self._connection.info:
            return True
        session = self._session.sync_session
        if not session.identity_map.check_modified() and not session.new and not session.deleted:
            return False
        return any(
            row.__tablename__ in TABLES for rows in (session.new, session.dirty, session.deleted) for row in rows
        )


def reference_of(session: AsyncSession) -> Reference:
    """Return the one that all repositories of a session share."""
    return cast(Reference, session.info.get(_INFO) or session.info.setdefault(_INFO, Reference(session)))


def unchangeable(values: dict[Id, Value]) -> Mapping[Id, Value]:
    return MappingProxyType(values)
