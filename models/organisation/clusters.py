"""Clusters and memberships, each valid from one day through another."""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    Date,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.units import ClusterKind, ClusterRole
from models.base import Base
from models.organisation.reference import reference_of
from models.organisation.units import Dated, Unit
from models.statements.kept import KeptStatement
from models.statements.objects import KeptObjects


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
class Seat:
    """A unit's place in a cluster on one day."""

    role: ClusterRole
    cluster_id: int
    cluster_name: str


def _seats() -> Select[int, ClusterRole, int, str]:
    day = bindparam("day", type_=Date)
    return (
        select(Membership.unit_id, Membership.role, Cluster.id, Cluster.name)
        .join(Cluster, Membership.cluster_id == Cluster.id)
        .where(Membership.unit_id.in_(bindparam("unit_ids", expanding=True)), Membership.on(day), Cluster.on(day))
        .order_by(Membership.id)
    )


_SEATS = KeptStatement(_seats(), many="unit_ids")
_DAY = bindparam("day", type_=Date)
_OF_AUTHORITY = (Cluster.authority_id == bindparam("authority_id"), Cluster.on(_DAY))
_CLUSTER_NAMES = KeptStatement(select(Cluster.id, Cluster.name).where(*_OF_AUTHORITY))
_BY_UNIT = KeptObjects(
    Cluster,
    select(Cluster.__table__, Membership.unit_id)
    .join(Membership, Membership.cluster_id == Cluster.id)
    .where(*_OF_AUTHORITY, Membership.on(_DAY)),
)
_IN_CLUSTER = Membership.cluster_id == bindparam("cluster_id")
_MEMBERS = KeptObjects(
    Unit,
    select(Unit.__table__)
    .join(Membership, Membership.unit_id == Unit.id)
    .where(_IN_CLUSTER, Membership.on(_DAY), Unit.on(_DAY))
    .order_by(Unit.id),
)
_HEADS_OF = KeptStatement(
    select(Membership.unit_id).where(_IN_CLUSTER, Membership.role == ClusterRole.HEAD, Membership.on(_DAY))
)
_HEADS = KeptStatement(
    select(Membership.unit_id)
    .join(Cluster, Membership.cluster_id == Cluster.id)
    .where(*_OF_AUTHORITY, Membership.role == ClusterRole.HEAD, Membership.on(_DAY))
)


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
        found: dict[int, list[Seat]] = {unit_id: [] for unit_id in unit_ids}
        rows = await _SEATS.read(self._session, {"unit_ids": [*unit_ids], "day": day})
        for unit_id, role, cluster_id, name in rows:
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
        return dict(await _CLUSTER_NAMES.rows(self._session, {"authority_id": authority_id, "day": day}))

    async def heads(self, authority_id: int, *, day: date) -> Set[int]:
        """Return the ids of the units that head a cluster of the authority."""

        async def read() -> Set[int]:
            rows = await _HEADS.read(self._session, {"authority_id": authority_id, "day": day})
            return frozenset(unit_id for (unit_id,) in rows)

        return await self._reference.kept(("heads", authority_id, day), read)

    async def heads_of(self, cluster_id: int, *, day: date) -> Sequence[int]:
        """Return the ids of the units that head the cluster."""
        rows = await _HEADS_OF.read(self._session, {"cluster_id": cluster_id, "day": day})
        return [unit_id for (unit_id,) in rows]

    async def members(self, cluster_id: int, *, day: date) -> Sequence[Unit]:
        return await _MEMBERS.all(self._session, {"cluster_id": cluster_id, "day": day})

    async def memberships_in(self, cluster_id: int) -> Sequence[Membership]:
        """Return the cluster's memberships of all days."""
        query = select(Membership).where(Membership.cluster_id == cluster_id).order_by(Membership.id)
        return (await self._session.scalars(query)).all()

    async def memberships(self, unit_id: int, *, day: date) -> Sequence[Membership]:
        query = select(Membership).where(Membership.unit_id == unit_id, Membership.on(day)).order_by(Membership.id)
        return (await self._session.scalars(query)).all()

    async def by_unit(self, authority_id: int, *, day: date) -> dict[int, Cluster]:
        """Return {unit_id: Cluster} of the authority's clusters."""
        rows = await _BY_UNIT.rows(self._session, {"authority_id": authority_id, "day": day})
        return {unit_id: cluster for cluster, unit_id in rows}
