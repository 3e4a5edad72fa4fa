"""The part of each unit in a duty's tally, decided and counted by the database."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    Subquery,
    Time,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlalchemy.sql.expression import SQLColumnExpression

from domain.duties.due_hours import timed
from domain.duties.duties import LINGERS, Standing
from domain.duties.tallies import HANDED_IN_PARTS, TallyPart
from domain.plans.deadlines import DutyKind
from models.duties.duties import Duty
from models.duties.local_time import DayOf, TimeOf, interval
from models.organisation.clusters import Cluster, Membership
from models.organisation.units import Unit
from models.statements.kept import KeptStatement
from models.submissions.hard_copies import HardCopyClaim


class TallyLine(NamedTuple):
    """One unit that owes a duty, or has handed it in; or a number of those that have handed it in."""

    unit_id: int | None
    """None if the units of the line are counted without being named."""
    name: str | None
    part: str
    ahead_until: date | None
    """The granted day, while it is ahead, whether or not it is later than the plan's."""
    cluster_id: int | None
    units: int
    """How many units the line stands for: 1 if it names one."""


class PartCount(NamedTuple):
    """How many units are in one part of one duty."""

    plan_code: str
    code: str
    year: int
    turn: int
    part: str
    units: int
    duty_id: int
    """Lowest id of these duties."""
    kind: DutyKind
    title: str
    term: str | None
    last_valid_day: date | None
    """The latest of the plan's days."""
    last_second: time | None
    """Its last second that is in time, or None if the whole day is."""
    due_day: date | None
    """The earliest of the units' days, granted ones included."""


# Building and keying a statement takes longer than most of them run, so these are built once.
_TODAY = bindparam("today", type_=Date)
_SECOND = bindparam("second", type_=Time)
"""Local time of the day, without parts of a second."""
_DAY = bindparam("day", type_=Date)
"""Day whose clusters count."""
_KEY = (Duty.plan_code, Duty.code, Duty.year, Duty.turn)
_LIKE = and_(*(column == bindparam(column.key) for column in _KEY))
_MEMBER = aliased(Membership)
"""Alias of Membership, for queries that join the units' clusters beside it."""
_OF_AUTHORITIES = Duty.authority_id.in_(bindparam("authority_ids", expanding=True))


def _number(value: int) -> ColumnElement[int]:
    return literal_column(str(value), Integer)


def _word(part: TallyPart | Standing) -> ColumnElement[str]:
    return literal_column(f"'{part}'", String)


def _facts(*conditions: ColumnElement[bool], beside: Sequence[Any]) -> Select[Any]:
    """Return what decides the part of each of the duties, and the columns `beside`."""
    deciding = (Duty.id, Duty.last_valid_day, Duty.last_second, Duty.extended_to, Duty.standing, Duty.counts_from)
    facts = select(*deciding, *beside).join(Unit, Unit.id == Duty.unit_id)
    return facts.where(*conditions, Duty.counted(day=_TODAY, unit=Unit))


def _places(*, of_cluster: bool) -> Subquery:
    """Return the cluster of each unit on `_DAY`, among those of the authority."""
    # Looked up unit by unit, PostgreSQL reads all clusters again for each.
    placed = (
        select(Membership.unit_id, func.max(Membership.cluster_id).label("cluster_id"))
        .join(Cluster, Cluster.id == Membership.cluster_id)
        .where(Membership.on(_DAY), Cluster.on(_DAY), Cluster.authority_id == bindparam("authority_id"))
        .group_by(Membership.unit_id)
    )
    return (placed.where(_in_cluster(Membership.unit_id, _DAY)) if of_cluster else placed).subquery("places")


def _part(facts: Subquery) -> ColumnElement[str]:
    """Return the part of each duty: `part_of` as SQL; a test holds the two equal."""
    of = facts.c
    has_it = of.standing.in_([_word(Standing.ACCEPTED), _word(Standing.HANDED_IN)])
    day = DayOf(of.counts_from, bindparam("ahead", type_=String))
    # Most duties have no hour: their time of day is not read.
    is_before_hour = or_(
        of.last_second.is_(None),
        day != of.last_valid_day,
        TimeOf(of.counts_from, bindparam("ahead", type_=String)) <= of.last_second,
    )
    is_on_time = or_(
        of.last_valid_day.is_(None), of.counts_from.is_(None), and_(day <= of.last_valid_day, is_before_hour)
    )
    is_extended = of.extended_to > of.last_valid_day
    # Written here, the claims are read only of the duties that nobody has handed in.
    is_claimed = exists().where(HardCopyClaim.duty_id == of.id, HardCopyClaim.stops_reminders())
    handed_in = case(
        (is_on_time, _word(TallyPart.ON_TIME)),
        (and_(is_extended, day <= of.extended_to), _word(TallyPart.IN_EXTENSION)),
        else_=_word(TallyPart.LATE),
    )
    return case(
        (has_it, handed_in),
        (is_claimed, _word(TallyPart.PAPER_CLAIMED)),
        (of.standing == _word(Standing.RETURNED), _word(TallyPart.MENDING)),
        (and_(is_extended, of.extended_to >= _TODAY), _word(TallyPart.SPARED)),
        (_due_day(of) < _TODAY, _word(TallyPart.OVERDUE)),
        (and_(_due_day(of) == _TODAY, of.last_second < _SECOND), _word(TallyPart.OVERDUE)),
        else_=_word(TallyPart.OWED),
    )


def _due_day(of: Any) -> ColumnElement[date]:
    """Return the granted day if it is later than the plan's, else the plan's; `of` has both columns."""
    return case((of.extended_to > of.last_valid_day, of.extended_to), else_=of.last_valid_day)


def _in_cluster(unit_id: SQLColumnExpression[int], day: ColumnElement[date]) -> ColumnElement[bool]:
    members = select(_MEMBER.unit_id).where(_MEMBER.cluster_id == bindparam("cluster_id"), _MEMBER.on(day))
    return unit_id.in_(members)


def _lines(*, of_cluster: bool = False) -> Select[Any]:
    """Return a row for each unit, or each of the cluster; clusters are those of `_DAY`."""
    owing = [_in_cluster(Duty.unit_id, _DAY)] if of_cluster else []
    places = _places(of_cluster=of_cluster)
    placed = _facts(_LIKE, *owing, beside=(Duty.unit_id, Unit.name, places.c.cluster_id))
    facts = placed.outerjoin(places, places.c.unit_id == Duty.unit_id).subquery("facts")
    of = facts.c
    ahead_until = case((of.extended_to >= _TODAY, of.extended_to)).label("ahead_until")
    part = _part(facts).label("part")
    return select(of.unit_id, of.name, part, ahead_until, of.cluster_id, _number(1).label("units")).order_by(of.unit_id)


def _open_lines(*, of_cluster: bool = False) -> CompoundSelect[Any]:
    """Return a row for each unit that has not handed in, and the numbers of those that have, by part and cluster."""
    of = _lines(of_cluster=of_cluster).order_by(None).cte("lines").c
    has_it = of.part.in_([_word(part) for part in HANDED_IN_PARTS])
    counted = select(null(), null(), of.part, null(), of.cluster_id, func.count()).where(has_it)
    named = select(*of).where(not_(has_it))
    return named.union_all(counted.group_by(of.part, of.cluster_id)).order_by(named.selected_columns.unit_id)


def _counts(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Return a row for each current duty and part."""
    is_current = or_(Duty.year >= bindparam("this_year"), _due_day(Duty) >= bindparam("since", type_=Date))
    beside = (*_KEY, Duty.kind, Duty.title, Duty.term)
    facts = _facts(_OF_AUTHORITIES, is_current, *conditions, beside=beside).subquery("facts")
    of = facts.c
    part = _part(facts).label("part")
    key = [of[column.key] for column in _KEY]
    return select(
        *(*key, part, func.count(), func.min(of.id), func.min(of.kind), func.min(of.title)),
        func.min(of.term),
        func.max(of.last_valid_day),
        func.max(of.last_second),
        func.min(_due_day(of)),
    ).group_by(*key, part)


def _counts_in_cluster() -> Select[Any]:
    """Count the units that were in the cluster on the last valid day, or are in it where that is ahead."""
    lasts = (
        select(*_KEY, func.max(Duty.last_valid_day).label("last_valid_day"))
        .where(_OF_AUTHORITIES, Duty.counted(day=_TODAY))
        .group_by(*_KEY)
        .cte("lasts")
    )
    last = select(lasts.c.last_valid_day).where(*(lasts.c[column.key] == column for column in _KEY))
    last_day = last.correlate(Duty).scalar_subquery()
    return _counts(_in_cluster(Duty.unit_id, case((last_day < _TODAY, last_day), else_=_TODAY)))


def _last_day(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    query = select(func.min(Duty.id), func.max(Duty.last_valid_day), func.max(Duty.last_second))
    return query.join(Unit, Unit.id == Duty.unit_id).where(_LIKE, Duty.counted(day=_TODAY, unit=Unit), *conditions)


_LAST_DAY = KeptStatement(_last_day())
_LAST_DAY_IN_CLUSTER = KeptStatement(_last_day(_in_cluster(Duty.unit_id, _DAY)))
_LINES = KeptStatement(_lines())
_LINES_OF_CLUSTER = KeptStatement(_lines(of_cluster=True))
_OPEN_LINES = KeptStatement(_open_lines())
_OPEN_LINES_OF_CLUSTER = KeptStatement(_open_lines(of_cluster=True))
_COUNTS = KeptStatement(_counts(), many="authority_ids")
_COUNTS_OF_CLUSTER = KeptStatement(_counts_in_cluster(), many="authority_ids")


class Tallies:
    """Counts of what is written, not of what the session still holds.

    `now` is the local time, `today` the local day.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def head(self, duty: Duty, *, today: date) -> tuple[int | None, date | None]:
        """Return (lowest id, latest last valid day) of the same duty of all units that owe it; None without any."""
        ((duty_id, last_valid_day, second),) = await _LAST_DAY.rows(self._session, {**_key(duty), "today": today})
        return duty_id, timed(last_valid_day, second)

    async def last_day_in(self, cluster_id: int, duty: Duty, *, today: date, day: date) -> date | None:
        """Return the latest last valid day of the units that are in the cluster on `day`."""
        values = {**_key(duty), "today": today, "day": day, "cluster_id": cluster_id}
        ((_, last_valid_day, second),) = await _LAST_DAY_IN_CLUSTER.rows(self._session, values)
        return timed(last_valid_day, second)

    async def lines(
        self, duty: Duty, *, now: datetime, day: date, cluster_id: int | None = None
    ) -> Sequence[TallyLine]:
        """Return all units that have the duty, with the clusters of `day`, in the order of their ids."""
        values = {**_at(now), "day": day}
        if cluster_id is None:
            return await self._lines(_LINES, duty, values)
        return await self._lines(_LINES_OF_CLUSTER, duty, {**values, "cluster_id": cluster_id})

    async def open_lines(
        self, duty: Duty, *, now: datetime, day: date, cluster_id: int | None = None
    ) -> Sequence[TallyLine]:
        """Return like `lines` the units that have not handed in, and only the numbers of those that have."""
        values = {**_at(now), "day": day}
        if cluster_id is None:
            return await self._lines(_OPEN_LINES, duty, values)
        return await self._lines(_OPEN_LINES_OF_CLUSTER, duty, {**values, "cluster_id": cluster_id})

    async def _lines(self, statement: KeptStatement, duty: Duty, values: dict[str, Any]) -> Sequence[TallyLine]:
        values = {**_key(duty), "authority_id": duty.authority_id, **values}
        return [TallyLine._make(row) for row in await statement.rows(self._session, values)]

    async def counts(
        self, authority_ids: Sequence[int], *, now: datetime, cluster_id: int | None = None
    ) -> list[PartCount]:
        """Return the counts of every current duty of these authorities, among all units or those of the cluster."""
        values = {"authority_ids": list(authority_ids), **_at(now)}
        values |= {"this_year": now.year, "since": now.date() - LINGERS}
        if cluster_id is None:
            return [PartCount._make(row) for row in await _COUNTS.rows(self._session, values)]
        rows = await _COUNTS_OF_CLUSTER.rows(self._session, {**values, "cluster_id": cluster_id})
        return [PartCount._make(row) for row in rows]


def _key(duty: Duty) -> dict[str, str | int]:
    return {"plan_code": duty.plan_code, "code": duty.code, "year": duty.year, "turn": duty.turn}


def _at(now: datetime) -> dict[str, Any]:
    second = now.time().replace(microsecond=0)
    return {"today": now.date(), "second": second, "ahead": interval(now.utcoffset() or timedelta())}
