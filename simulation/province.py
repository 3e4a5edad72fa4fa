"""A province in which every unit has pledged, reported last year and reported this year: rows written in bulk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.plans.deadlines import DutyKind
from domain.plans.plans import Plan
from domain.submissions.submissions import State
from domain.units import ClusterKind, ClusterRole, UnitKind
from models.base import Base
from models.duties.duties import Duty
from models.organisation.clusters import Cluster, Membership
from models.organisation.units import Unit
from models.people.officers import Person
from models.submissions.pledges import PledgedTarget
from models.submissions.reports import Figure
from models.submissions.submissions import Submission

REPORT, PLEDGE = "bao-cao-6-thang", "giao-uoc"
YEAR = 2026
_FOUNDED = date(YEAR - 2, 1, 1)
_CLUSTER = 30
_FIRST_ID = 1000
_BATCH = 5_000

_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One duty that every unit has handed in."""

    code: str
    kind: DutyKind
    title: str
    year: int
    day: date

    @property
    def hour(self) -> datetime:
        return datetime(self.day.year, self.day.month, 1, 3, 30, tzinfo=UTC)


_DUTIES = (
    _Asked(REPORT, DutyKind.REPORT, "Báo cáo 6 tháng", YEAR, date(YEAR, 5, 14)),
    _Asked(REPORT, DutyKind.REPORT, "Báo cáo 6 tháng", YEAR - 1, date(YEAR - 1, 5, 14)),
    _Asked(PLEDGE, DutyKind.PLEDGE, "Giao ước thi đua", YEAR, date(YEAR, 3, 29)),
)


_PERSON: _Row = {
    "id": _FIRST_ID, "name": "Cán bộ", "position": "", "phone": None, "joined_at": _DUTIES[0].hour,
}  # fmt: skip


async def settle_province(engine: AsyncEngine, plan: Plan, *, authority_id: int, units: int) -> int:
    """Write the units, with 30 to a cluster, and their figures of all indicators; return the id of a report duty."""
    ids = range(_FIRST_ID, _FIRST_ID + units)
    clusters = -(-units // _CLUSTER)
    async with engine.begin() as connection:
        await _write(connection, Person, iter([_PERSON]))
        await _write(connection, Unit, (_unit(unit_id, authority_id) for unit_id in ids))
        await _write(connection, Cluster, (_cluster(number, authority_id) for number in range(clusters)))
        await _write(connection, Membership, (_membership(unit_id) for unit_id in ids))
        for number, asked in enumerate(_DUTIES):
            pairs = list(enumerate(ids, start=_FIRST_ID + number * units))
            await _write(connection, Duty, (_duty(plan, asked, *pair, authority_id) for pair in pairs))
            await _hand_in(connection, plan, asked, pairs)
    return _FIRST_ID


async def _hand_in(connection: AsyncConnection, plan: Plan, asked: _Asked, pairs: Sequence[tuple[int, int]]) -> None:
    """Write the submissions and figures of (duty id, unit id) pairs; a submission has the id of its duty."""
    await _write(connection, Submission, (_submission(asked, duty_id) for duty_id, _ in pairs))
    is_pledge = asked.kind is DutyKind.PLEDGE
    figures = (
        {"submission_id": duty_id, "indicator": indicator.code, "value": Decimal((unit_id * 7 + place) % 997) / 10}
        | ({} if is_pledge else {"entered_by": _FIRST_ID, "entered_at": asked.hour, "reason": None})
        for duty_id, unit_id in pairs
        for place, indicator in enumerate(plan.indicators)
    )
    await _write(connection, PledgedTarget if is_pledge else Figure, figures)


def _unit(unit_id: int, authority_id: int) -> _Row:
    name = f"Xã số {unit_id - _FIRST_ID + 1}"
    own: _Row = {"id": unit_id, "code": f"xa-{unit_id}", "name": name, "kind": UnitKind.COMMUNE, "office": None}
    return own | {"authority_id": authority_id, "valid_from": _FOUNDED, "valid_to": None}


def _cluster(number: int, authority_id: int) -> _Row:
    own: _Row = {"id": _FIRST_ID + number, "code": f"cum-{_FIRST_ID + number}", "name": f"Cụm {number + 1}"}
    return own | {
        "kind": ClusterKind.CLUSTER, "authority_id": authority_id, "valid_from": _FOUNDED, "valid_to": None,
    }  # fmt: skip


def _membership(unit_id: int) -> _Row:
    cluster_id = _FIRST_ID + (unit_id - _FIRST_ID) // _CLUSTER
    return {
        "cluster_id": cluster_id, "unit_id": unit_id, "role": ClusterRole.MEMBER, "valid_from": _FOUNDED,
        "valid_to": None,
    }  # fmt: skip


def _duty(plan: Plan, asked: _Asked, duty_id: int, unit_id: int, authority_id: int) -> _Row:
    own: _Row = {"id": duty_id, "plan_code": plan.code, "code": asked.code, "year": asked.year, "turn": 0}
    return own | {
        "unit_id": unit_id, "authority_id": authority_id, "kind": asked.kind, "title": asked.title,
        "opened_at": asked.hour, "last_valid_day": asked.day, "extended_to": None, "withdrawn_at": None,
    }  # fmt: skip


def _submission(asked: _Asked, duty_id: int) -> _Row:
    by: _Row = {"changed_by": _FIRST_ID, "submitted_by": _FIRST_ID}
    at: _Row = {"changed_at": asked.hour, "submitted_at": asked.hour, "counts_from": asked.hour}
    return by | at | {
        "id": duty_id, "duty_id": duty_id, "slot": 0, "state": State.ACCEPTED, "revision": 1,
        "declares_nothing": False, "as_of": None,
    }  # fmt: skip


async def _write(connection: AsyncConnection, table: type[Base], rows: Iterator[_Row]) -> None:
    batch: list[_Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            await connection.execute(insert(table), batch)
            batch = []
    if batch:
        await connection.execute(insert(table), batch)
