"""Queries of what a unit's figures are compared with: its pledge of one year, and the same report of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.plans.deadlines import DutyKind
from models.duties.duties import Duty
from models.organisation.successions import merged_units
from models.submissions.submissions import Submission

Measure = tuple[Duty, Submission | None]
"""A duty and its submission, or None if nothing was begun."""


@dataclass(frozen=True, slots=True)
class UnitMeasures:
    unit_ids: Sequence[int]
    """Ids of the unit itself and of the units that merged into it."""
    pledges: Sequence[Measure]
    """Pledges of these units, at most one each."""
    reports: Sequence[Measure]


class Measures:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, duty: Duty, *, pledged_in: int, reported_in: int | None, day: date) -> UnitMeasures:
        """Return the pledges and reports of the duty's unit and of the units merged into it by `day`.

        Duties are left out if their unit had ended by their last valid day (by the end of their year, without one).
        """
        is_pledge = and_(
            Duty.kind == DutyKind.PLEDGE, Duty.year == pledged_in, Duty.counted(day=date(pledged_in, 12, 31))
        )
        wanted = [is_pledge]
        if reported_in is not None:
            is_same = and_(Duty.code == duty.code, Duty.turn == duty.turn, Duty.year == reported_in)
            wanted.append(and_(is_same, Duty.stands(day=date(reported_in, 12, 31))))
        units = merged_units().subquery()
        query = (
            select(units.c.id, Duty, Submission)
            .select_from(units)
            .outerjoin(Duty, and_(Duty.unit_id == units.c.id, or_(*wanted)))
            .outerjoin(Submission, and_(Submission.duty_id == Duty.id, Submission.slot == 0))
            .order_by(units.c.id != duty.unit_id, units.c.id, Duty.id)
        )
        rows = (await self._session.execute(query, {"unit_id": duty.unit_id, "day": day})).all()
        found = [(measure, draft) for _, measure, draft in rows if measure is not None]
        pledges = {
            measure.unit_id: (measure, draft)
            for measure, draft in reversed(found)
            if measure.kind is DutyKind.PLEDGE and measure.year == pledged_in
        }
        return UnitMeasures(
            unit_ids=[*dict.fromkeys(unit_id for unit_id, *_ in rows)],
            pledges=[*pledges.values()],
            reports=[
                (measure, draft)
                for measure, draft in found
                if measure.occurrence == (duty.code, reported_in, duty.turn)
            ],
        )
