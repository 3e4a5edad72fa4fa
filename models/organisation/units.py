"""Units, clusters and memberships, each valid from one day through another."""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Date,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.units import ClusterKind, ClusterRole, UnitKind
from models.base import Base
from models.locking import for_update, get_for_update
from models.organisation.reference import reference_of


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


class Cluster(Dated, Base):
    __tablename__ = "clusters"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[ClusterKind]
    authority_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)


class Membership(Dated, Base):
    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("cluster_id", "unit_id", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cluster_id: Mapped[int] = mapped_column(ForeignKey("clusters.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    role: Mapped[ClusterRole]


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


@dataclass(frozen=True, slots=True)
class Seat:
    """A unit's place in a cluster on one day."""

    role: ClusterRole
    cluster_id: int
    cluster_name: str


def _above() -> Select[int]:
    start = select(Unit.authority_id.label("id")).where(Unit.id == bindparam("unit_id")).cte("above", recursive=True)
    chain = start.union(select(Unit.authority_id).join(start, Unit.id == start.c.id))
    return select(chain.c.id).where(chain.c.id.is_not(None))


# This runs with every message, and building it takes longer than executing it.
_ABOVE = _above()
_RECORD = (Unit.id, Unit.name, Unit.kind, Unit.authority_id, Unit.valid_from, Unit.valid_to)
_RECORDS = select(*_RECORD).where(Unit.id.in_(bindparam("unit_ids", expanding=True)))


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
        # A change of this transaction is written first.
        await self._session.flush()
        connection = await self._session.connection()
        rows = await connection.execute(_RECORDS, {"unit_ids": [*unit_ids]})
        return {row.id: UnitRecord(*row) for row in rows}

    async def find_for_update(self, unit_id: int) -> Unit | None:
        """Lock the unit's row; others may add rows that refer to it meanwhile."""
        return await get_for_update(self._session, Unit, unit_id, key_share=True)

    async def with_code(self, code: str) -> Unit | None:
        return await self._session.scalar(select(Unit).where(Unit.code == code))

    async def with_codes(self, codes: Collection[str]) -> dict[str, Unit]:
        """Return {code: Unit}; unknown codes are left out."""
        found = await self._session.scalars(select(Unit).where(Unit.code.in_(codes)))
        return {unit.code: unit for unit in found}

    async def with_code_for_update(self, code: str) -> Unit | None:
        return await self._session.scalar(for_update(select(Unit).where(Unit.code == code)))

    async def roots(self) -> Sequence[Unit]:
        """Return the topmost authorities."""
        query = select(Unit).where(Unit.authority_id.is_(None)).order_by(Unit.id)
        return (await self._session.scalars(query)).all()

    async def roots_for_update(self) -> Sequence[Unit]:
        query = select(Unit).where(Unit.authority_id.is_(None)).order_by(Unit.id)
        return (await self._session.scalars(for_update(query, key_share=True))).all()

    async def names(self, unit_ids: set[int]) -> dict[int, str]:
        return {id_: unit.name for id_, unit in (await self.records(unit_ids)).items()}

    async def kinds(self, unit_ids: set[int]) -> dict[int, UnitKind]:
        return {id_: unit.kind for id_, unit in (await self.records(unit_ids)).items()}

    async def existing(self, unit_ids: Sequence[int], *, day: date) -> Sequence[int]:
        """Return the ids of those units that exist on this day."""
        return [id_ for id_, unit in (await self.records(unit_ids)).items() if unit.is_valid_on(day)]

    async def below(self, authority_id: int, *, day: date) -> Sequence[Unit]:
        query = select(Unit).where(Unit.authority_id == authority_id, Unit.on(day)).order_by(Unit.id)
        return (await self._session.scalars(query)).all()

    async def names_below(self, authority_id: int, *, day: date, kind: UnitKind | None = None) -> dict[int, str]:
        """Return {unit_id: name} of the units directly below, or of those of one kind; no rows are loaded."""

        async def read() -> tuple[UnitRecord, ...]:
            # Units of all days: kept for each day, they would gather in a process that runs for months.
            query = select(*_RECORD).where(Unit.authority_id == authority_id).order_by(Unit.id)
            return tuple(UnitRecord(*row) for row in await self._session.execute(query))

        units = await self._reference.kept(("below", authority_id), read)
        return {unit.id: unit.name for unit in units if unit.is_valid_on(day) and kind in (None, unit.kind)}

    async def count_kinds(self, authority_id: int, *, day: date) -> dict[UnitKind, int]:
        """Return {kind: number of units of it directly below}."""
        query = select(Unit.kind, func.count()).where(Unit.authority_id == authority_id, Unit.on(day))
        return dict((await self._session.execute(query.group_by(Unit.kind))).all())

    async def authorities_among(self, unit_ids: Sequence[int], *, day: date) -> set[int]:
        """Return the ids of those units that are the authority of others."""
        query = select(Unit.authority_id).where(Unit.authority_id.in_(unit_ids), Unit.on(day)).distinct()
        return {unit_id for unit_id in await self._session.scalars(query) if unit_id is not None}

    async def above(self, unit_id: int) -> tuple[int, ...]:
        """Return the ids of the unit's authorities, nearest first."""

        async def read() -> tuple[int, ...]:
            return tuple((await self._session.scalars(_ABOVE, {"unit_id": unit_id})).all())

        return await self._reference.kept(("above", unit_id), read)


_CLUSTER_NAMES = select(Cluster.id, Cluster.name).where(
    Cluster.authority_id == bindparam("authority_id"), Cluster.on(bindparam("day", type_=Date))
)


def _seats() -> Select[int, ClusterRole, int, str]:
    day = bindparam("day", type_=Date)
    return (
        select(Membership.unit_id, Membership.role, Cluster.id, Cluster.name)
        .join(Cluster, Membership.cluster_id == Cluster.id)
        .where(Membership.unit_id.in_(bindparam("unit_ids", expanding=True)), Membership.on(day), Cluster.on(day))
        .order_by(Membership.id)
    )


_SEATS = _seats()


class Clusters:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._reference = reference_of(session)

    def add(self, row: Cluster | Membership) -> None:
        self._session.add(row)

    async def get(self, cluster_id: int) -> Cluster:
        return await self._session.get_one(Cluster, cluster_id)

    async def with_code(self, code: str) -> Cluster | None:
        return await self._session.scalar(select(Cluster).where(Cluster.code == code))

    async def with_codes(self, codes: Collection[str]) -> dict[str, Cluster]:
        """Return {code: Cluster}; unknown codes are left out."""
        found = await self._session.scalars(select(Cluster).where(Cluster.code.in_(codes)))
        return {cluster.code: cluster for cluster in found}

    async def memberships_of(self, unit_ids: Collection[int], *, day: date) -> Sequence[tuple[Membership, Cluster]]:
        """Return the memberships of these units on this day, with their clusters."""
        query = (
            select(Membership, Cluster)
            .join(Cluster, Membership.cluster_id == Cluster.id)
            .where(Membership.unit_id.in_(unit_ids), Membership.on(day), Cluster.on(day))
            .order_by(Membership.id)
        )
        return (await self._session.execute(query)).all()

    async def seats(self, unit_ids: Collection[int], *, day: date) -> dict[int, tuple[Seat, ...]]:
        """Return {unit_id: its seats on this day}; a unit without one is left out."""

        async def read(unknown: Collection[int]) -> dict[int, tuple[Seat, ...]]:
            return await self._read_seats(unknown, day=day)

        found = await self._reference.kept_each(f"seats {day}", unit_ids, read)
        return {unit_id: seats for unit_id, seats in found.items() if seats}

    async def _read_seats(self, unit_ids: Collection[int], *, day: date) -> dict[int, tuple[Seat, ...]]:
        await self._session.flush()
        connection = await self._session.connection()
        found: dict[int, list[Seat]] = {unit_id: [] for unit_id in unit_ids}
        for unit_id, role, cluster_id, name in await connection.execute(_SEATS, {"unit_ids": [*unit_ids], "day": day}):
            found[unit_id].append(Seat(role, cluster_id, name))
        return {unit_id: tuple(seats) for unit_id, seats in found.items()}

    async def of_authority(self, authority_id: int, *, day: date) -> Sequence[Cluster]:
        query = select(Cluster).where(Cluster.authority_id == authority_id, Cluster.on(day)).order_by(Cluster.id)
        return (await self._session.scalars(query)).all()

    async def of_unit(self, unit_id: int, *, day: date) -> Cluster | None:
        query = (
            select(Cluster)
            .join(Membership, Membership.cluster_id == Cluster.id)
            .where(Membership.unit_id == unit_id, Membership.on(day), Cluster.on(day))
            .order_by(Cluster.id)
        )
        return (await self._session.scalars(query)).first()

    async def headed_by(self, unit_ids: Sequence[int], *, day: date) -> Sequence[Cluster]:
        query = (
            select(Cluster)
            .join(Membership, Membership.cluster_id == Cluster.id)
            .where(
                Membership.unit_id.in_(unit_ids),
                Membership.role == ClusterRole.HEAD,
                Membership.on(day),
                Cluster.on(day),
            )
            .order_by(Cluster.id)
        )
        return (await self._session.scalars(query)).all()

    async def names(self, authority_id: int, *, day: date) -> dict[int, str]:
        """Return {cluster_id: name} of the authority's clusters."""
        values = {"authority_id": authority_id, "day": day}
        connection = await self._session.connection()
        return dict((await connection.execute(_CLUSTER_NAMES, values)).all())

    async def heads(self, authority_id: int, *, day: date) -> Set[int]:
        """Return the ids of the units that head a cluster of the authority."""

        async def read() -> Set[int]:
            return frozenset(await self._read_heads(authority_id, day=day))

        return await self._reference.kept(("heads", authority_id, day), read)

    async def _read_heads(self, authority_id: int, *, day: date) -> Iterable[int]:
        query = (
            select(Membership.unit_id)
            .join(Cluster, Membership.cluster_id == Cluster.id)
            .where(Cluster.authority_id == authority_id, Membership.role == ClusterRole.HEAD)
            .where(Membership.on(day), Cluster.on(day))
        )
        return await self._session.scalars(query)

    async def heads_of(self, cluster_id: int, *, day: date) -> Sequence[int]:
        """Return the ids of the units that head the cluster."""
        query = select(Membership.unit_id).where(
            Membership.cluster_id == cluster_id, Membership.role == ClusterRole.HEAD, Membership.on(day)
        )
        return (await self._session.scalars(query)).all()

    async def members(self, cluster_id: int, *, day: date) -> Sequence[Unit]:
        query = (
            select(Unit)
            .join(Membership, Membership.unit_id == Unit.id)
            .where(Membership.cluster_id == cluster_id, Membership.on(day), Unit.on(day))
            .order_by(Unit.id)
        )
        return (await self._session.scalars(query)).all()

    async def memberships_in(self, cluster_id: int) -> Sequence[Membership]:
        """Return the cluster's memberships of all days."""
        query = select(Membership).where(Membership.cluster_id == cluster_id).order_by(Membership.id)
        return (await self._session.scalars(query)).all()

    async def memberships(self, unit_id: int, *, day: date) -> Sequence[Membership]:
        query = select(Membership).where(Membership.unit_id == unit_id, Membership.on(day)).order_by(Membership.id)
        return (await self._session.scalars(query)).all()

    async def by_unit(self, authority_id: int, *, day: date) -> dict[int, Cluster]:
        """Return {unit_id: Cluster} of the authority's clusters."""
        query = (
            select(Membership.unit_id, Cluster)
            .join(Cluster, Membership.cluster_id == Cluster.id)
            .where(Cluster.authority_id == authority_id, Membership.on(day), Cluster.on(day))
        )
        return dict((await self._session.execute(query)).all())
