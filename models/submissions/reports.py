"""The figures of a report: each a value, or the reason why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import (
    Date,
    ForeignKey,
    FromClause,
    Integer,
    Select,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column

from domain.submissions.outliers import NeighbourFigures
from domain.submissions.submissions import HANDED_IN
from models.base import Base, Exact, Instant
from models.duties.duties import Duty
from models.locking import for_update, get_for_update
from models.organisation.clusters import Cluster, Membership
from models.organisation.reference import VERSION, reference_of
from models.organisation.units import Unit
from models.people.officers import Person
from models.statements.driver import connection_of, driver_connection
from models.statements.kept import KeptStatement
from models.statements.objects import KeptObjects, KeptPairs
from models.statements.together import Writing, write_together
from models.submissions.hard_copies import HardCopyClaim
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


@dataclass(frozen=True, slots=True)
class EnteredFigure:
    """A figure as plain values, of no session."""

    indicator: str
    value: Decimal | None
    reason: str | None
    entered_by: int
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class FilledReport:
    """What was entered for a report, from one statement."""

    submissions: Sequence[Submission]
    """In the order of their slots."""
    entered: dict[str, tuple[EnteredFigure, str]]
    """{indicator code: (figure, name of the person who entered it)} of the draft."""
    is_claimed: bool | None
    """Whether a claim that it was handed in on paper stops reminders, or None if that was not read."""


def _filled(*first: FromClause, locks: bool = False) -> Select[*tuple[Any, ...]]:
    """Return the figures of a duty's submissions, after the columns of these tables.

    With `locks`, a duty without any submission has no row, else an empty one.
    """
    claimed = select(HardCopyClaim.id).where(HardCopyClaim.duty_id == Duty.id, HardCopyClaim.stops_reminders())
    return (
        select(*first, Submission.__table__, Person.name, claimed.exists())
        .add_columns(Figure.indicator, Figure.value, Figure.reason, Figure.entered_by, Figure.entered_at)
        .select_from(Duty)
        .join(Submission, Submission.duty_id == Duty.id, isouter=not locks)
        .outerjoin(Figure, Figure.submission_id == Submission.id)
        .outerjoin(Person, Person.id == Figure.entered_by)
        .where(Duty.id == bindparam("duty_id"))
        .order_by(Submission.slot)
    )


_FILLED = KeptObjects(Submission, _filled())
# With the version, which has to be asked under the lock in any case.
_FILLED_FOR_UPDATE = KeptObjects(Submission, for_update(_filled(locks=True).add_columns(VERSION), of=Submission))
_FILLED_WITH_DUTY = KeptPairs((Duty, Submission), _filled(Duty.__table__).add_columns(VERSION))


def _beside() -> Select[str, str]:
    seat, day, unit_id = aliased(Membership), bindparam("day", type_=Date), bindparam("unit_id", type_=Integer)
    cluster = (
        select(seat.cluster_id)
        .join(Cluster, seat.cluster_id == Cluster.id)
        .where(seat.unit_id == unit_id, seat.on(day), Cluster.on(day))
        .order_by(Cluster.id)
        .limit(1)
        .scalar_subquery()
    )
    others = (
        select(Membership.unit_id)
        .join(Unit, Membership.unit_id == Unit.id)
        .where(Membership.cluster_id == cluster, Membership.on(day), Unit.on(day), Unit.id != unit_id)
    )
    return (
        select(Figure.indicator, func.aggregate_strings(Figure.value, " "))
        .join(Submission, Figure.submission_id == Submission.id)
        .join(Duty, Submission.duty_id == Duty.id)
        .where(Duty.plan_code == bindparam("plan_code"), Duty.code == bindparam("code"))
        .where(Duty.year == bindparam("year"), Duty.turn == bindparam("turn"))
        .where(Duty.unit_id.in_(others), Submission.state.in_(HANDED_IN), Figure.value.is_not(None))
        .group_by(Figure.indicator)
    )


_BESIDE = KeptStatement(_beside())
_BESIDE_IN_LINE = KeptStatement(_beside().where(Figure.indicator == bindparam("indicator")))
_REPLACED = ("value", "reason", "entered_by", "entered_at")
_PUT = KeptStatement.insert(
    cast(Table, Figure.__table__),
    lambda insert: insert.on_conflict_do_update(
        index_elements=["submission_id", "indicator"], set_={name: insert.excluded[name] for name in _REPLACED}
    ),
    columns=("submission_id", "indicator", *_REPLACED),
)


class Reports:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def put(self, submission_id: int, figures: Sequence[EnteredFigure], *, beside: Writing = ()) -> None:
        """Store the figures, each instead of one that the submission has for the indicator already, and `beside`."""
        columns = ("indicator", *_REPLACED)
        rows = [
            {"submission_id": submission_id, **{name: getattr(figure, name) for name in columns}} for figure in figures
        ]
        await write_together(self._session, [*((_PUT, row) for row in rows), *beside])

    async def figures(self, submission_id: int) -> dict[str, Figure]:
        rows = await self._session.scalars(select(Figure).where(Figure.submission_id == submission_id))
        return {row.indicator: row for row in rows}

    async def filled(self, duty_id: int) -> FilledReport:
        return _filled_report(await _FILLED.rows(self._session, {"duty_id": duty_id}))

    async def filled_for_update(self, duty_id: int) -> FilledReport:
        """Lock the submissions of a duty that is locked already."""
        return await self._noted(await _FILLED_FOR_UPDATE.rows(self._session, {"duty_id": duty_id}))

    async def duty_for_update(self, duty_id: int) -> tuple[Duty | None, FilledReport]:
        """Lock a duty and its submissions, and return it with what was entered for it."""
        opened = await driver_connection(self._session)
        if opened.dialect.name == "postgresql":
            # What others have entered while the lock was waited for is seen by a later statement only.
            duty = await get_for_update(self._session, Duty, duty_id, key_share=True)
            return duty, await self.filled_for_update(duty_id)
        rows = await _FILLED_WITH_DUTY.rows(self._session, {"duty_id": duty_id})
        return (rows[0][0] if rows else None), await self._noted([row[1:] for row in rows])

    async def _noted(self, rows: Sequence[tuple[Any, ...]]) -> FilledReport:
        """Note the version of the reference data, the last column."""
        if rows:
            reference_of(self._session).note(await connection_of(self._session), rows[0][-1])
        return _filled_report([row[:-1] for row in rows])

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

    async def values_beside(
        self, duty: Duty, *, day: date, indicator: str | None = None
    ) -> dict[str, NeighbourFigures]:
        """Return {indicator code: figures that the cluster's other units handed in for the same duty}, of all
        indicators or of one.
        """
        asked = {"plan_code": duty.plan_code, "code": duty.code, "year": duty.year, "turn": duty.turn}
        asked |= {"unit_id": duty.unit_id, "day": day, "indicator": indicator}
        rows = await (_BESIDE if indicator is None else _BESIDE_IN_LINE).rows(self._session, asked)
        return {indicator: NeighbourFigures(joined) for indicator, joined in rows}


def _filled_report(rows: Sequence[tuple[Any, ...]]) -> FilledReport:
    return FilledReport(
        submissions=list(dict.fromkeys(submission for submission, *_ in rows if submission is not None)),
        entered={
            figure[0]: (EnteredFigure(*figure), name or "")
            for submission, name, _, *figure in rows
            if figure[0] is not None and not submission.slot
        },
        is_claimed=rows[0][2] if rows else None,
    )
