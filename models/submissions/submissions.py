"""Submissions and receipts; a pledge, report, paper or dossier is a submission from its first draft on."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import cast

from sqlalchemy import ForeignKey, String, Table, UniqueConstraint, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.attributes import set_committed_value

from domain.submissions.submissions import HANDED_IN, State
from models.base import Base, Instant
from models.locking import for_update, get_for_update
from models.statements.kept import KeptStatement
from models.statements.objects import KeptObjects
from models.statements.together import Written


class Submission(Base):
    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("duty_id", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    slot: Mapped[int] = mapped_column(default=0)
    """Number within the duty: 0 for the only one, one slot for each dossier, -1 for one handed in on paper."""
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    revision: Mapped[int] = mapped_column(default=0)
    """Number of changes so far: a hand-in names it, so that nobody hands in what they did not see."""
    declares_nothing: Mapped[bool] = mapped_column(default=False)
    """True if the unit declares that it has nothing to hand in."""
    changed_at: Mapped[datetime] = mapped_column(Instant)
    changed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    """Time of the hand-in; NULL before it, and again after a withdrawal."""
    as_of: Mapped[date | None]
    """Day through which the figures of an estimate are actual; NULL if the period had closed."""
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    counts_from: Mapped[datetime | None] = mapped_column(Instant)
    """Time that decides punctuality: the first hand-in's, or that of a correction made after `correct_by`."""

    late_reason: Mapped[str | None] = mapped_column(String(1000))
    """Written explanation of a late hand-in, if the plan asks for one."""

    @property
    def is_begun(self) -> bool:
        """False for a form that was only opened; a dossier is begun from the start, because it has nominees."""
        return bool(self.revision or self.slot or self.submitted_at)


class Receipt(Base):
    __tablename__ = "receipts"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    on_time: Mapped[bool]
    """Whether it was in time by the plan's own day."""
    extended_to: Mapped[date | None]
    """Granted day by which it was in time although late by the plan's day."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Hash of everything that was handed in, figures and files."""
    legal_basis: Mapped[str | None] = mapped_column(String(300))
    """Codes of the legal texts in force when a dossier was handed in; NULL for other submissions."""


_OF_RECEIPT = ("code", "submission_id", "at", "on_time", "extended_to", "sha256", "legal_basis")
_ADD_RECEIPT = KeptStatement.insert(cast(Table, Receipt.__table__), lambda insert: insert, columns=_OF_RECEIPT)

_OF_CHANGE = ("revision", "changed_at", "changed_by")
_SUBMISSIONS = cast(Table, Submission.__table__)
_WRITE_CHANGE = KeptStatement(
    update(_SUBMISSIONS)
    .where(_SUBMISSIONS.c.id == bindparam("of"))
    .values({column: bindparam(column) for column in _OF_CHANGE})
)


_ALL_OF = KeptObjects(
    Submission,
    select(_SUBMISSIONS)
    .where(_SUBMISSIONS.c.duty_id.in_(bindparam("duty_ids", expanding=True)))
    .order_by(_SUBMISSIONS.c.slot),
    many="duty_ids",
)
_ANY_OF_DUTY = select(_SUBMISSIONS).where(_SUBMISSIONS.c.duty_id == bindparam("duty_id"))
_ONE_OF_DUTY = _ANY_OF_DUTY.where(_SUBMISSIONS.c.slot == bindparam("slot"))
_OF_DUTY, _OF_DUTY_FOR_UPDATE = (KeptObjects(Submission, query) for query in (_ONE_OF_DUTY, for_update(_ONE_OF_DUTY)))
_ALL_FOR_UPDATE = KeptObjects(Submission, for_update(_ANY_OF_DUTY.order_by(_SUBMISSIONS.c.slot)))
_BY_KEY = KeptObjects(Submission, select(_SUBMISSIONS).where(_SUBMISSIONS.c.id == bindparam("key")))
_LAST_RECEIPT = KeptObjects(
    Receipt,
    select(Receipt.__table__)
    .where(Receipt.submission_id == bindparam("submission_id"))
    .order_by(Receipt.id.desc())
    .limit(1),
)


class Submissions:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: Submission) -> None:
        self._session.add(row)

    async def add_receipt(self, receipt: Receipt) -> None:
        """Insert a receipt; the object does not come to belong to the session."""
        await _ADD_RECEIPT.execute(self._session, {column: getattr(receipt, column) for column in _OF_RECEIPT})

    def writing_change(self, draft: Submission) -> Written:
        """Return what writes the draft's revision and who changed it; the session takes that as written.

        With every figure, the session's own way costs too much.
        """
        values = {column: getattr(draft, column) for column in _OF_CHANGE}
        for column, value in values.items():
            set_committed_value(draft, column, value)
        return _WRITE_CHANGE, {"of": draft.id, **values}

    async def find(self, submission_id: int) -> Submission | None:
        return await _BY_KEY.get(self._session, submission_id)

    async def with_ids(self, submission_ids: Collection[int]) -> Sequence[Submission]:
        query = select(Submission).where(Submission.id.in_(submission_ids)).order_by(Submission.id)
        return (await self._session.scalars(query)).all()

    async def find_for_update(self, submission_id: int) -> Submission | None:
        return await get_for_update(self._session, Submission, submission_id)

    async def of_duty(self, duty_id: int, *, slot: int = 0) -> Submission | None:
        return await _OF_DUTY.first(self._session, {"duty_id": duty_id, "slot": slot})

    async def of_duty_for_update(self, duty_id: int, *, slot: int = 0) -> Submission | None:
        return await _OF_DUTY_FOR_UPDATE.first(self._session, {"duty_id": duty_id, "slot": slot})

    async def all_for_update(self, duty_id: int) -> list[Submission]:
        """Lock and return all submissions of the duty, in the order of their slots."""
        return await _ALL_FOR_UPDATE.all(self._session, {"duty_id": duty_id})

    async def all_of(self, duty_ids: Sequence[int]) -> dict[int, list[Submission]]:
        """Return {duty_id: its submissions, in the order of their slots}."""
        found: dict[int, list[Submission]] = {}
        for submission in await _ALL_OF.all(self._session, {"duty_ids": duty_ids}):
            found.setdefault(submission.duty_id, []).append(submission)
        return found

    async def receipt(self, code: str) -> tuple[Receipt, Submission] | None:
        query = select(Receipt, Submission).join(Submission).where(Receipt.code == code)
        row = (await self._session.execute(query)).first()
        return None if row is None else (row[0], row[1])

    async def latest_receipts(self, duty_ids: Sequence[int], *, limit: int) -> Sequence[tuple[Receipt, int]]:
        """Return the last receipts of submissions that are still handed in, newest first, each with its duty's id."""
        last = (
            select(func.max(Receipt.id))
            .join(Submission)
            .where(Submission.duty_id.in_(duty_ids), Submission.state.in_(HANDED_IN))
            .group_by(Receipt.submission_id)
        )
        query = select(Receipt, Submission.duty_id).join(Submission).where(Receipt.id.in_(last))
        return [(row[0], row[1]) for row in await self._session.execute(query.order_by(Receipt.id.desc()).limit(limit))]

    async def last_receipts(self, submission_ids: Collection[int]) -> dict[int, Receipt]:
        """Return {submission_id: its last receipt}."""
        query = select(Receipt).where(Receipt.submission_id.in_(submission_ids)).order_by(Receipt.id)
        return {receipt.submission_id: receipt for receipt in await self._session.scalars(query)}

    async def last_receipt(self, submission_id: int) -> Receipt | None:
        return await _LAST_RECEIPT.first(self._session, {"submission_id": submission_id})
