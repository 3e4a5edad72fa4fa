"""Queries and bulk writes of reports that are entered for comparison with past periods."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.submissions.past_reports import PastPeriod, PastSource
from models.base import Base
from models.duties.duties import Duty
from models.locking import for_update
from models.organisation.successions import Succession, UnitName
from models.organisation.units import Unit
from models.statements.inserts import insert_into
from models.submissions.reports import Figure
from models.submissions.submissions import Submission

T = TypeVar("T")
BATCH = 200
"""Rows written by one statement: between two of them others get their answers."""


@dataclass(frozen=True, slots=True)
class StoredReport:
    """The duty of one unit for a period, and its submission if there is one."""

    unit_id: int
    duty_id: int
    past: PastSource | None
    is_withdrawn: bool
    submission_id: int | None


class PastReports:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, period: PastPeriod, *, unit_id: int | None = None) -> dict[int, StoredReport]:
        """Return {unit_id: what is stored for the period}, of all units or of one."""
        return _by_unit(await self._session.execute(_stored(period, unit_id)))

    async def of_for_update(self, period: PastPeriod, *, unit_id: int | None = None) -> dict[int, StoredReport]:
        """Lock the duties of the period and return them like `of`."""
        return _by_unit(await self._session.execute(for_update(_stored(period, unit_id), of=Duty)))

    async def figures(
        self, period: PastPeriod, *, unit_id: int | None = None
    ) -> AsyncIterator[tuple[int, str, Decimal | None, datetime]]:
        """Yield (unit_id, indicator code, figure, time of entry) of all reports that are handed in for the period."""
        query = (
            select(Duty.unit_id, Figure.indicator, Figure.value, Figure.entered_at)
            .join(Submission, Submission.duty_id == Duty.id)
            .join(Figure, Figure.submission_id == Submission.id)
            .where(_same(period, unit_id), Submission.slot == 0, Submission.submitted_at.is_not(None))
            .execution_options(yield_per=BATCH)
        )
        async for rows in (await self._session.stream(query)).partitions():
            for row in rows:
                yield row[0], row[1], row[2], row[3]
            # SQLite's rows are all here already: without this, nobody else would get an answer before the last one.
            await asyncio.sleep(0)

    async def former_names(self, unit_ids: Sequence[int]) -> dict[str, int]:
        """Return {name before a renaming: unit_id}."""
        query = select(UnitName.name, UnitName.unit_id).where(UnitName.unit_id.in_(unit_ids)).order_by(UnitName.id)
        return dict((await self._session.execute(query)).all())

    async def merged_names(self, authority_id: int) -> dict[str, str | None]:
        """Return {name of a unit that has a succession: name of its successor, or None if it was closed}."""
        heir = aliased(Unit)
        query = (
            select(Unit.name, heir.name)
            .join(Succession, Succession.unit_id == Unit.id)
            .outerjoin(heir, heir.id == Succession.successor_id)
            .where(Unit.authority_id == authority_id)
            .order_by(Succession.id)
        )
        return dict((await self._session.execute(query)).all())

    async def reuse_duty(self, duty_id: int, past: PastSource) -> None:
        """Make a withdrawn duty, for which nothing was handed in, one of a past report."""
        await self._session.execute(update(Duty).where(Duty.id == duty_id).values(past=past, withdrawn_at=None))

    async def set_source(self, duty_ids: Sequence[int], past: PastSource) -> None:
        for ids in batched(duty_ids):
            await self._session.execute(update(Duty).where(Duty.id.in_(ids)).values(past=past))

    async def touch(self, submission_ids: Sequence[int], *, at: datetime, by: int) -> None:
        """Count one more change of these submissions."""
        values = {"revision": Submission.revision + 1, "changed_at": at, "changed_by": by}
        for ids in batched(submission_ids):
            await self._session.execute(update(Submission).where(Submission.id.in_(ids)).values(values))

    async def add_duties(self, rows: Sequence[Mapping[str, Any]]) -> None:
        await self._insert(Duty, rows)

    async def add_submissions(self, rows: Sequence[Mapping[str, Any]]) -> None:
        await self._insert(Submission, rows)

    async def put_figures(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add figures; one that a submission has for the indicator already is replaced."""
        statement = insert_into(self._session, Figure)
        new = {name: statement.excluded[name] for name in ("value", "reason", "entered_by", "entered_at")}
        statement = statement.on_conflict_do_update(index_elements=["submission_id", "indicator"], set_=new)
        for some in batched(rows):
            await self._session.execute(statement, [*some])

    async def _insert(self, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        for some in batched(rows):
            await self._session.execute(insert(table), [*some])


def batched(rows: Sequence[T]) -> list[Sequence[T]]:
    """Return the rows in batches that are written between two answers to others."""
    return [rows[first : first + BATCH] for first in range(0, len(rows), BATCH)]


def _same(period: PastPeriod, unit_id: int | None) -> ColumnElement[bool]:
    same = and_(
        Duty.plan_code == period.plan, Duty.code == period.code, Duty.year == period.year, Duty.turn == period.turn
    )
    return same if unit_id is None else and_(same, Duty.unit_id == unit_id)


def _stored(period: PastPeriod, unit_id: int | None) -> Any:
    return (
        select(Duty.unit_id, Duty.id, Duty.past, Duty.withdrawn_at, Submission.id)
        .outerjoin(Submission, and_(Submission.duty_id == Duty.id, Submission.slot == 0))
        .where(_same(period, unit_id))
        .order_by(Duty.id)
    )


def _by_unit(rows: Any) -> dict[int, StoredReport]:
    return {
        unit_id: StoredReport(unit_id, duty_id, past, withdrawn_at is not None, submission_id)
        for unit_id, duty_id, past, withdrawn_at, submission_id in rows
    }
