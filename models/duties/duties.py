"""Duties: each is owed by one unit, under one plan, for one period."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, aliased, mapped_column

from domain.duties.due_hours import timed
from domain.duties.duties import Standing
from domain.duties.extensions import DueDays
from domain.duties.names import name_of
from domain.plans.deadlines import DutyKind
from domain.submissions.past_reports import PastSource
from domain.submissions.submissions import State
from models.base import Base, Instant
from models.locking import for_update, get_for_update
from models.organisation.units import Unit
from models.statements.objects import KeptObjects
from models.submissions.submissions import Submission

_OWES = aliased(Unit)
"""Alias of Unit, so that `Duty.counted()` can be used in queries that join Unit themselves."""


_OWED = text("standing IS NULL OR standing = 'RETURNED'")
"""Condition of the index of those that are owed, as `Duty.is_owed` says it too."""


class Duty(Base):
    __tablename__ = "duties"
    __table_args__ = (
        UniqueConstraint("plan_code", "code", "year", "turn", "unit_id"),
        Index("ix_duties_owed", "plan_code", "code", "year", "turn", sqlite_where=_OWED, postgresql_where=_OWED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_code: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    """Year in which it falls due; without a date, year in which it opens."""
    turn: Mapped[int] = mapped_column(default=0)
    """Quarter (1 to 4), month (1 to 12) or number of its event, if there may be several in the year, else 0."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    kind: Mapped[DutyKind]
    title: Mapped[str] = mapped_column(String(200))
    term: Mapped[str | None] = mapped_column(String(60))
    """The period that its name has in place of the year: «năm học 2025-2026», «tháng 3/2026»."""
    opened_at: Mapped[datetime] = mapped_column(Instant)
    last_valid_day: Mapped[date | None]
    """The plan's own day: it decides which unit owes the duty, and what is in time by the plan."""
    last_second: Mapped[time | None]
    """Last second of the plan's own day that is in time; NULL if the whole day is."""
    extended_to: Mapped[date | None]
    """Day that the standing body granted last."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    """Time from which the plan no longer contains it; the duty is not owed any more."""
    past: Mapped[PastSource | None]
    """Who entered the report of a period before the bot; NULL for duties that were opened here.

    Such a duty is only there to compare with: it is in no list of duties.
    """
    standing: Mapped[Standing | None]
    """RETURNED, ACCEPTED or HANDED_IN by its submissions, NULL without any; a trigger keeps it with each change."""
    counts_from: Mapped[datetime | None] = mapped_column(Instant)
    """Earliest `counts_from` of its submissions; kept like `standing`."""

    @classmethod
    def counted(
        cls, *, day: date | ColumnElement[date] | None = None, unit: type[Unit] | None = None
    ) -> ColumnElement[bool]:
        """Condition: the duty was opened here, is not withdrawn, and its unit exists through the last valid day.

        A duty without a last valid day counts only if `day` is given, and its unit exists through it. A query that
        joins the unit anyway passes it as `unit`, so that it is not looked up twice.
        """
        return and_(cls.stands(day=day, unit=unit), cls.past.is_(None))

    @classmethod
    def stands(
        cls, *, day: date | ColumnElement[date] | None = None, unit: type[Unit] | None = None
    ) -> ColumnElement[bool]:
        """Condition: like `counted`, for comparisons: reports entered of past periods stand as well."""
        last = cls.last_valid_day if day is None else func.coalesce(cls.last_valid_day, day)
        owes = unit or _OWES
        lives = or_(owes.valid_to.is_(None), owes.valid_to >= last)
        exists = lives if unit else select(owes.id).where(owes.id == cls.unit_id, lives).exists()
        return and_(cls.withdrawn_at.is_(None), exists)

    @property
    def days(self) -> DueDays:
        return DueDays(timed(self.last_valid_day, self.last_second), self.extended_to)

    @property
    def name(self) -> str:
        """«Báo cáo 6 tháng 2026», «Tổng kết năm học 2025-2026»."""
        return name_of(self.title, year=self.year, term=self.term)

    @hybrid_property
    def due_day(self) -> date | None:
        """Last valid day for this unit: the plan's, or a later one that was granted."""
        return self.days.last_valid_day

    @due_day.inplace.expression
    @classmethod
    def _due_day(cls) -> ColumnElement[date | None]:
        return case((cls.extended_to > cls.last_valid_day, cls.extended_to), else_=cls.last_valid_day)

    @hybrid_property
    def is_owed(self) -> bool:
        """Whether nothing that was handed in for it stands."""
        return self.standing in (None, Standing.RETURNED)

    @is_owed.inplace.expression
    @classmethod
    def _is_owed(cls) -> ColumnElement[bool]:
        # Not a parameter: both databases then know the condition of the index.
        return or_(cls.standing.is_(None), cls.standing == literal_column(f"'{Standing.RETURNED}'", String))

    @property
    def occurrence(self) -> tuple[str, int, int]:
        """Key of the duty within its plan, the same for all units: (code, year, turn)."""
        return self.code, self.year, self.turn


# This runs with every list of duties.
_OF_UNITS = KeptObjects(
    Duty,
    select(Duty.__table__)
    .where(Duty.unit_id.in_(bindparam("unit_ids", expanding=True)), Duty.counted(day=bindparam("day", type_=Date)))
    .order_by(Duty.last_valid_day, Duty.id),
    many="unit_ids",
)

_BY_KEY = KeptObjects(Duty, select(Duty.__table__).where(Duty.id == bindparam("key")))

_DAY = bindparam("day", type_=Date)
_DATED = (
    select(Duty.__table__)
    .where(Duty.unit_id.in_(bindparam("unit_ids", expanding=True)), Duty.counted(day=_DAY))
    .where(Duty.last_valid_day.is_not(None))
    .limit(1)
)
_NEXT_DUE = KeptObjects(
    Duty, _DATED.where(Duty.last_valid_day >= _DAY).order_by(Duty.last_valid_day, Duty.id), many="unit_ids"
)
# Of several due on one day the first one stays the current one when the day has passed.
_LAST_DUE = KeptObjects(Duty, _DATED.order_by(Duty.last_valid_day.desc(), Duty.id), many="unit_ids")


class Duties:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._found_last: Duty | None = None

    def add(self, duty: Duty) -> None:
        self._session.add(duty)

    async def add_all(self, duties: Sequence[Mapping[str, Any]]) -> None:
        """Add many duties in one statement; one that is open already is an error."""
        if duties:
            connection = await self._session.connection()
            await connection.execute(insert(Base.metadata.tables[Duty.__tablename__]), duties)

    async def find(self, duty_id: int) -> Duty | None:
        duty = await _BY_KEY.get(self._session, duty_id)
        # The session alone would forget a row that nobody holds, and read it again for the next query.
        self._found_last = duty
        return duty

    async def with_ids(self, duty_ids: Collection[int]) -> Sequence[Duty]:
        return (await self._session.scalars(select(Duty).where(Duty.id.in_(duty_ids)).order_by(Duty.id))).all()

    async def all_for_update(self, duty_ids: Collection[int]) -> dict[int, Duty]:
        """Lock the duties like `find_for_update`, and return {id: duty}."""
        query = select(Duty).where(Duty.id.in_(duty_ids)).order_by(Duty.id)
        return {duty.id: duty for duty in await self._session.scalars(for_update(query, key_share=True))}

    async def find_for_update(self, duty_id: int) -> Duty | None:
        """Lock the duty; others may add rows that refer to it meanwhile."""
        return await get_for_update(self._session, Duty, duty_id, key_share=True)

    async def of_plan(self, plan_code: str, *, day: date | None = None) -> Sequence[Duty]:
        """Return every duty of the plan, withdrawn or not, without past ones; with `day`, only those owed then."""
        query = select(Duty).where(Duty.plan_code == plan_code, Duty.past.is_(None)).order_by(Duty.id)
        if day is not None:
            query = query.where(Duty.counted(day=day))
        return (await self._session.scalars(query)).all()

    async def states(self, plan_code: str) -> dict[int, list[State]]:
        """Return {duty_id: states of its submissions}, without discarded ones."""
        query = (
            select(Submission.duty_id, Submission.state)
            .join(Duty, Submission.duty_id == Duty.id)
            .where(Duty.plan_code == plan_code, Submission.state != State.DISCARDED)
        )
        found: dict[int, list[State]] = {}
        for duty_id, state in await self._session.execute(query):
            found.setdefault(duty_id, []).append(state)
        return found

    async def counted(self, duty_ids: Sequence[int], *, day: date) -> Sequence[Duty]:
        """Return those of the duties that are still owed."""
        query = select(Duty).where(Duty.id.in_(duty_ids), Duty.counted(day=day)).order_by(Duty.id)
        return (await self._session.scalars(query)).all()

    async def withdrawn(self, duty_ids: Sequence[int]) -> Sequence[Duty]:
        """Return those of the duties that their plans do not contain any more."""
        query = select(Duty).where(Duty.id.in_(duty_ids), Duty.withdrawn_at.is_not(None)).order_by(Duty.id)
        return (await self._session.scalars(query)).all()

    async def of_units(self, unit_ids: Sequence[int], *, day: date) -> Sequence[Duty]:
        return await _OF_UNITS.all(self._session, {"unit_ids": unit_ids, "day": day})

    async def current_of(self, unit_ids: Sequence[int], *, day: date) -> Duty | None:
        """Return the dated duty of these units that is due next, or else the one that was due last."""
        values = {"unit_ids": unit_ids, "day": day}
        return await _NEXT_DUE.first(self._session, values) or await _LAST_DUE.first(self._session, values)

    async def of_authorities(self, authority_ids: Sequence[int], *, day: date) -> Sequence[Duty]:
        query = select(Duty).where(Duty.authority_id.in_(authority_ids), Duty.counted(day=day))
        return (await self._session.scalars(query.order_by(Duty.last_valid_day, Duty.id))).all()

    async def like(self, duty: Duty, *, day: date) -> Sequence[tuple[Duty, Unit]]:
        """Return the same duty of every unit that owes it, with the units."""
        query = (
            select(Duty, Unit)
            .join(Unit, Duty.unit_id == Unit.id)
            .where(Duty.plan_code == duty.plan_code, Duty.code == duty.code, Duty.year == duty.year)
            .where(Duty.turn == duty.turn, Duty.counted(day=day))
            .order_by(Unit.id)
        )
        return (await self._session.execute(query)).all()
