"""Occurrences of duties, each named (plan code, code, year, turn): what all units owe alike, and who has none yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Date, Integer, bindparam, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.duties.due_hours import timed
from domain.duties.names import name_of
from domain.plans.deadlines import DutyKind
from domain.units import UnitKind
from models.duties.duties import Duty
from models.organisation.units import Unit
from models.statements.kept import KeptStatement


@dataclass(frozen=True, slots=True)
class OpenOccurrence:
    """A duty without its units."""

    plan_code: str
    code: str
    year: int
    turn: int
    kind: DutyKind
    name: str
    last_valid_day: date | None
    """Latest of the units."""
    due_day: date | None
    """Latest of the units, granted days included."""


class UnitPage(NamedTuple):
    """The next rows of a list in the order of their ids."""

    after: int
    """Id of the last one seen before."""
    limit: int


class UnitWithout(NamedTuple):
    """A unit that has no duty of some occurrence."""

    id: int
    kind: UnitKind
    valid_from: date
    valid_to: date | None


_HAS_DUTY = exists().where(
    Duty.plan_code == bindparam("plan_code"),
    Duty.code == bindparam("code"),
    Duty.year == bindparam("year"),
    Duty.turn == bindparam("turn"),
    Duty.unit_id == Unit.id,
)
_WITHOUT = KeptStatement(
    select(Unit.id, Unit.kind, Unit.valid_from, Unit.valid_to)
    .where(Unit.authority_id == bindparam("authority_id"), Unit.on(bindparam("day", type_=Date)))
    .where(Unit.id > bindparam("after"), ~_HAS_DUTY)
    .order_by(Unit.id)
    .limit(bindparam("limit", type_=Integer))
)


class Occurrences:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def open(
        self, *, authority_ids: Collection[int], unit_ids: Collection[int], day: date
    ) -> Sequence[OpenOccurrence]:
        """Return what is owed to these authorities or by these units, each once however many units owe it."""
        query = (
            select(
                Duty.plan_code,
                Duty.code,
                Duty.year,
                Duty.turn,
                Duty.kind,
                Duty.title,
                Duty.term,
                func.max(Duty.last_valid_day),
                func.max(Duty.last_second),
                func.max(Duty.due_day),
            )
            .where(or_(Duty.authority_id.in_(authority_ids), Duty.unit_id.in_(unit_ids)), Duty.counted(day=day))
            .group_by(Duty.plan_code, Duty.code, Duty.year, Duty.turn, Duty.kind, Duty.title, Duty.term)
            .order_by(func.max(Duty.last_valid_day), Duty.code)
        )
        return [
            OpenOccurrence(
                *(plan_code, code, year, turn, kind, name_of(title, year=year, term=term)),
                timed(last, last_second),
                due_day,
            )
            for plan_code, code, year, turn, kind, title, term, last, last_second, due_day in (
                await self._session.execute(query)
            )
        ]

    async def last_valid_days(self, authority_id: int, *, day: date) -> dict[tuple[str, str, int, int], date | None]:
        """Return {(plan code, code, year, turn): latest last valid day of the units that owe it} of an authority."""
        key = (Duty.plan_code, Duty.code, Duty.year, Duty.turn)
        query = select(*key, func.max(Duty.last_valid_day)).where(Duty.authority_id == authority_id)
        found = await self._session.execute(query.where(Duty.counted(day=day)).group_by(*key))
        return {(plan_code, code, year, turn): last for plan_code, code, year, turn, last in found}

    async def units_without(
        self, occurrence: tuple[str, str, int, int], *, authority_id: int, day: date, page: UnitPage
    ) -> list[UnitWithout]:
        """Return the next units below the authority without this (plan code, code, year, turn), withdrawn or not.

        They are ordered by id.
        """
        key = dict(zip(("plan_code", "code", "year", "turn"), occurrence, strict=True))
        values = {"authority_id": authority_id, "day": day, **page._asdict()}
        return [UnitWithout(*row) for row in await _WITHOUT.rows(self._session, key | values)]
