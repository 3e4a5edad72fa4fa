"""Finding and deleting data whose retention period is over, batch by batch, and the daily run's progress."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import JSON, BindParameter, Date, Integer, Select, Table, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column

from domain.people.data_requests import ERASED_NAME
from domain.retention import RetentionKind
from domain.submissions.submissions import State
from models.announcements import Announcement
from models.base import Base, Instant
from models.conversations import Conversation
from models.duties.extensions import DELETE_NOW, ExtensionRequest, OrphanFile
from models.locking import for_update, get_for_update
from models.outbox import OutboxMessage
from models.people.data_requests import DataRequest
from models.people.invites import Invite
from models.people.officers import Appointment, Consent, Person
from models.statements.kept import KeptStatement
from models.submissions.dossiers import Attachment
from models.submissions.pledges import PledgeChoice, PledgedTarget
from models.submissions.reports import Figure
from models.submissions.submissions import Submission
from models.submissions.upload_links import UploadingFile, UploadLink


class Sweep(Base):
    """One day's run of the retention job."""

    __tablename__ = "sweeps"

    day: Mapped[date] = mapped_column(primary_key=True)
    removed: Mapped[dict[str, int]] = mapped_column(JSON)
    """{kind: number of deleted items}."""
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    """End of the run, or None while batches are left."""


Day = BindParameter[date]
Hour = BindParameter[datetime]
Due = Callable[[Day, Hour], Select[Any]]
"""(last day, instant after it) → query of the ids whose period began on or before that day."""


def _free(day: Day) -> Select[Any]:
    """Select the people whose last post ended on or before this day."""
    serves = select(Appointment.id).where(
        Appointment.person_id == Person.id, or_(Appointment.valid_to.is_(None), Appointment.valid_to > day)
    )
    return select(Person.id).where(~serves.exists())


def _unsubmitted(before: Hour, *states: State) -> Select[Any]:
    return select(Submission.id).where(Submission.state.in_(states), Submission.changed_at < before)


def _drafts(_: Day, before: Hour) -> Select[Any]:
    holds = (
        select(table.id).where(table.submission_id == Submission.id) for table in (Figure, PledgedTarget, PledgeChoice)
    )
    return _unsubmitted(before, State.DRAFT).where(or_(*(rows.exists() for rows in holds)))


def _draft_files(_: Day, before: Hour) -> Select[Any]:
    left = (State.DRAFT, State.RETURNED, State.DISCARDED)
    query = select(Attachment.id).join(Submission, Attachment.submission_id == Submission.id)
    return query.where(Attachment.erased_at.is_(None), Submission.state.in_(left), Submission.changed_at < before)


_DUE: dict[RetentionKind, Due] = {
    RetentionKind.MESSAGES: lambda _, before: select(OutboxMessage.id).where(OutboxMessage.done_at < before),
    RetentionKind.DIALOGS: lambda _, before: select(Conversation.key).where(Conversation.used_at < before),
    RetentionKind.INVITES: lambda _, before: select(Invite.id).where(Invite.expires_at < before),
    RetentionKind.REMOVED_FILES: lambda _, before: select(Attachment.id).where(
        Attachment.erased_at.is_(None), Attachment.removed_at < before
    ),
    RetentionKind.DRAFT_FILES: _draft_files,
    RetentionKind.LOOSE_FILES: lambda _, before: select(OrphanFile.key).where(
        OrphanFile.at > DELETE_NOW, OrphanFile.at < before
    ),
    RetentionKind.EXTENSION_FILES: lambda _, before: (
        select(ExtensionRequest.file_key)
        .where(ExtensionRequest.file_key.is_not(None))
        .group_by(ExtensionRequest.file_key)
        # Two requests may share a file: it is kept until the period of both is over.
        .having(func.max(func.coalesce(ExtensionRequest.decided_at, ExtensionRequest.at)) < before)
    ),
    RetentionKind.DRAFTS: _drafts,
    RetentionKind.PHONES: lambda day, _: _free(day).where(
        or_(Person.phone.is_not(None), Person.former_phone.is_not(None))
    ),
    RetentionKind.PEOPLE: lambda day, _: _free(day).where(Person.name != ERASED_NAME),
    RetentionKind.CONSENTS: lambda _, before: select(Consent.id).where(Consent.withdrawn_at < before),
    RetentionKind.REQUESTS: lambda _, before: select(DataRequest.id).where(DataRequest.decided_at < before),
    RetentionKind.ANNOUNCEMENTS: lambda _, before: select(Announcement.id).where(Announcement.at < before),
    RetentionKind.UPLOAD_LINKS: lambda _, before: select(UploadLink.id).where(
        UploadLink.expires_at < before, ~select(UploadingFile.id).where(UploadingFile.link_id == UploadLink.id).exists()
    ),
}


def _due(kind: RetentionKind) -> Select[Any]:
    return _DUE[kind](bindparam("through", type_=Date), bindparam("before", type_=Instant))


def _due_for_update(kind: RetentionKind) -> Select[Any]:
    query = _due(kind).limit(bindparam("limit", type_=Integer))
    return for_update(query, of=Submission) if kind in (RetentionKind.DRAFTS, RetentionKind.DRAFT_FILES) else query


_DUE_FOR_UPDATE = {kind: KeptStatement(_due_for_update(kind)) for kind in _DUE}
_MARKED = KeptStatement(select(OrphanFile.key).where(OrphanFile.at == DELETE_NOW))
_DATE_DIALOGS = KeptStatement(
    update(cast(Table, Conversation.__table__))
    .where(Conversation.used_at.is_(None))
    .values(used_at=bindparam("now", type_=Instant))
)
_DELETED = {
    RetentionKind.MESSAGES: OutboxMessage.id,
    RetentionKind.DIALOGS: Conversation.key,
    RetentionKind.INVITES: Invite.id,
    RetentionKind.CONSENTS: Consent.id,
    RetentionKind.REQUESTS: DataRequest.id,
    RetentionKind.UPLOAD_LINKS: UploadLink.id,
}


class Retention:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def sweep_for_update(self, day: date) -> Sweep | None:
        return await get_for_update(self._session, Sweep, day)

    def add(self, sweep: Sweep) -> None:
        self._session.add(sweep)

    async def due_for_update(
        self, kind: RetentionKind, *, through: date, before: datetime, limit: int
    ) -> Sequence[Any]:
        """Return the ids of at most `limit` items whose period is over.

        For kinds that depend on a draft, the submissions are locked, so that a draft being edited or handed in at this
        moment is not due.
        """
        rows = await _DUE_FOR_UPDATE[kind].read(self._session, {"through": through, "before": before, "limit": limit})
        return [key for (key,) in rows]

    async def count(self, kind: RetentionKind, *, through: date, before: datetime) -> int:
        due = _due(kind).subquery()
        count = select(func.count()).select_from(due)
        return await self._session.scalar(count, {"through": through, "before": before}) or 0

    async def delete(self, kind: RetentionKind, ids: Sequence[Any]) -> None:
        key = _DELETED[kind]
        await self._session.execute(delete(key.class_).where(key.in_(ids)))

    async def empty_drafts(self, submission_ids: Sequence[int]) -> None:
        for table in (Figure, PledgedTarget, PledgeChoice):
            await self._session.execute(delete(table).where(table.submission_id.in_(submission_ids)))

    async def forget_phones(self, person_ids: Sequence[int]) -> None:
        numbers = update(Person).where(Person.id.in_(person_ids)).values(phone=None, former_phone=None)
        await self._session.execute(numbers)

    async def papers(self, attachment_ids: Sequence[int]) -> Sequence[Attachment]:
        return (await self._session.scalars(select(Attachment).where(Attachment.id.in_(attachment_ids)))).all()

    async def is_needed(self, paper: Attachment) -> bool:
        """Whether another attachment that is kept uses the same stored file: older rows may share a key."""
        other = aliased(Attachment)
        query = select(other.id).where(
            other.file_key == paper.file_key, other.erased_at.is_(None), other.id != paper.id
        )
        return await self._session.scalar(query.limit(1)) is not None

    async def mark_orphans_for_deletion(self, keys: Sequence[str]) -> None:
        """Mark orphan files for deletion. One that is being adopted is locked, and is no orphan after the wait."""
        await self._session.execute(update(OrphanFile).where(OrphanFile.key.in_(keys)).values(at=DELETE_NOW))

    async def mark_extension_files_for_deletion(self, keys: Sequence[str]) -> None:
        bare = update(ExtensionRequest).where(ExtensionRequest.file_key.in_(keys)).values(file_key=None)
        await self._session.execute(bare)
        loose = set(await self._session.scalars(select(OrphanFile.key).where(OrphanFile.key.in_(keys))))
        for key in keys:
            if key not in loose:
                await self.mark_for_deletion(key)

    async def mark_for_deletion(self, key: str) -> None:
        """Mark a stored file for deletion; no row may refer to it any more."""
        await self._session.merge(OrphanFile(key=key, at=DELETE_NOW))

    async def marked_for_deletion(self) -> Sequence[str]:
        return [key for (key,) in await _MARKED.read(self._session, {})]

    async def forget_deleted(self, keys: Sequence[str]) -> None:
        await self._session.execute(delete(OrphanFile).where(OrphanFile.key.in_(keys), OrphanFile.at == DELETE_NOW))

    async def date_dialogs(self, now: datetime) -> None:
        """Set the last use of dialogs without one to `now`, so that their period begins."""
        await _DATE_DIALOGS.execute(self._session, {"now": now})
