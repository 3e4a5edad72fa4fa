"""What officers say they have handed in on paper, and what the standing body found."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint, and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.submissions.submissions import HANDED_IN
from domain.typed_input.words import LONGEST_SENTENCE
from models.base import Base, Instant
from models.duties.duties import Duty
from models.locking import get_for_update
from models.submissions.submissions import Submission


class PaperClaim(Base):
    __tablename__ = "paper_claims"
    __table_args__ = (UniqueConstraint("duty_id", "turn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    turn: Mapped[int]
    """Counts the duty's claims, so that two officers do not claim at once."""
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    """None while the standing body has not answered."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    lapsed_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it had waited for an answer so long that the unit is reminded again; it may still be answered."""
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"))
    """What the duty counts as handed in by; None where the paper was not found."""

    denial: Mapped[str | None] = mapped_column(String(LONGEST_SENTENCE))
    """Why the paper was not found to count."""

    @classmethod
    def silences(cls) -> ColumnElement[bool]:
        """Whether its unit is left alone."""
        return and_(cls.decided_at.is_(None), cls.lapsed_at.is_(None))


class PaperClaims:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, claim: PaperClaim) -> None:
        self._session.add(claim)

    async def find(self, claim_id: int) -> PaperClaim | None:
        return await self._session.get(PaperClaim, claim_id)

    async def find_for_update(self, claim_id: int) -> PaperClaim | None:
        return await get_for_update(self._session, PaperClaim, claim_id)

    async def waiting(self) -> Sequence[PaperClaim]:
        """All that still silence a unit."""
        return (await self._session.scalars(select(PaperClaim).where(PaperClaim.silences()))).all()

    async def undecided(self, authority_ids: Sequence[int]) -> Sequence[tuple[PaperClaim, Duty]]:
        """Claims before these authorities that nobody has answered, of duties not handed in yet; oldest first."""
        handed_in = select(Submission.duty_id).where(Submission.state.in_(HANDED_IN))
        query = (
            select(PaperClaim, Duty)
            .join(Duty, PaperClaim.duty_id == Duty.id)
            .where(PaperClaim.decided_at.is_(None), Duty.authority_id.in_(authority_ids))
            .where(Duty.counted(), Duty.id.not_in(handed_in))
            .order_by(PaperClaim.at, PaperClaim.id)
        )
        return (await self._session.execute(query)).all()

    async def silent(self, duty_ids: Sequence[int]) -> set[int]:
        """Those of the duties of which nobody is reminded."""
        query = select(PaperClaim.duty_id).where(PaperClaim.duty_id.in_(duty_ids), PaperClaim.silences())
        return set(await self._session.scalars(query))

    async def latest(self, duty_ids: Sequence[int]) -> dict[int, PaperClaim]:
        """By duty."""
        query = select(PaperClaim).where(PaperClaim.duty_id.in_(duty_ids)).order_by(PaperClaim.turn)
        return {claim.duty_id: claim for claim in await self._session.scalars(query)}
