"""Rows of the compiled report: what all units handed in for one duty, read as plain rows, in batches.

A province has thousands of units and ten times as many figures: objects of the tables would hold the loop too long.
"""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Row, Select, and_, bindparam, func, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.plans.deadlines import DutyKind
from domain.submissions.submissions import HANDED_IN
from domain.successions import UnitChange
from models.duties.duties import Duty
from models.organisation.clusters import Cluster, Membership
from models.organisation.successions import Succession
from models.organisation.units import Unit
from models.plans.plans import PlanVersion
from models.statements.kept import KeptStatement
from models.submissions.hard_copies import HardCopyClaim
from models.submissions.pledges import PledgedTarget
from models.submissions.reports import Figure
from models.submissions.submissions import Submission

Rows = Sequence[Row[*tuple[Any, ...]]]

_BATCH = 500
"""Rows that are taken at a time; between two batches others may run."""


def _unfinished() -> Select[int]:
    return (
        select(Duty.id)
        .where(Duty.plan_code == bindparam("plan_code"), Duty.code == bindparam("code"))
        .where(Duty.year == bindparam("year"), Duty.turn == bindparam("turn"))
        .where(Duty.counted(day=bindparam("day", type_=Date)))
        .where(Duty.is_owed)
        .limit(bindparam("most", type_=Integer))
    )


# Asked with each hand-in, and building it takes longer than executing it.
_UNFINISHED = KeptStatement(_unfinished())


class Compilations:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def duties(self, plan_code: str, code: str) -> Sequence[Duty]:
        """Return one unit's duty of each year and turn."""
        one = select(func.min(Duty.id)).where(Duty.plan_code == plan_code, Duty.code == code)
        one = one.group_by(Duty.year, Duty.turn)
        return (await self._session.scalars(select(Duty).where(Duty.id.in_(one)).order_by(Duty.id))).all()

    async def units(self, duty: Duty, *, day: date) -> Rows:
        """Return a row for every unit that owes the duty.

        They are (duty_id, unit_id, name, kind, last_valid_day, extended_to, last_second).
        """
        query = (
            select(Duty.id, Unit.id, Unit.name, Unit.kind, Duty.last_valid_day, Duty.extended_to, Duty.last_second)
            .join(Unit, Duty.unit_id == Unit.id)
            .where(_is_like(duty), Duty.counted(day=day))
            .order_by(Unit.id)
        )
        return await self._rows(query)

    async def unfinished(self, duty: Duty, *, day: date, most: int) -> int:
        """Return how many units still owe the duty, counted up to `most`."""
        asked = {"plan_code": duty.plan_code, "code": duty.code, "year": duty.year, "turn": duty.turn}
        return len(await _UNFINISHED.rows(self._session, {**asked, "day": day, "most": most}))

    async def submissions(self, duty: Duty) -> Rows:
        """Return (duty_id, slot, state, revision, submitted_at, counts_from, as_of) of all submissions of the duty."""
        columns = (Submission.duty_id, Submission.slot, Submission.state, Submission.revision)
        query = (
            select(*columns, Submission.submitted_at, Submission.counts_from, Submission.as_of)
            .join(Duty, Submission.duty_id == Duty.id)
            .where(_is_like(duty))
        )
        return await self._rows(query)

    async def claimed(self, duty: Duty) -> set[int]:
        """Return the ids of the units whose claim of a paper stops reminders of the duty."""
        query = (
            select(Duty.unit_id)
            .join(HardCopyClaim, HardCopyClaim.duty_id == Duty.id)
            .where(_is_like(duty), HardCopyClaim.stops_reminders())
        )
        return set(await self._session.scalars(query))

    async def clusters(self, authority_id: int, *, day: date) -> Rows:
        """Return (unit_id, cluster_id, cluster name) of the authority's clusters; the first of a unit's counts."""
        query = (
            select(Membership.unit_id, Cluster.id, Cluster.name)
            .join(Cluster, Membership.cluster_id == Cluster.id)
            .where(Cluster.authority_id == authority_id, Membership.on(day), Cluster.on(day))
            .order_by(Cluster.id)
        )
        return await self._rows(query)

    def figures(self, duty: Duty) -> AsyncIterator[Rows]:
        """Yield batches of (unit_id, indicator, value, reason, entered_at) of the reports that are handed in."""
        query = (
            select(Duty.unit_id, Figure.indicator, Figure.value, Figure.reason, Figure.entered_at)
            .join(Submission, Figure.submission_id == Submission.id)
            .join(Duty, Submission.duty_id == Duty.id)
            .where(_is_like(duty), Submission.slot == 0, Submission.state.in_(HANDED_IN))
        )
        return self._batches(query)

    def pledged_figures(self, duty: Duty) -> AsyncIterator[Rows]:
        """Yield the batches of `figures` for a duty that is a pledge: its targets, without a reason."""
        query = (
            select(Duty.unit_id, PledgedTarget.indicator, PledgedTarget.value, null(), Submission.submitted_at)
            .join(Submission, PledgedTarget.submission_id == Submission.id)
            .join(Duty, Submission.duty_id == Duty.id)
            .where(_is_like(duty), Submission.slot == 0, Submission.state.in_(HANDED_IN))
        )
        return self._batches(query)

    def figures_before(self, duty: Duty) -> AsyncIterator[Rows]:
        """Yield batches of (duty_id, indicator, value, entered_at) of `reports_before` that were handed in."""
        query = (
            select(Duty.id, Figure.indicator, Figure.value, Figure.entered_at)
            .join(Submission, Figure.submission_id == Submission.id)
            .join(Duty, Submission.duty_id == Duty.id)
            .where(_was_reported(duty), Submission.slot == 0, Submission.submitted_at.is_not(None))
            .where(Figure.value.is_not(None))
        )
        return self._batches(query)

    async def reports_before(self, duty: Duty) -> Rows:
        """Return (duty_id, unit_id, plan_code, last_valid_day, past) of the same report a year before.

        In the order of ids; it may be another year's plan that asked for it, and units that ended since have it too.
        """
        return await self._duties(_was_reported(duty))

    def targets(self, duty: Duty, *, year: int) -> AsyncIterator[Rows]:
        """Yield batches of (duty_id, indicator, value, submitted_at) of the `pledges` that are handed in."""
        query = (
            select(Duty.id, PledgedTarget.indicator, PledgedTarget.value, Submission.submitted_at)
            .join(Submission, PledgedTarget.submission_id == Submission.id)
            .join(Duty, Submission.duty_id == Duty.id)
            .where(_is_pledge(duty, year), Submission.slot == 0, Submission.submitted_at.is_not(None))
        )
        return self._batches(query)

    async def pledges(self, duty: Duty, *, year: int) -> Rows:
        """Return (duty_id, unit_id, plan_code, last_valid_day, past) of the pledges of the year, by id."""
        return await self._duties(_is_pledge(duty, year))

    async def _duties(self, condition: ColumnElement[bool]) -> Rows:
        query = select(Duty.id, Duty.unit_id, Duty.plan_code, Duty.last_valid_day, Duty.past)
        return await self._rows(query.where(condition).order_by(Duty.id))

    async def merges(self, *, day: date) -> Sequence[tuple[int, int, date]]:
        """Return (unit_id, id of the unit that it merged into, day) of all mergers by this day."""
        query = select(Succession.unit_id, Succession.successor_id, Succession.day)
        query = query.where(Succession.change == UnitChange.MERGE, Succession.day <= day)
        return [(unit_id, heir, on) for unit_id, heir, on in await self._session.execute(query) if heir is not None]

    async def lifetimes(self, unit_ids: Sequence[int]) -> dict[int, tuple[date, date | None]]:
        """Return {unit_id: (first day, last day or None)}.

        A unit that no succession founded existed before it was entered: organisations are entered when they get the
        bot, and past reports may be entered too.
        """
        founded = select(Succession.id).where(Succession.successor_id == Unit.id, Succession.day <= Unit.valid_from)
        query = select(Unit.id, Unit.valid_from, Unit.valid_to, founded.exists()).where(Unit.id.in_(unit_ids))
        rows = await self._session.execute(query)
        return {unit_id: (first if is_founded else date.min, last) for unit_id, first, last, is_founded in rows}

    async def versions(self, plan_codes: Collection[str]) -> Sequence[tuple[str, datetime, str]]:
        """Return (plan code, time from which it was in force, text) of all versions of these plans, oldest first."""
        query = select(PlanVersion.plan_code, PlanVersion.at, PlanVersion.text)
        query = query.where(PlanVersion.plan_code.in_(plan_codes)).order_by(PlanVersion.number)
        return [(code, at, text) for code, at, text in await self._session.execute(query)]

    async def _rows(self, query: Select[*tuple[Any, ...]]) -> Rows:
        return [row async for batch in self._batches(query) for row in batch]

    async def _batches(self, query: Select[*tuple[Any, ...]]) -> AsyncIterator[Rows]:
        async for batch in (await self._session.stream(query)).partitions(_BATCH):
            yield batch


def _is_like(duty: Duty) -> ColumnElement[bool]:
    """Condition: the same duty, of any unit."""
    is_same = and_(Duty.plan_code == duty.plan_code, Duty.code == duty.code)
    return and_(is_same, Duty.year == duty.year, Duty.turn == duty.turn)


def _is_pledge(duty: Duty, year: int) -> ColumnElement[bool]:
    is_pledge = and_(Duty.kind == DutyKind.PLEDGE, Duty.year == year)
    return and_(is_pledge, Duty.authority_id == duty.authority_id, Duty.counted(day=date(year, 12, 31)))


def _was_reported(duty: Duty) -> ColumnElement[bool]:
    year = duty.year - 1
    is_same = and_(Duty.code == duty.code, Duty.turn == duty.turn, Duty.year == year)
    return and_(is_same, Duty.authority_id == duty.authority_id, Duty.stands(day=date(year, 12, 31)))
