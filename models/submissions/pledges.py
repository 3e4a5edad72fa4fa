"""Pledges: a target per indicator, and the chosen campaigns and titles."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.submissions.pledges import ChoiceKind
from models.base import Base, Exact
from models.statements.objects import KeptObjects


class PledgedTarget(Base):
    __tablename__ = "targets"
    __table_args__ = (UniqueConstraint("submission_id", "indicator"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    indicator: Mapped[str] = mapped_column(String(60))
    value: Mapped[Decimal] = mapped_column(Exact)


class PledgeChoice(Base):
    __tablename__ = "choices"
    __table_args__ = (UniqueConstraint("submission_id", "kind", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    kind: Mapped[ChoiceKind]
    code: Mapped[str] = mapped_column(String(60))


_OF = bindparam("submission_id", type_=Integer)
_TARGETS = KeptObjects(PledgedTarget, select(PledgedTarget.__table__).where(PledgedTarget.submission_id == _OF))
_CHOICES = KeptObjects(
    PledgeChoice,
    select(PledgeChoice.__table__).where(PledgeChoice.submission_id == _OF).order_by(PledgeChoice.id),
)


class Pledges:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: PledgedTarget | PledgeChoice) -> None:
        self._session.add(row)

    async def remove(self, choice: PledgeChoice) -> None:
        await self._session.delete(choice)

    async def targets(self, submission_id: int) -> dict[str, PledgedTarget]:
        rows = await _TARGETS.all(self._session, {"submission_id": submission_id})
        return {row.indicator: row for row in rows}

    async def values(self, submission_ids: Sequence[int]) -> dict[int, dict[str, Decimal]]:
        """Return {submission_id: {indicator code: target}}."""
        query = select(PledgedTarget.submission_id, PledgedTarget.indicator, PledgedTarget.value)
        found: dict[int, dict[str, Decimal]] = {}
        for submission_id, indicator, value in await self._session.execute(
            query.where(PledgedTarget.submission_id.in_(submission_ids))
        ):
            found.setdefault(submission_id, {})[indicator] = value
        return found

    async def choices(self, submission_id: int) -> Sequence[PledgeChoice]:
        return await _CHOICES.all(self._session, {"submission_id": submission_id})

    async def choices_of(self, submission_ids: Sequence[int]) -> Sequence[PledgeChoice]:
        query = select(PledgeChoice).where(PledgeChoice.submission_id.in_(submission_ids)).order_by(PledgeChoice.id)
        return (await self._session.scalars(query)).all()
