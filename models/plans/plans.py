"""Plans in force, stored as their YAML text, with earlier versions and the days that the standing body set."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.plans.occurrences import DaysSet
from domain.units import UnitKind
from models.base import Base, Instant
from models.locking import for_update
from models.organisation.reference import reference_of, unchangeable
from models.statements.objects import KeptObjects


class StoredPlan(Base):
    __tablename__ = "plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    loaded_at: Mapped[datetime] = mapped_column(Instant)
    """Time at which this text came into force."""
    first_loaded_at: Mapped[datetime] = mapped_column(Instant)
    counts_from: Mapped[date | None]
    """First day that counts: nothing due before it is owed. NULL if everything counts."""
    events: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    """Days of the plan's events as `event_rows` writes them; NULL if none was set."""
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """End of the plan: nothing is owed any more after it."""


class PlanVersion(Base):
    """A text of a plan that is or was in force; the newest equals the plan's own."""

    __tablename__ = "plan_versions"
    __table_args__ = (UniqueConstraint("plan_code", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_code: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Person who loaded it; NULL if it was loaded at the command line."""
    at: Mapped[datetime] = mapped_column(Instant)


class PlanChange(Base):
    """A change that a version made in one duty of one unit."""

    __tablename__ = "plan_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    code: Mapped[str] = mapped_column(String(60))
    old_title: Mapped[str | None] = mapped_column(String(200))
    """Title before, or NULL if the duty is new."""
    new_title: Mapped[str | None] = mapped_column(String(200))
    """Title now, or NULL if the duty is no longer owed."""
    old_day: Mapped[date | None]
    new_day: Mapped[date | None]
    old_second: Mapped[time | None]
    """Last second of the day that is in time; NULL if the whole day is."""
    new_second: Mapped[time | None]


class SetDate(Base):
    """A last valid day set by the standing body: for a rule without a date, or an earlier one for some units."""

    __tablename__ = "set_dates"
    __table_args__ = (UniqueConstraint("plan_code", "code", "year", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_code: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    kind: Mapped[UnitKind | None]
    """Kind of unit for which it is set; NULL for every kind without a row of its own."""
    day: Mapped[date]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)


_ALL = KeptObjects(StoredPlan, select(StoredPlan.__table__).order_by(StoredPlan.id))
_WITH_CODE = KeptObjects(StoredPlan, select(StoredPlan.__table__).where(StoredPlan.code == bindparam("code")))
_DATES = KeptObjects(
    SetDate, select(SetDate.__table__).where(SetDate.plan_code == bindparam("plan_code")).order_by(SetDate.id)
)


class Plans:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._reference = reference_of(session)

    def add(self, row: StoredPlan | PlanVersion | PlanChange | SetDate) -> None:
        self._session.add(row)

    async def all(self) -> Sequence[StoredPlan]:
        return await _ALL.all(self._session, {})

    async def run_by(self, authority_ids: Sequence[int]) -> set[int]:
        """Return the ids of those units that have a plan of their own."""
        query = select(StoredPlan.authority_id).where(StoredPlan.authority_id.in_(authority_ids))
        return set(await self._session.scalars(query))

    async def with_code(self, code: str) -> StoredPlan | None:
        return await _WITH_CODE.first(self._session, {"code": code})

    async def with_code_for_update(self, code: str) -> StoredPlan | None:
        return await self._session.scalar(for_update(select(StoredPlan).where(StoredPlan.code == code)))

    async def all_for_update(self) -> Sequence[StoredPlan]:
        return (await self._session.scalars(for_update(select(StoredPlan).order_by(StoredPlan.id)))).all()

    async def count_versions(self, code: str) -> int:
        query = select(func.count()).where(PlanVersion.plan_code == code)
        return await self._session.scalar(query) or 0

    async def version(self, version_id: int) -> PlanVersion:
        return await self._session.get_one(PlanVersion, version_id)

    async def version_before(self, version: PlanVersion) -> PlanVersion | None:
        query = select(PlanVersion).where(PlanVersion.plan_code == version.plan_code)
        return await self._session.scalar(query.where(PlanVersion.number == version.number - 1))

    async def changes(self, version_id: int, unit_ids: Sequence[int]) -> Sequence[PlanChange]:
        query = (
            select(PlanChange)
            .where(PlanChange.version_id == version_id, PlanChange.unit_id.in_(unit_ids))
            .order_by(PlanChange.new_day, PlanChange.id)
        )
        return (await self._session.scalars(query)).all()

    async def dates(self, plan_code: str) -> Sequence[SetDate]:
        return await _DATES.all(self._session, {"plan_code": plan_code})

    async def days_set(self, plan_code: str) -> DaysSet:
        async def read() -> DaysSet:
            return unchangeable({(row.code, row.year, row.kind): row.day for row in await self.dates(plan_code)})

        return await self._reference.kept(("days set", plan_code), read)

    async def date_set(self, plan_code: str, code: str, *, year: int, kind: UnitKind | None) -> SetDate | None:
        query = select(SetDate).where(SetDate.plan_code == plan_code, SetDate.code == code, SetDate.year == year)
        return await self._session.scalar(query.where(SetDate.kind == kind if kind else SetDate.kind.is_(None)))

    async def forget(self, row: SetDate) -> None:
        await self._session.delete(row)
