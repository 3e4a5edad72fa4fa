"""Announcements of a standing body, their files, and the people to whom they went."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    String,
    Text,
    and_,
    case,
    delete,
    distinct,
    func,
    literal,
    select,
    update,
)
from sqlalchemy import cast as as_type
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.announcements import AudienceKind, Reception, UnreadRow
from models.base import Base, Instant
from models.locking import get_for_update
from models.organisation.units import Unit
from models.outbox import OutboxMessage
from models.people.officers import Person
from models.statements.inserts import insert_into
from models.statements.kept import KeptStatement


class Announcement(Base):
    __tablename__ = "announcements"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(80), unique=True)
    """The same for the same announcement on one day; being unique, it makes one of two simultaneous sendings fail."""
    authority_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    audience_kind: Mapped[AudienceKind]
    audience_target: Mapped[str] = mapped_column(String(60))
    audience_name: Mapped[str] = mapped_column(String(300))
    """Name of the audience as it was shown when it was chosen."""
    unit_ids: Mapped[list[int]] = mapped_column(JSON)
    """All units of the audience when it was sent, also those where nobody could be written to."""
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    people: Mapped[int]
    """Number of people to whom it goes, as counted when it was sent."""
    round: Mapped[int] = mapped_column(default=0)
    """Number of times that those who had not read it were reminded."""
    asked_at: Mapped[datetime] = mapped_column(Instant)
    """When the present round was asked for: the sending, or the last reminder."""
    queued_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    """When all messages of the present round were in the outbox, or NULL while some are not."""


class AnnouncementFile(Base):
    __tablename__ = "announcement_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    file_key: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    known_as: Mapped[dict[str, str]] = mapped_column(JSON)
    """{channel: the messenger's own id of the file}, once it was sent there: it need not be uploaded again."""


class AnnouncementRecipient(Base):
    """A person to whom an announcement goes, at one unit; whoever serves several units has a row for each."""

    __tablename__ = "announcement_recipients"

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    read_at: Mapped[datetime | None] = mapped_column(Instant)


def message_key(announcement_id: int, number: int, person_id: int) -> str:
    """Return the key in the outbox of the person's message in this round."""
    return f"announcement:{announcement_id}:{number}:{person_id}"


def _first_message() -> ColumnElement[bool]:
    """Condition: the outbox row is the recipient's first message."""
    recipient = AnnouncementRecipient
    parts = as_type(recipient.announcement_id, String) + ":0:" + as_type(recipient.person_id, String)
    return OutboxMessage.key == literal("announcement:") + parts


_UNREAD = AnnouncementRecipient.read_at.is_(None)


_NOT_QUEUED = KeptStatement(select(Announcement.id).where(Announcement.queued_at.is_(None)).order_by(Announcement.id))


class Announcements:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: Announcement | AnnouncementFile) -> None:
        self._session.add(row)

    async def find(self, announcement_id: int) -> Announcement | None:
        return await self._session.get(Announcement, announcement_id)

    async def find_for_update(self, announcement_id: int) -> Announcement | None:
        return await get_for_update(self._session, Announcement, announcement_id)

    async def with_fingerprint(self, fingerprint: str) -> Announcement | None:
        return await self._session.scalar(select(Announcement).where(Announcement.fingerprint == fingerprint))

    async def of_authorities(self, authority_ids: Collection[int], *, limit: int) -> Sequence[Announcement]:
        """Return the latest announcements, newest first."""
        query = select(Announcement).where(Announcement.authority_id.in_(authority_ids))
        return (await self._session.scalars(query.order_by(Announcement.id.desc()).limit(limit))).all()

    async def not_queued(self) -> Sequence[int]:
        """Return the ids of announcements whose messages are not all in the outbox."""
        return [announcement_id for (announcement_id,) in await _NOT_QUEUED.read(self._session, {})]

    async def with_ids(self, announcement_ids: Collection[int]) -> dict[int, Announcement]:
        query = select(Announcement).where(Announcement.id.in_(announcement_ids))
        return {row.id: row for row in await self._session.scalars(query)}

    async def files(self, announcement_ids: Collection[int]) -> Sequence[AnnouncementFile]:
        query = select(AnnouncementFile).where(AnnouncementFile.announcement_id.in_(announcement_ids))
        return (await self._session.scalars(query.order_by(AnnouncementFile.id))).all()

    async def file_for_update(self, file_id: int) -> AnnouncementFile | None:
        return await get_for_update(self._session, AnnouncementFile, file_id)

    async def put_recipients(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert (announcement_id, person_id, unit_id) rows in one statement; those that are there stay."""
        if rows:
            insert = insert_into(self._session, AnnouncementRecipient).on_conflict_do_nothing()
            await self._session.execute(insert, rows)

    async def received(
        self, announcement_ids: Collection[int], person_ids: Collection[int]
    ) -> Sequence[AnnouncementRecipient]:
        """Return who of these people receives any of these announcements, and at which unit."""
        query = select(AnnouncementRecipient).where(
            AnnouncementRecipient.announcement_id.in_(announcement_ids), AnnouncementRecipient.person_id.in_(person_ids)
        )
        return (await self._session.scalars(query.order_by(AnnouncementRecipient.unit_id))).all()

    async def mark_read(self, announcement_id: int, person_id: int, *, at: datetime) -> None:
        """Mark the person's rows as read; an earlier mark stays."""
        mine = and_(
            AnnouncementRecipient.announcement_id == announcement_id, AnnouncementRecipient.person_id == person_id
        )
        await self._session.execute(update(AnnouncementRecipient).where(mine, _UNREAD).values(read_at=at))

    async def unit_ids(self, announcement_id: int) -> set[int]:
        """Return the ids of the units where somebody receives it."""
        query = select(AnnouncementRecipient.unit_id).where(AnnouncementRecipient.announcement_id == announcement_id)
        return set(await self._session.scalars(query.distinct()))

    async def unread_people(self, announcement_id: int) -> set[int]:
        query = select(AnnouncementRecipient.person_id).where(
            AnnouncementRecipient.announcement_id == announcement_id, _UNREAD
        )
        return set(await self._session.scalars(query.distinct()))

    async def receptions(self, announcement_ids: Collection[int], *, lost: str, needless: str) -> dict[int, Reception]:
        """Return {announcement_id: Reception}; one that nobody receives is left out.

        `lost` and `needless` are how such outcomes begin in the outbox.
        """
        person = AnnouncementRecipient.person_id
        is_waiting = and_(OutboxMessage.id.is_not(None), OutboxMessage.done_at.is_(None))
        query = (
            select(
                AnnouncementRecipient.announcement_id,
                func.count(distinct(person)),
                func.count(distinct(case((~_UNREAD, person)))),
                func.count(distinct(case((and_(_UNREAD, OutboxMessage.outcome.startswith(lost)), person)))),
                func.count(distinct(case((and_(_UNREAD, is_waiting), person)))),
                func.count(distinct(case((and_(_UNREAD, OutboxMessage.outcome == needless), person)))),
            )
            .outerjoin(OutboxMessage, _first_message())
            .where(AnnouncementRecipient.announcement_id.in_(announcement_ids))
            .group_by(AnnouncementRecipient.announcement_id)
        )
        return {row[0]: Reception(*row[1:]) for row in (await self._session.execute(query)).all()}

    async def unread(self, announcement_id: int, *, lost: str, after: int, limit: int) -> Sequence[UnreadRow]:
        """Return who has not read it, by unit and name: `limit` rows after the first `after`.

        `lost` is how the outcome of a message that did not arrive begins in the outbox.
        """
        query = (
            select(Unit.name, Person.name, func.coalesce(OutboxMessage.outcome.startswith(lost), literal(value=False)))
            .select_from(AnnouncementRecipient)
            .join(Unit, Unit.id == AnnouncementRecipient.unit_id)
            .join(Person, Person.id == AnnouncementRecipient.person_id)
            .outerjoin(OutboxMessage, _first_message())
            .where(AnnouncementRecipient.announcement_id == announcement_id, _UNREAD)
            .order_by(Unit.name, Unit.id, Person.name, Person.id)
            .offset(after)
            .limit(limit)
        )
        return [UnreadRow(unit, person, bool(is_lost)) for unit, person, is_lost in await self._session.execute(query)]

    async def count_unread(self, announcement_id: int) -> int:
        """Return how many rows `unread` has in all."""
        query = select(func.count()).where(AnnouncementRecipient.announcement_id == announcement_id, _UNREAD)
        return await self._session.scalar(query) or 0

    async def sent_by(self, person_id: int) -> Sequence[Announcement]:
        query = select(Announcement).where(Announcement.by == person_id).order_by(Announcement.at)
        return (await self._session.scalars(query)).all()

    async def received_by(self, person_id: int) -> Sequence[tuple[Announcement, AnnouncementRecipient, Unit]]:
        query = (
            select(Announcement, AnnouncementRecipient, Unit)
            .join(AnnouncementRecipient, AnnouncementRecipient.announcement_id == Announcement.id)
            .join(Unit, Unit.id == AnnouncementRecipient.unit_id)
            .where(AnnouncementRecipient.person_id == person_id)
            .order_by(Announcement.at)
        )
        return (await self._session.execute(query)).all()

    async def delete(self, announcement_ids: Sequence[int]) -> Sequence[str]:
        """Delete these announcements with all that belongs to them; return the keys of their stored files."""
        of_these = AnnouncementFile.announcement_id.in_(announcement_ids)
        keys = (await self._session.scalars(select(AnnouncementFile.file_key).where(of_these))).all()
        await self._session.execute(delete(AnnouncementFile).where(of_these))
        received = AnnouncementRecipient.announcement_id.in_(announcement_ids)
        await self._session.execute(delete(AnnouncementRecipient).where(received))
        await self._session.execute(delete(Announcement).where(Announcement.id.in_(announcement_ids)))
        return keys
