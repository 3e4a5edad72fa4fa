"""Units, each valid from one day through another."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Date,
    ForeignKey,
    Select,
    String,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.units import UnitKind
from models.base import Base
from models.locking import for_update, get_for_update
from models.organisation.reference import reference_of
from models.statements.kept import KeptStatement
from models.statements.objects import KeptObjects


class Dated:
    """Mixin of rows that are valid from one day through another; without a last day, they still are."""

    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @classmethod
    def on(cls, day: date | ColumnElement[date]) -> ColumnElement[bool]:
        return and_(cls.valid_from <= day, or_(cls.valid_to.is_(None), cls.valid_to >= day))

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


class Unit(Dated, Base):
    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[UnitKind]
    authority_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    """Unit to whose standing body this one hands in."""
    office: Mapped[str | None] = mapped_column(String(200))
    """Name of the standing body, if the unit is an authority."""

    @property
    def office_name(self) -> str:
        """Name of the standing body; the authority's own where none is entered."""
        return self.office or self.name


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit as it is read only; several transactions may share it."""

    id: int
    name: str
    kind: UnitKind
    authority_id: int | None
    valid_from: date
    valid_to: date | None

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


def _above() -> Select[int]:
    start = select(Unit.authority_id.label("id")).where(Unit.id == bindparam("unit_id")).cte("above", recursive=True)
    chain = start.union(select(Unit.authority_id).join(start, Unit.id == start.c.id))
    return select(chain.c.id).where(chain.c.id.is_not(None))


_ABOVE = KeptStatement(_above())
_RECORD = (Unit.id, Unit.name, Unit.kind, Unit.authority_id, Unit.valid_from, Unit.valid_to)
_RECORDS = KeptStatement(select(*_RECORD).where(Unit.id.in_(bindparam("unit_ids", expanding=True))), many="unit_ids")

# Units of all days: kept for each day, they would gather in a process that runs for months.
_RECORDS_BELOW = KeptStatement(select(*_RECORD).where(Unit.authority_id == bindparam("authority_id")).order_by(Unit.id))

_UNITS, _DAY = select(Unit.__table__), bindparam("day", type_=Date)
_ROOT = _UNITS.where(Unit.authority_id.is_(None)).order_by(Unit.id)
_ROOTS, _ROOTS_FOR_UPDATE = KeptObjects(Unit, _ROOT), KeptObjects(Unit, for_update(_ROOT, key_share=True))
_WITH_CODE = KeptObjects(Unit, _UNITS.where(Unit.code == bindparam("code")))
_BELOW = KeptObjects(
    Unit, _UNITS.where(Unit.authority_id == bindparam("authority_id"), Unit.on(_DAY)).order_by(Unit.id)
)
_COUNT_KINDS = KeptStatement(
    select(Unit.kind, func.count())
    .where(Unit.authority_id == bindparam("authority_id"), Unit.on(_DAY))
    .group_by(Unit.kind)
)
_AUTHORITIES = KeptStatement(
    select(Unit.authority_id)
    .where(Unit.authority_id.in_(bindparam("unit_ids", expanding=True)), Unit.on(_DAY))
    .distinct(),
    many="unit_ids",
)


class Units:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._reference = reference_of(session)

    def add(self, unit: Unit) -> None:
        self._session.add(unit)

    async def get(self, unit_id: int) -> Unit:
        return await self._session.get_one(Unit, unit_id)

    async def record(self, unit_id: int) -> UnitRecord:
        return (await self.records([unit_id]))[unit_id]

    async def records(self, unit_ids: Collection[int]) -> dict[int, UnitRecord]:
        """Return {unit_id: UnitRecord} of those units that were ever entered."""
        return await self._reference.kept_each("unit", unit_ids, self._read_records)

    async def _read_records(self, unit_ids: Collection[int]) -> dict[int, UnitRecord]:
        rows = await _RECORDS.read(self._session, {"unit_ids": [*unit_ids]})
        return {record.id: record for record in (UnitRecord(*row) for row in rows)}

    async def find_for_update(self, unit_id: int) -> Unit | None:
        """Lock the unit's row; others may add rows that refer to it meanwhile."""
        return await get_for_update(self._session, Unit, unit_id, key_share=True)

    async def with_code(self, code: str) -> Unit | None:
        return await _WITH_CODE.first(self._session, {"code": code})

    async def with_codes(self, codes: Collection[str]) -> dict[str, Unit]:
        """Return {code: Unit}; unknown codes are left out."""
        found = await self._session.scalars(select(Unit).where(Unit.code.in_(codes)))
        return {unit.code: unit for unit in found}

    async def with_code_for_update(self, code: str) -> Unit | None:
        return await self._session.scalar(for_update(select(Unit).where(Unit.code == code)))

    async def roots(self) -> Sequence[Unit]:
        """Return the topmost authorities."""
        return await _ROOTS.all(self._session, {})

    async def roots_for_update(self) -> Sequence[Unit]:
        return await _ROOTS_FOR_UPDATE.all(self._session, {})

    async def names(self, unit_ids: set[int]) -> dict[int, str]:
        return {id_: unit.name for id_, unit in (await self.records(unit_ids)).items()}

    async def kinds(self, unit_ids: set[int]) -> dict[int, UnitKind]:
        return {id_: unit.kind for id_, unit in (await self.records(unit_ids)).items()}

    async def existing(self, unit_ids: Sequence[int], *, day: date) -> Sequence[int]:
        """Return the ids of those units that exist on this day."""
        return [id_ for id_, unit in (await self.records(unit_ids)).items() if unit.is_valid_on(day)]

    async def below(self, authority_id: int, *, day: date) -> Sequence[Unit]:
        """Return the units directly below as rows; thousands of them hold the loop for long (see `records_below`)."""
        return await _BELOW.all(self._session, {"authority_id": authority_id, "day": day})

    async def names_below(self, authority_id: int, *, day: date, kind: UnitKind | None = None) -> dict[int, str]:
        """Return {unit_id: name} of the units directly below, or of those of one kind."""
        units = await self.records_below(authority_id, day=day)
        return {unit.id: unit.name for unit in units if kind in (None, unit.kind)}

    async def records_below(self, authority_id: int, *, day: date) -> list[UnitRecord]:
        """Return the units directly below; no rows are loaded."""

        async def read() -> tuple[UnitRecord, ...]:
            rows = await _RECORDS_BELOW.read(self._session, {"authority_id": authority_id})
            return tuple(UnitRecord(*row) for row in rows)

        units = await self._reference.kept(("below", authority_id), read)
        return [unit for unit in units if unit.is_valid_on(day)]

    async def count_kinds(self, authority_id: int, *, day: date) -> dict[UnitKind, int]:
        """Return {kind: number of units of it directly below}."""
        return dict(await _COUNT_KINDS.read(self._session, {"authority_id": authority_id, "day": day}))

    async def authorities_among(self, unit_ids: Sequence[int], *, day: date) -> set[int]:
        """Return the ids of those units that are the authority of others."""
        return {unit_id for (unit_id,) in await _AUTHORITIES.read(self._session, {"unit_ids": unit_ids, "day": day})}

    async def above(self, unit_id: int) -> tuple[int, ...]:
        """Return the ids of the unit's authorities, nearest first."""

        async def read() -> tuple[int, ...]:
            rows = await _ABOVE.read(self._session, {"unit_id": unit_id})
            return tuple(above for (above,) in rows)

        return await self._reference.kept(("above", unit_id), read)
