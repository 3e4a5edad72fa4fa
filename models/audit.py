"""The trail of what was done: written in the acting transaction, chained at its very end, never changed."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, fields

from sqlalchemy import LargeBinary, String, Text, TypeDecorator, insert, select, true, update
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from domain.audit import AuditEntry, ChainHead, PendingEntry, chain
from models.base import Base
from models.locking import for_update


class AuditLogEntry(Base):
    """Kept in plain text, spelled as it was hashed: no type stands between what is stored and what is verified."""

    __tablename__ = "trail"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None]
    """No foreign key: the trail outlives the people and units that it names."""
    posts: Mapped[str] = mapped_column(Text)
    deed: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(200), index=True)
    unit_id: Mapped[int | None]
    details: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditLogHead(Base):
    """One row: how many entries there are, and the hash of the last."""

    __tablename__ = "trail_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class AsStored(TypeDecorator[str]):
    """Bytes as text that can always be read: what is no UTF-8 becomes letters that no text has."""

    impl = LargeBinary
    cache_ok = True

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.decode(errors="surrogateescape")


class bytes_of(GenericFunction[str]):  # noqa: N801 (named as a function of SQL)
    """A text's bytes: a file that was tampered with may hold what SQLite's driver refuses to read as text."""

    type = AsStored()
    inherit_cache = True


@compiles(bytes_of)
def _of_sqlite(element: bytes_of, compiler: SQLCompiler, **options: object) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS BLOB)"


@compiles(bytes_of, "postgresql")
def _of_postgresql(element: bytes_of, compiler: SQLCompiler, **options: object) -> str:
    return f"convert_to({compiler.process(element.clauses, **options)}, 'UTF8')"


_COLUMNS = [getattr(AuditLogEntry, field.name) for field in fields(AuditEntry)]
_ENTRY = [bytes_of(column) if isinstance(column.type, String) else column for column in _COLUMNS]


class AuditLog:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._notes: list[PendingEntry] = []

    def add(self, note: PendingEntry) -> None:
        self._notes.append(note)

    def forget(self) -> None:
        """What is not committed was not done."""
        self._notes.clear()

    async def close(self) -> None:
        """Chain what was noted; nothing but the commit may follow, for others wait at the head meanwhile."""
        if not self._notes:
            return
        query = for_update(select(AuditLogHead.count, AuditLogHead.hash))
        count, last = (await self._session.execute(query)).one()
        entries, head = chain(self._notes, ChainHead(count, last))
        await self._session.execute(insert(AuditLogEntry), [asdict(entry) for entry in entries])
        await self._session.execute(update(AuditLogHead).values(count=head.count, hash=head.hash))
        self._notes.clear()

    async def head(self) -> ChainHead | None:
        row = (await self._session.execute(select(AuditLogHead.count, AuditLogHead.hash))).one_or_none()
        return None if row is None else ChainHead(*row)

    async def last_about(self, about: str, *, deed: str) -> AuditEntry | None:
        query = select(*_ENTRY).where(AuditLogEntry.about == about, AuditLogEntry.deed == deed)
        row = (await self._session.execute(query.order_by(AuditLogEntry.number.desc()).limit(1))).one_or_none()
        return None if row is None else AuditEntry(*row)

    async def about(self, about: Sequence[str], *, deeds: Sequence[str]) -> Sequence[AuditEntry]:
        """Entries of these deeds about any of these, in the order of their numbers."""
        query = select(*_ENTRY).where(AuditLogEntry.about.in_(about), AuditLogEntry.deed.in_(deeds))
        return [AuditEntry(*row) for row in await self._session.execute(query.order_by(AuditLogEntry.number))]

    async def read(self) -> AsyncIterator[tuple[ChainHead, AuditEntry | None]]:
        """Every entry in the order of its number, each with the head of that instant; an empty trail is one None."""
        # One statement sees one state of the database, also while others write.
        query = (
            select(AuditLogHead.count, AuditLogHead.hash, *_ENTRY)
            .outerjoin(AuditLogEntry, true())
            .order_by(AuditLogEntry.number)
            .execution_options(yield_per=1000)
        )
        async for count, last, *values in await self._session.stream(query):
            entry = AuditEntry(*values)
            yield ChainHead(count, last), entry if entry.number is not None else None
