"""Seals of submissions, and the rows that they are made from, read as they are stored."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    ForeignKey,
    Integer,
    Row,
    Select,
    String,
    Table,
    bindparam,
    func,
    select,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant
from models.duties.duties import Duty
from models.statements.kept import KeptStatement
from models.statements.objects import KeptObjects
from models.submissions.dossiers import Attachment, Nomination
from models.submissions.pledges import PledgeChoice, PledgedTarget
from models.submissions.reports import Figure
from models.submissions.submissions import Receipt, Submission


class StoredSeal(Base):
    """The seal of a submission's last hand-in; the next hand-in replaces it."""

    __tablename__ = "seals"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(64))
    digests: Mapped[dict[str, str]] = mapped_column(JSON)
    """{part: SHA-256}."""
    matched_at: Mapped[datetime] = mapped_column(Instant)
    """Last time at which everything matched; at first the time of the hand-in."""
    checked_at: Mapped[datetime] = mapped_column(Instant, index=True)
    faults: Mapped[list[str]] = mapped_column(JSON)
    """Parts that did not match at the last check."""


class SealedPaper(NamedTuple):
    """An attachment, as it is stored."""

    submission_id: int
    requirement: str
    file_name: str
    sha256: str
    size: str
    file_key: str


def _stored(column: Any) -> Any:
    """Return the column as plain text: a tampered value may not be readable as a number or a date."""
    return type_coerce(column, String).label(column.key)


_SUBMISSION = (Submission.duty_id, Submission.slot, Submission.state, Submission.submitted_at, Submission.submitted_by)
_MORE = (Submission.counts_from, Submission.as_of, Submission.declares_nothing)
_RECEIPT = (Receipt.code, Receipt.at, Receipt.on_time, Receipt.extended_to, Receipt.legal_basis, Receipt.sha256)


def _heads() -> Select[*tuple[Any, ...]]:
    last = select(func.max(Receipt.id)).where(Receipt.submission_id == Submission.id)
    return (
        select(
            *(Submission.id, Submission.revision),
            *(Duty.unit_id, Duty.authority_id, Duty.kind, Duty.title, Duty.year, Duty.term),
        )
        .add_columns(*map(_stored, (*_SUBMISSION, *_MORE, *_RECEIPT)))
        .join(Duty, Submission.duty_id == Duty.id)
        .outerjoin(Receipt, Receipt.id == last.correlate(Submission).scalar_subquery())
        .where(Submission.id.in_(_IDS))
        .order_by(Submission.id)
    )


def _of_submissions(table: Any, *columns: Any, only: ColumnElement[bool] | None = None) -> KeptStatement:
    """Return what finds the rows of some submissions in a table."""
    query = select(table.submission_id, *map(_stored, columns)).where(table.submission_id.in_(_IDS))
    return KeptStatement(query if only is None else query.where(only), many="ids")


_IDS: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
_HEADS = _heads()
_SEALS = KeptObjects(StoredSeal, select(StoredSeal.__table__).where(StoredSeal.submission_id.in_(_IDS)), many="ids")
_FIGURES = _of_submissions(Figure, Figure.indicator, Figure.value, Figure.reason)
_TARGETS = _of_submissions(PledgedTarget, PledgedTarget.indicator, PledgedTarget.value)
_CHOICES = _of_submissions(PledgeChoice, PledgeChoice.kind, PledgeChoice.code)
_NOMINATIONS = _of_submissions(Nomination, Nomination.award, Nomination.subject, Nomination.nominees, Nomination.matter)
_PAPERS = _of_submissions(
    Attachment,
    *(getattr(Attachment, name) for name in SealedPaper._fields[1:]),
    only=Attachment.removed_at.is_(None),
)
_ERASED = _of_submissions(Attachment, Attachment.requirement, only=Attachment.erased_at.is_not(None))
_DUE = KeptStatement(
    select(StoredSeal.submission_id)
    .where(StoredSeal.checked_at < bindparam("before"))
    .order_by(StoredSeal.checked_at)
    .limit(bindparam("limit", type_=Integer))
)
_PROGRESS = KeptStatement(
    select(func.count(), func.count().filter(StoredSeal.checked_at >= bindparam("since"))).select_from(StoredSeal)
)
_REPLACED = ("salt", "digests", "matched_at", "checked_at", "faults")
_PUT = KeptStatement.insert(
    cast(Table, StoredSeal.__table__),
    lambda insert: insert.on_conflict_do_update(
        index_elements=["submission_id"], set_={name: insert.excluded[name] for name in _REPLACED}
    ),
    columns=("submission_id", *_REPLACED),
)


class Seals:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def put_all(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store a seal for each of these submissions, in place of the one they have."""
        await _PUT.execute_each(self._session, rows)

    async def find(self, submission_id: int) -> StoredSeal | None:
        return await self._session.get(StoredSeal, submission_id)

    async def of(self, submission_ids: Sequence[int]) -> Mapping[int, StoredSeal]:
        """Return {submission_id: StoredSeal}."""
        return {row.submission_id: row for row in await _SEALS.all(self._session, {"ids": submission_ids})}

    async def due(self, *, before: datetime, limit: int) -> Sequence[int]:
        """Return the ids of at most `limit` submissions whose seal was last checked before this time, oldest first."""
        return [key for (key,) in await _DUE.read(self._session, {"before": before, "limit": limit})]

    async def progress(self, *, since: datetime) -> tuple[int, int]:
        """Return (number of seals, number of those checked at this time or later)."""
        ((all_seals, checked),) = await _PROGRESS.read(self._session, {"since": since})
        return all_seals, checked

    async def unsealed(self, *, limit: int) -> Sequence[int]:
        """Return the ids of at most `limit` submissions that are handed in, with a receipt and without a seal."""
        query = select(Submission.id).join(Receipt).outerjoin(StoredSeal, StoredSeal.submission_id == Submission.id)
        query = query.where(StoredSeal.submission_id.is_(None), Submission.submitted_at.is_not(None))
        return (await self._session.scalars(query.distinct().order_by(Submission.id).limit(limit))).all()

    async def all(self) -> Sequence[int]:
        """Return the ids of all submissions that have a seal."""
        return (await self._session.scalars(select(StoredSeal.submission_id))).all()

    async def heads(self, submission_ids: Sequence[int]) -> Sequence[Row[Any]]:
        """Return a row for each submission: its own columns, those of its duty, and its last receipt's, if any."""
        return (await self._session.execute(_HEADS, {"ids": [*submission_ids]})).all()

    async def figures(self, submission_ids: Sequence[int]) -> Sequence[Sequence[Any]]:
        """Return (submission_id, indicator, value, reason) of each line."""
        return await self._rows(_FIGURES, submission_ids)

    async def targets(self, submission_ids: Sequence[int]) -> Sequence[Sequence[Any]]:
        """Return (submission_id, indicator, value) of each line."""
        return await self._rows(_TARGETS, submission_ids)

    async def choices(self, submission_ids: Sequence[int]) -> Sequence[Sequence[Any]]:
        """Return (submission_id, kind, code) of each choice."""
        return await self._rows(_CHOICES, submission_ids)

    async def nominations(self, submission_ids: Sequence[int]) -> Sequence[Sequence[Any]]:
        """Return (submission_id, award, subject, nominees, matter) of each dossier."""
        return await self._rows(_NOMINATIONS, submission_ids)

    async def papers(self, submission_ids: Sequence[int]) -> Sequence[SealedPaper]:
        """Return the attachments that are not removed."""
        return [SealedPaper(*row) for row in await self._rows(_PAPERS, submission_ids)]

    async def erased(self, submission_ids: Sequence[int]) -> Sequence[Sequence[Any]]:
        """Return (submission_id, requirement) of attachments whose files were deleted after their retention period."""
        return await self._rows(_ERASED, submission_ids)

    async def _rows(self, statement: KeptStatement, submission_ids: Sequence[int]) -> Sequence[Sequence[Any]]:
        return await statement.read(self._session, {"ids": submission_ids})

    async def receipts(self) -> Sequence[Row[Any]]:
        """Return all receipts, also those replaced since, with the columns that the audit trail repeats."""
        columns = (Receipt.code, Receipt.at, Receipt.on_time, Receipt.extended_to, Receipt.sha256)
        return (await self._session.execute(select(Receipt.submission_id, *map(_stored, columns)))).all()


def spelled(value: Any) -> str | None:
    """Return a stored time in UTC as ISO 8601 with microseconds; a value that is no time is returned as text."""
    if value is None:
        return None
    try:
        hour = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except ValueError:
        return str(value)
    return (hour if hour.tzinfo else hour.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="microseconds")
