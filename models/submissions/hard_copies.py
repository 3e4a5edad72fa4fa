"""Officers' claims that something was handed in on paper, and the standing body's answers."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint, and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.submissions.submissions import HANDED_IN
from domain.typed_input.words import LONGEST_SENTENCE
from models.base import Base, Instant
from models.duties.duties import Duty
from models.locking import for_update, get_for_update
from models.statements.kept import KeptStatement
from models.statements.objects import KeptObjects
from models.submissions.submissions import Submission


class HardCopyClaim(Base):
    __tablename__ = "paper_claims"
    __table_args__ = (UniqueConstraint("duty_id", "turn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    turn: Mapped[int]
    """Number of the claim within the duty; being unique, it makes one of two simultaneous ones fail."""
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    """Time of the standing body's answer, or NULL while there is none."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    lapsed_at: Mapped[datetime | None] = mapped_column(Instant)
    """Time from which the unit was reminded again, because there was no answer; it may still be answered."""
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"))
    """Submission that counts as the duty's hand-in; NULL if the paper was not found."""

    denial: Mapped[str | None] = mapped_column(String(LONGEST_SENTENCE))
    """Reason why the paper does not count."""

    @property
    def is_waiting(self) -> bool:
        """Whether the claim is neither answered nor lapsed."""
        return self.decided_at is None and self.lapsed_at is None

    @classmethod
    def stops_reminders(cls) -> ColumnElement[bool]:
        """Condition: the claim stops reminders, because it is waiting."""
        return and_(cls.decided_at.is_(None), cls.lapsed_at.is_(None))


_WAITING = KeptObjects(HardCopyClaim, select(HardCopyClaim.__table__).where(HardCopyClaim.stops_reminders()))
_WITHOUT_REMINDERS = KeptStatement(
    select(HardCopyClaim.duty_id).where(
        HardCopyClaim.duty_id.in_(bindparam("duty_ids", expanding=True)), HardCopyClaim.stops_reminders()
    ),
    many="duty_ids",
)


class HardCopyClaims:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, claim: HardCopyClaim) -> None:
        self._session.add(claim)

    async def find(self, claim_id: int) -> HardCopyClaim | None:
        return await self._session.get(HardCopyClaim, claim_id)

    async def find_for_update(self, claim_id: int) -> HardCopyClaim | None:
        return await get_for_update(self._session, HardCopyClaim, claim_id)

    async def all_for_update(self, claim_ids: Collection[int]) -> Sequence[HardCopyClaim]:
        query = select(HardCopyClaim).where(HardCopyClaim.id.in_(claim_ids)).order_by(HardCopyClaim.id)
        return (await self._session.scalars(for_update(query))).all()

    async def waiting(self) -> Sequence[HardCopyClaim]:
        """Return all claims that still stop reminders."""
        return await _WAITING.all(self._session, {})

    async def undecided(self, authority_ids: Sequence[int]) -> Sequence[tuple[HardCopyClaim, Duty]]:
        """Return the unanswered claims to these authorities for duties that are not handed in, oldest first."""
        handed_in = select(Submission.duty_id).where(Submission.state.in_(HANDED_IN))
        query = (
            select(HardCopyClaim, Duty)
            .join(Duty, HardCopyClaim.duty_id == Duty.id)
            .where(HardCopyClaim.decided_at.is_(None), Duty.authority_id.in_(authority_ids))
            .where(Duty.counted(), Duty.id.not_in(handed_in))
            .order_by(HardCopyClaim.at, HardCopyClaim.id)
        )
        return (await self._session.execute(query)).all()

    async def awaited_of(self, unit_ids: Collection[int], *, day: date) -> Sequence[Duty]:
        """Return the duties of these units whose reminders a claim stops."""
        stopped = select(HardCopyClaim.duty_id).where(HardCopyClaim.stops_reminders())
        query = select(Duty).where(Duty.unit_id.in_(unit_ids), Duty.id.in_(stopped), Duty.counted(day=day))
        return (await self._session.scalars(query.order_by(Duty.last_valid_day, Duty.id))).all()

    async def without_reminders(self, duty_ids: Sequence[int]) -> set[int]:
        """Return the ids of those duties whose reminders a claim stops."""
        return {duty_id for (duty_id,) in await _WITHOUT_REMINDERS.rows(self._session, {"duty_ids": duty_ids})}

    async def latest(self, duty_ids: Sequence[int]) -> dict[int, HardCopyClaim]:
        """Return {duty_id: its latest claim}."""
        query = select(HardCopyClaim).where(HardCopyClaim.duty_id.in_(duty_ids)).order_by(HardCopyClaim.turn)
        return {claim.duty_id: claim for claim in await self._session.scalars(query)}
