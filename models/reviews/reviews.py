"""Reviews of submissions, and the submissions that wait for one."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.submissions.submissions import Action, State
from domain.typed_input.words import LONGEST_SENTENCE
from models.base import Base, Instant
from models.duties.duties import Duty
from models.organisation.units import Unit
from models.statements.objects import KeptPairs
from models.submissions.submissions import Submission


class Review(Base):
    """A reviewer's action on a submission: check, acceptance, return, or decision on a correction request."""

    __tablename__ = "reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    action: Mapped[Action]
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str | None] = mapped_column(String(LONGEST_SENTENCE))
    """Reason why a decision was undone, if one is needed."""
    batch: Mapped[int | None] = mapped_column(index=True)
    """Id of the first review of those made by one press; NULL for a single one."""


_WAITING = KeptPairs(
    (Submission, Duty),
    select(Submission.__table__, Duty.__table__)
    .join(Duty, Submission.duty_id == Duty.id)
    .where(Duty.authority_id.in_(bindparam("authority_ids", expanding=True)))
    .where(Submission.state.in_(bindparam("states", expanding=True)), Duty.counted(day=bindparam("day", type_=Date)))
    .order_by(Submission.submitted_at, Submission.id),
    many=("authority_ids", "states"),
)


class Reviews:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: Review) -> None:
        self._session.add(row)

    async def last(self, submission_id: int) -> Review | None:
        query = select(Review).where(Review.submission_id == submission_id).order_by(Review.id.desc())
        return (await self._session.scalars(query)).first()

    async def undoing(self, review_id: int) -> tuple[Review, Review] | None:
        """Return (the review that undid a decision, the decision), or None if the review did not undo one."""
        review = await self._session.get(Review, review_id)
        if review is None or review.action is not Action.UNDO:
            return None
        earlier = select(Review).where(Review.submission_id == review.submission_id, Review.id < review_id)
        decision = (await self._session.scalars(earlier.order_by(Review.id.desc()))).first()
        return None if decision is None else (review, decision)

    async def of_batch(self, batch: int) -> Sequence[Review]:
        query = select(Review).where(Review.batch == batch).order_by(Review.id)
        return (await self._session.scalars(query)).all()

    async def last_batch(self, person_id: int, *, since: datetime) -> Sequence[Review]:
        """Return the reviews of the last batch that this person made since then; empty if there is none."""
        query = select(func.max(Review.batch)).where(Review.by == person_id, Review.at >= since)
        batch = await self._session.scalar(query)
        return () if batch is None else await self.of_batch(batch)

    async def decided(
        self, authority_ids: Sequence[int], *, day: date, limit: int
    ) -> Sequence[tuple[Submission, Duty]]:
        """Return at most `limit` submissions that were checked, accepted or returned last and have not moved since.

        The newest decision comes first.
        """
        last = select(func.max(Review.id)).group_by(Review.submission_id)
        query = (
            select(Submission, Duty)
            .join(Duty, Submission.duty_id == Duty.id)
            .join(Review, Review.submission_id == Submission.id)
            .where(Duty.authority_id.in_(authority_ids), Duty.counted(day=day), Review.id.in_(last))
            .where(Submission.state.in_((State.CHECKED, State.ACCEPTED, State.RETURNED)), Review.action != Action.UNDO)
            .order_by(Review.id.desc())
            .limit(limit)
        )
        return (await self._session.execute(query)).all()

    async def count_waiting(self, authority_ids: Sequence[int], states: Sequence[State], *, day: date) -> int:
        """Return how many submissions `waiting` would return."""
        query = (
            select(func.count())
            .select_from(Submission)
            .join(Duty, Submission.duty_id == Duty.id)
            .join(Unit, Duty.unit_id == Unit.id)
            .where(Duty.authority_id.in_(authority_ids), Submission.state.in_(states))
            .where(Duty.counted(day=day, unit=Unit))
        )
        return await self._session.scalar(query) or 0

    async def waiting(
        self, authority_ids: Sequence[int], states: Sequence[State], *, day: date
    ) -> Sequence[tuple[Submission, Duty]]:
        """Return the submissions to these authorities in one of these states, earliest hand-in first."""
        return await _WAITING.all(self._session, {"authority_ids": authority_ids, "states": states, "day": day})
