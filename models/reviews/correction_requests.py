"""Requests of units to change a submission that is accepted already."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, BindParameter, ForeignKey, String, UniqueConstraint, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.typed_input.words import LONGEST_SENTENCE
from models.base import Base, Instant
from models.statements.objects import KeptObjects


class CorrectionRequest(Base):
    """A unit's request to change an accepted submission."""

    __tablename__ = "corrections"
    __table_args__ = (UniqueConstraint("submission_id", "turn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    turn: Mapped[int]
    keys: Mapped[list[str]] = mapped_column(JSON)
    """Keys of the items that the unit wants to change."""
    reason: Mapped[str] = mapped_column(String(LONGEST_SENTENCE))
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    answer: Mapped[str | None] = mapped_column(String(LONGEST_SENTENCE))
    """Reason why it was refused."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)


_IDS: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
_REQUESTS = KeptObjects(
    CorrectionRequest,
    select(CorrectionRequest.__table__)
    .where(CorrectionRequest.submission_id.in_(_IDS))
    .order_by(CorrectionRequest.turn),
    many="ids",
)


class CorrectionRequests:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: CorrectionRequest) -> None:
        self._session.add(row)

    async def find(self, request_id: int) -> CorrectionRequest | None:
        return await self._session.get(CorrectionRequest, request_id)

    async def last(self, submission_id: int) -> CorrectionRequest | None:
        return (await self.last_of([submission_id])).get(submission_id)

    async def last_of(self, submission_ids: Sequence[int]) -> dict[int, CorrectionRequest]:
        """Return {submission_id: its last request}."""
        requests = await _REQUESTS.all(self._session, {"ids": submission_ids})
        return {row.submission_id: row for row in requests}
