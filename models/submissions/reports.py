"""The figures of a report: each a value, or the reason why there is none."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column

from domain.submissions.submissions import HANDED_IN
from models.base import Base, Exact, Instant
from models.duties.duties import Duty
from models.organisation.units import Cluster, Membership, Unit
from models.people.officers import Person
from models.submissions.submissions import Submission


class Figure(Base):
    __tablename__ = "figures"
    __table_args__ = (UniqueConstraint("submission_id", "indicator"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    indicator: Mapped[str] = mapped_column(String(60))
    value: Mapped[Decimal | None] = mapped_column(Exact)
    """The figure; NULL if the unit has none, and `reason` says why."""
    reason: Mapped[str | None] = mapped_column(String(500))
    entered_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime] = mapped_column(Instant)


class Reports:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, figure: Figure) -> None:
        self._session.add(figure)

    async def figures(self, submission_id: int) -> dict[str, Figure]:
        rows = await self._session.scalars(select(Figure).where(Figure.submission_id == submission_id))
        return {row.indicator: row for row in rows}

    async def with_names(self, submission_id: int) -> dict[str, tuple[Figure, str]]:
        """Return {indicator code: (Figure, name of the person who entered it)}."""
        query = select(Figure, Person.name).join(Person, Figure.entered_by == Person.id)
        rows = await self._session.execute(query.where(Figure.submission_id == submission_id))
        return {figure.indicator: (figure, name) for figure, name in rows}

    async def values(self, submission_ids: Sequence[int]) -> dict[int, dict[str, Decimal]]:
        """Return {submission_id: {indicator code: figure}}; lines without a figure are left out."""
        query = select(Figure.submission_id, Figure.indicator, Figure.value)
        found: dict[int, dict[str, Decimal]] = {}
        for submission_id, indicator, value in await self._session.execute(
            query.where(Figure.submission_id.in_(submission_ids), Figure.value.is_not(None))
        ):
            if value is not None:
                found.setdefault(submission_id, {})[indicator] = value
        return found

    async def answered(self, submission_ids: Sequence[int]) -> dict[int, int]:
        """Return {submission_id: number of lines answered}; drafts without any are left out."""
        if not submission_ids:
            return {}
        query = (
            select(Figure.submission_id, func.count())
            .where(Figure.submission_id.in_(submission_ids))
            .group_by(Figure.submission_id)
        )
        return dict((await self._session.execute(query)).all())

    async def values_beside(self, duty: Duty, *, day: date) -> dict[str, list[Decimal]]:
        """Return {indicator code: figures that the cluster's other units handed in for the same duty}."""
        seat = aliased(Membership)
        cluster = (
            select(seat.cluster_id)
            .join(Cluster, seat.cluster_id == Cluster.id)
            .where(seat.unit_id == duty.unit_id, seat.on(day), Cluster.on(day))
            .order_by(Cluster.id)
            .limit(1)
            .scalar_subquery()
        )
        others = (
            select(Membership.unit_id)
            .join(Unit, Membership.unit_id == Unit.id)
            .where(Membership.cluster_id == cluster, Membership.on(day), Unit.on(day), Unit.id != duty.unit_id)
        )
        query = (
            select(Figure.indicator, Figure.value)
            .join(Submission, Figure.submission_id == Submission.id)
            .join(Duty, Submission.duty_id == Duty.id)
            .where(Duty.plan_code == duty.plan_code, Duty.code == duty.code)
            .where(Duty.year == duty.year, Duty.turn == duty.turn)
            .where(Duty.unit_id.in_(others), Submission.state.in_(HANDED_IN), Figure.value.is_not(None))
        )
        values: dict[str, list[Decimal]] = {}
        for indicator, value in await self._session.execute(query):
            if value is not None:
                values.setdefault(indicator, []).append(value)
        return values
