"""Quotas of proposals, and merits that are kept for the year-end awards."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.dossiers.dossiers import LONGEST_NOMINEE, MOST_NOMINEES
from domain.plans.plans import SubjectKind
from domain.submissions.submissions import HANDED_IN
from models.base import Base, Instant
from models.duties.duties import Duty
from models.locking import for_update
from models.statements.objects import KeptObjects
from models.submissions.dossiers import Nomination
from models.submissions.submissions import Submission


class Quota(Base):
    """Most nominees for an award in a year, of all units or of one cluster; set by the standing body."""

    __tablename__ = "quotas"
    __table_args__ = (UniqueConstraint("plan_code", "year", "award", "cluster_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_code: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    award: Mapped[str] = mapped_column(String(60))
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey("clusters.id"))
    """Cluster to which it applies; NULL for all units of the plan together."""
    number: Mapped[int]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class Merit(Base):
    """A merit that does not count in a campaign and is kept for the year-end awards."""

    __tablename__ = "merits"

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    """Dossier duty of the campaign."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    year: Mapped[int]
    subject: Mapped[SubjectKind]
    nominees: Mapped[str] = mapped_column(String(MOST_NOMINEES * (LONGEST_NOMINEE + 1)))
    """One nominee a line."""
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)


_YEAR = bindparam("year", type_=Integer)
_OF_PLAN = (
    select(Quota.__table__).where(Quota.plan_code == bindparam("plan_code"), Quota.year == _YEAR).order_by(Quota.id)
)
_QUOTAS, _QUOTAS_FOR_UPDATE = KeptObjects(Quota, _OF_PLAN), KeptObjects(Quota, for_update(_OF_PLAN))
_MERITS = KeptObjects(
    Merit,
    select(Merit.__table__).where(Merit.unit_id == bindparam("unit_id"), Merit.year == _YEAR).order_by(Merit.id),
)


class Proposals:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: Quota | Merit) -> None:
        self._session.add(row)

    async def quotas(self, plan_code: str, *, year: int) -> Sequence[Quota]:
        return await _QUOTAS.all(self._session, {"plan_code": plan_code, "year": year})

    async def quotas_for_update(self, plan_code: str, *, year: int) -> Sequence[Quota]:
        """Lock and return the quotas: two units that want the last place at once wait for each other here."""
        return await _QUOTAS_FOR_UPDATE.all(self._session, {"plan_code": plan_code, "year": year})

    async def forget(self, quota: Quota) -> None:
        await self._session.delete(quota)

    async def handed_in(self, plan_code: str, *, year: int) -> Sequence[tuple[int, str, str]]:
        """Return (unit_id, award code, nominees) of every dossier that is handed in; nominees are one a line."""
        query = (
            select(Duty.unit_id, Nomination.award, Nomination.nominees)
            .join(Submission, Submission.id == Nomination.submission_id)
            .join(Duty, Submission.duty_id == Duty.id)
            .where(Duty.plan_code == plan_code, Duty.year == year, Submission.state.in_(HANDED_IN))
        )
        return [(row[0], row[1], row[2]) for row in await self._session.execute(query)]

    async def merits(self, unit_id: int, *, year: int) -> Sequence[Merit]:
        return await _MERITS.all(self._session, {"unit_id": unit_id, "year": year})
