"""Award dossiers and their attachments; a plan or another single document is a dossier without an award."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.dossiers.dossiers import LONGEST_NOMINEE, MOST_NOMINEES
from domain.dossiers.paper_checks import LONGEST_REASON
from domain.plans.plans import SubjectKind
from models.base import Base, Instant
from models.duties.duties import Duty
from models.statements.kept import KeptStatement
from models.statements.objects import KeptObjects
from models.submissions.submissions import Submission


class Nomination(Base):
    """The award that a dossier asks for, and its nominees."""

    __tablename__ = "nominations"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    award: Mapped[str] = mapped_column(String(60))
    subject: Mapped[SubjectKind]
    nominees: Mapped[str] = mapped_column(String(MOST_NOMINEES * (LONGEST_NOMINEE + 1)))
    """One nominee a line."""
    matter: Mapped[str | None] = mapped_column(String(60))
    """Code of the proposal subject with a responsible body, if the plan has such subjects."""
    counts: Mapped[dict[str, list[int]] | None] = mapped_column(JSON)
    """{code of a share: [number counted, headcount]} that the unit stated; NULL without any."""
    posted_from: Mapped[date | None]
    """First day of the public posting of the nominees, if the award asks for one."""
    posted_through: Mapped[date | None]


class Attachment(Base):
    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    requirement: Mapped[str] = mapped_column(String(60))
    file_name: Mapped[str] = mapped_column(String(255))
    file_key: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    pages: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    added_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    erased_at: Mapped[datetime | None] = mapped_column(Instant)
    """Time at which its stored file was deleted because its retention period was over."""
    album: Mapped[str | None] = mapped_column(String(64))
    """Messenger's id of the photo album that it began with: the album's other photos are its pages too."""
    photos: Mapped[list[list[int | str]] | None] = mapped_column(JSON)
    """[[id of the message, SHA-256 of the photo], …] for each page, in order; NULL for a file that was sent whole."""
    findings: Mapped[list[list[object]] | None] = mapped_column(JSON)
    """What the checks found, each as `Finding.kept` returns it; NULL for a file that came before there were checks."""
    kept_reason: Mapped[str | None] = mapped_column(String(LONGEST_REASON))
    """Why the sender keeps the file in spite of what was found."""
    kept_by: Mapped[int | None]
    """Id of the person who gave the reason."""
    kept_at: Mapped[datetime | None] = mapped_column(Instant)


_NOMINATION = KeptObjects(Nomination, select(Nomination.__table__).where(Nomination.submission_id == bindparam("key")))
_NOMINATIONS = KeptObjects(
    Nomination,
    select(Nomination.__table__).where(Nomination.submission_id.in_(bindparam("submission_ids", expanding=True))),
    many="submission_ids",
)
_PAPERS = KeptObjects(
    Attachment,
    select(Attachment.__table__)
    .where(Attachment.submission_id == bindparam("submission_id"), Attachment.removed_at.is_(None))
    .order_by(Attachment.id),
)


_UNITS_WITH_FILE = KeptStatement(
    select(Duty.unit_id)
    .join(Submission, Submission.duty_id == Duty.id)
    .join(Attachment, Attachment.submission_id == Submission.id)
    .where(Attachment.sha256 == bindparam("sha256"), Attachment.removed_at.is_(None))
    .where(Submission.id != bindparam("besides"))
    .distinct()
)


class Dossiers:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: Nomination | Attachment) -> None:
        self._session.add(row)

    async def nomination(self, submission_id: int) -> Nomination | None:
        return await _NOMINATION.get(self._session, submission_id)

    async def nominations(self, submission_ids: Sequence[int]) -> dict[int, Nomination]:
        rows = await _NOMINATIONS.all(self._session, {"submission_ids": submission_ids})
        return {row.submission_id: row for row in rows}

    async def papers(self, submission_id: int) -> Sequence[Attachment]:
        return await _PAPERS.all(self._session, {"submission_id": submission_id})

    async def papers_of_duty(self, duty_id: int) -> Sequence[Attachment]:
        """Return what all submissions of the duty hold, in the order in which it was begun and sent."""
        query = (
            select(Attachment)
            .join(Submission, Submission.id == Attachment.submission_id)
            .where(Submission.duty_id == duty_id, Attachment.removed_at.is_(None))
            .order_by(Attachment.submission_id, Attachment.id)
        )
        return (await self._session.scalars(query)).all()

    async def with_findings(self, submission_ids: Sequence[int]) -> set[int]:
        """Return the ids of those submissions that hold a file about which a check found something."""
        query = select(Attachment.submission_id, Attachment.findings).where(
            Attachment.submission_id.in_(submission_ids), Attachment.removed_at.is_(None)
        )
        return {id_ for id_, findings in await self._session.execute(query) if findings}

    async def units_with_file(self, sha256: str, *, besides: int) -> set[int]:
        """Return the ids of the units whose other submissions than `besides` hold the same file."""
        rows = await _UNITS_WITH_FILE.read(self._session, {"sha256": sha256, "besides": besides})
        return {unit_id for (unit_id,) in rows}

    async def paper(self, attachment_id: int) -> Attachment | None:
        return await self._session.get(Attachment, attachment_id)
