"""Queries of what a unit's figures are compared with: its pledge of one year, and the same report of another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, Integer, Select, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.plans.deadlines import DutyKind
from domain.submissions.past_reports import PastSource
from models.duties.duties import Duty
from models.organisation.successions import merged_units
from models.statements.kept import KeptStatement
from models.submissions.pledges import PledgedTarget
from models.submissions.reports import Figure
from models.submissions.submissions import Submission


@dataclass(frozen=True, slots=True)
class Measure:
    """A pledge or a report of one unit, with its values if it is handed in."""

    duty_id: int
    unit_id: int
    kind: DutyKind
    year: int
    occurrence: tuple[str, int, int]
    last_valid_day: date | None
    past: PastSource | None
    submission_id: int | None
    """Submission id, or None if nothing was begun."""
    values: dict[str, Decimal] = field(default_factory=dict)
    """{indicator code: figure or target}."""


@dataclass(frozen=True, slots=True)
class UnitMeasures:
    unit_ids: Sequence[int]
    """Ids of the unit itself and of the units that merged into it."""
    pledges: Sequence[Measure]
    """Pledges of these units, at most one each."""
    reports: Sequence[Measure]


def _measures() -> Select[*tuple[Any, ...]]:
    pledged_in, reported_in = bindparam("pledged_in", type_=Integer), bindparam("reported_in", type_=Integer)
    pledge_year_ends, report_year_ends = (
        bindparam(name, type_=Date) for name in ("pledge_year_ends", "report_year_ends")
    )
    is_pledge = and_(Duty.kind == DutyKind.PLEDGE, Duty.year == pledged_in, Duty.counted(day=pledge_year_ends))
    is_same = and_(Duty.code == bindparam("code"), Duty.turn == bindparam("turn"), Duty.year == reported_in)
    is_report = and_(is_same, Duty.stands(day=report_year_ends))
    units = merged_units().subquery()
    is_handed_in = Submission.submitted_at.is_not(None)
    duty = (Duty.id, Duty.unit_id, Duty.kind, Duty.year, Duty.code, Duty.turn, Duty.last_valid_day, Duty.past)
    return (
        select(units.c.id, *duty, Submission.id)
        .add_columns(func.coalesce(PledgedTarget.indicator, Figure.indicator), PledgedTarget.value, Figure.value)
        .select_from(units)
        .outerjoin(Duty, and_(Duty.unit_id == units.c.id, or_(is_pledge, is_report)))
        .outerjoin(Submission, and_(Submission.duty_id == Duty.id, Submission.slot == 0))
        .outerjoin(PledgedTarget, and_(PledgedTarget.submission_id == Submission.id, is_handed_in))
        .outerjoin(Figure, and_(Figure.submission_id == Submission.id, is_handed_in))
        .order_by(units.c.id != bindparam("unit_id"), units.c.id, Duty.id)
    )


# This runs with every figure, and building it takes longer than executing it.
_MEASURES = KeptStatement(_measures())


class Measures:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, duty: Duty, *, pledged_in: int, reported_in: int | None, day: date) -> UnitMeasures:
        """Return the pledges and reports of the duty's unit and of the units merged into it by `day`.

        Duties are left out if their unit had ended by their last valid day (by the end of their year, without one).
        """
        asked = {"unit_id": duty.unit_id, "day": day, "code": duty.code, "turn": duty.turn, "pledged_in": pledged_in}
        # No duty is of the year 0.
        asked |= {"reported_in": reported_in or 0, "pledge_year_ends": date(pledged_in, 12, 31)}
        asked["report_year_ends"] = date(reported_in or pledged_in, 12, 31)
        rows = await _MEASURES.rows(self._session, asked)
        found = _grouped(rows)
        pledges = {
            measure.unit_id: measure
            for measure in reversed(found)
            if measure.kind is DutyKind.PLEDGE and measure.year == pledged_in
        }
        return UnitMeasures(
            unit_ids=[*dict.fromkeys(unit_id for unit_id, *_ in rows)],
            pledges=[*pledges.values()],
            reports=[measure for measure in found if measure.occurrence == (duty.code, reported_in, duty.turn)],
        )


def _grouped(rows: Sequence[Any]) -> list[Measure]:
    """Return the measures in the order of the rows; each row has one value at most."""
    found: dict[int, Measure] = {}
    for _, duty_id, unit_id, kind, year, code, turn, last, past, submission_id, indicator, target, figure in rows:
        if duty_id is None:
            continue
        if duty_id not in found:
            found[duty_id] = Measure(duty_id, unit_id, kind, year, (code, year, turn), last, past, submission_id)
        value = figure if target is None else target
        if value is not None:
            found[duty_id].values[indicator] = value
    return [*found.values()]
