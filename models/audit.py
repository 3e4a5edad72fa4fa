"""The audit log: written in the transaction of the action, chained just before its commit, never changed."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, fields
from typing import cast

from sqlalchemy import (
    LargeBinary,
    String,
    Table,
    Text,
    TypeDecorator,
    bindparam,
    not_,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from domain.audit import AuditEntry, ChainHead, PendingEntry, chain
from models.base import Base
from models.locking import for_update
from models.statements.kept import KeptStatement
from models.statements.together import Written, write_together


class AuditLogEntry(Base):
    """An entry of the audit log; its columns hold exactly the text that was hashed, without type conversion."""

    __tablename__ = "trail"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None]
    """Id without a foreign key: the log is kept longer than the people and units that it names."""
    posts: Mapped[str] = mapped_column(Text)
    deed: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(200), index=True)
    unit_id: Mapped[int | None]
    details: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditLogHead(Base):
    """The table's only row: the number of entries and the hash of the last."""

    __tablename__ = "trail_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class AsStored(TypeDecorator[str]):
    """Bytes decoded as text; bytes that are not UTF-8 become lone surrogates, so that reading never fails."""

    impl = LargeBinary
    cache_ok = True

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.decode(errors="surrogateescape")


class bytes_of(GenericFunction[str]):  # noqa: N801 (named as a function of SQL)
    """SQL function: the bytes of a text. SQLite's driver refuses to read a tampered text that is not UTF-8."""

    type = AsStored()
    inherit_cache = True


@compiles(bytes_of)
def _of_sqlite(element: bytes_of, compiler: SQLCompiler, **options: object) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS BLOB)"


@compiles(bytes_of, "postgresql")
def _of_postgresql(element: bytes_of, compiler: SQLCompiler, **options: object) -> str:
    return f"convert_to({compiler.process(element.clauses, **options)}, 'UTF8')"


_BATCH = 200
_COLUMNS = [getattr(AuditLogEntry, field.name) for field in fields(AuditEntry)]
_ENTRY = [bytes_of(column) if isinstance(column.type, String) else column for column in _COLUMNS]


_NEWER = select(AuditLogEntry.number).where(
    AuditLogEntry.number > bindparam("number"), AuditLogEntry.deed.not_in(bindparam("than", expanding=True))
)
_REACHES = select(AuditLogHead.count).where(AuditLogHead.count >= bindparam("number"))
_OF_HEAD = select(AuditLogHead.count, AuditLogHead.hash)
_HEAD, _HEAD_FOR_UPDATE = KeptStatement(_OF_HEAD), KeptStatement(for_update(_OF_HEAD))
_INSERT = KeptStatement.insert(
    cast(Table, AuditLogEntry.__table__),
    lambda insert: insert,
    columns=[column.key for column in AuditLogEntry.__table__.columns],
)
_SET_HEAD = KeptStatement(
    update(cast(Table, AuditLogHead.__table__)).values(count=bindparam("new_count"), hash=bindparam("new_hash"))
)
_HAS_OTHER = KeptStatement(select(or_(_NEWER.exists(), not_(_REACHES.exists()))), many="than")
_ABOUT = KeptStatement(
    select(*_ENTRY)
    .where(AuditLogEntry.about.in_(bindparam("about", expanding=True)))
    .where(AuditLogEntry.deed.in_(bindparam("deeds", expanding=True)))
    .order_by(AuditLogEntry.number),
    many=("about", "deeds"),
)


class AuditLog:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._pending: list[PendingEntry] = []

    def add(self, entry: PendingEntry) -> None:
        self._pending.append(entry)

    @property
    def is_pending(self) -> bool:
        """Whether entries wait to be chained."""
        return bool(self._pending)

    def forget(self) -> None:
        """Drop the pending entries, when the transaction is rolled back."""
        self._pending.clear()

    async def chain_pending(self) -> None:
        """Chain and insert the pending entries. Locks the head, so only the commit may follow. Does not commit."""
        ((count, last),) = await _HEAD_FOR_UPDATE.rows(self._session, {})
        head = ChainHead(count, last)
        written: list[Written] = []
        # Others get their answers between two batches, if one action has thousands of entries.
        for first in range(0, len(self._pending), _BATCH):
            await write_together(self._session, written)
            entries, head = chain(self._pending[first : first + _BATCH], head)
            written = [(_INSERT, asdict(entry)) for entry in entries]
        moved = (_SET_HEAD, {"new_count": head.count, "new_hash": head.hash})
        await write_together(self._session, [*written, moved])
        self._pending.clear()

    async def head(self) -> ChainHead | None:
        rows = await _HEAD.read(self._session, {})
        return ChainHead(*rows[0]) if rows else None

    async def has_other_since(self, number: int, *, than: Sequence[str]) -> bool:
        """Whether an entry with a higher number notes an action other than these, or the log has become shorter."""
        ((has_other,),) = await _HAS_OTHER.read(self._session, {"number": number, "than": than})
        return bool(has_other)

    async def last_about(self, about: str, *, deed: str) -> AuditEntry | None:
        query = select(*_ENTRY).where(AuditLogEntry.about == about, AuditLogEntry.deed == deed)
        row = (await self._session.execute(query.order_by(AuditLogEntry.number.desc()).limit(1))).one_or_none()
        return None if row is None else AuditEntry(*row)

    async def about(self, about: Sequence[str], *, deeds: Sequence[str]) -> Sequence[AuditEntry]:
        """Return the entries with one of these actions about one of these things, in the order of their numbers."""
        return [AuditEntry(*row) for row in await _ABOUT.read(self._session, {"about": about, "deeds": deeds})]

    async def read(self) -> AsyncIterator[tuple[ChainHead, AuditEntry | None]]:
        """Yield (head, entry) for each entry, in the order of their numbers; an empty log yields one (head, None)."""
        # A single statement sees one state of the database, even while others write.
        query = (
            select(AuditLogHead.count, AuditLogHead.hash, *_ENTRY)
            .outerjoin(AuditLogEntry, true())
            .order_by(AuditLogEntry.number)
            .execution_options(yield_per=1000)
        )
        async for count, last, *values in await self._session.stream(query):
            entry = AuditEntry(*values)
            yield ChainHead(count, last), entry if entry.number is not None else None
