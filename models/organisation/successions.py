"""Successions of units (mergers, splits, closures) and renamings."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Select, String, UniqueConstraint, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column

from domain.successions import UnitChange
from models.base import Base, Instant
from models.duties.duties import Duty
from models.locking import for_update
from models.organisation.clusters import Cluster, Membership
from models.organisation.reference import reference_of
from models.organisation.units import Unit
from models.plans.plans import StoredPlan
from models.statements.kept import KeptStatement, write_pending
from models.statements.objects import KeptObjects


class Succession(Base):
    """A unit ends the day before `day`, and another one, if any, succeeds it."""

    __tablename__ = "successions"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    """Succeeding unit; NULL if the unit is closed."""
    change: Mapped[UnitChange]
    day: Mapped[date]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Person who entered it; NULL if it was entered at the command line."""
    at: Mapped[datetime] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    """Time at which it took effect on posts, invites and subordinate units; NULL while that is to come."""


class UnitName(Base):
    """Name of a unit from a day on; a unit that was never renamed has no rows."""

    __tablename__ = "unit_names"
    __table_args__ = (UniqueConstraint("unit_id", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str] = mapped_column(String(200))
    since: Mapped[date]


def _predecessors() -> Select[int, int]:
    later = aliased(Succession)
    is_first = ~select(later.id).where(later.unit_id == Succession.unit_id, later.id < Succession.id).exists()
    passed = (
        select(Succession.unit_id, Succession.successor_id)
        .where(Succession.day <= bindparam("day"), is_first)
        .subquery()
    )
    start = select(passed.c.successor_id.label("heir"), passed.c.unit_id.label("id"))
    start = start.where(passed.c.successor_id.in_(bindparam("unit_ids", expanding=True)))
    found = start.cte("stood_for", recursive=True)
    chain = found.union(select(found.c.heir, passed.c.unit_id).join(found, passed.c.successor_id == found.c.id))
    return select(chain.c.heir, chain.c.id)


def merged_units() -> Select[int]:
    """Select the ids of a unit, of those merged into it by a day, of those merged into them, and so on.

    The parameters `unit_id` and `day` are bound when the query runs.
    """
    merges = (
        select(Succession.unit_id, Succession.successor_id)
        .where(Succession.change == UnitChange.MERGE, Succession.day <= bindparam("day"))
        .subquery()
    )
    start = select(Unit.id.label("id")).where(Unit.id == bindparam("unit_id"))
    found = start.cte("merged", recursive=True)
    chain = found.union(select(merges.c.unit_id).join(found, merges.c.successor_id == found.c.id))
    return select(chain.c.id)


# These run with every message, and building them takes longer than executing them.
_PREDECESSORS = _predecessors()


def _coming(authority_ids: Sequence[int], after: date) -> Select[Succession]:
    return (
        select(Succession)
        .join(Unit, Unit.id == Succession.unit_id)
        .where(Unit.authority_id.in_(authority_ids), Succession.day > after, Succession.settled_at.is_(None))
        .order_by(Succession.day, Succession.id)
    )


def _coming_names(authority_ids: Sequence[int], after: date) -> Select[UnitName]:
    return (
        select(UnitName)
        .join(Unit, Unit.id == UnitName.unit_id)
        .where(Unit.authority_id.in_(authority_ids), UnitName.since > after, UnitName.since > Unit.valid_from)
        .order_by(UnitName.since, UnitName.id)
    )


def _name() -> Select[int, str]:
    dated = select(UnitName.name).where(UnitName.unit_id == Unit.id, UnitName.since <= bindparam("day", type_=Date))
    latest = dated.order_by(UnitName.since.desc()).limit(1).scalar_subquery()
    return select(Unit.id, func.coalesce(latest, Unit.name)).where(Unit.id == bindparam("unit_id"))


_NAME = KeptStatement(_name())


_SUCCESSORS = KeptStatement(select(Succession.successor_id).where(Succession.successor_id.is_not(None)).distinct())
_DAY = bindparam("day", type_=Date)
_DUE_FOR_UPDATE = KeptObjects(
    Succession,
    for_update(
        select(Succession.__table__)
        .where(Succession.day <= _DAY, Succession.settled_at.is_(None))
        .order_by(Succession.day, Succession.id),
        skip_locked=True,
    ),
)
_DAYS_AHEAD = KeptStatement(
    select(Succession.day)
    .where(Succession.day > _DAY, Succession.settled_at.is_(None))
    .union(select(UnitName.since).where(UnitName.since > _DAY))
)


def _renamed() -> Select[*tuple[Any, ...]]:
    last = select(UnitName.unit_id, func.max(UnitName.since).label("since")).where(UnitName.since <= _DAY)
    current = last.group_by(UnitName.unit_id).subquery()
    return (
        select(Unit.__table__, UnitName.name)
        .join(UnitName, UnitName.unit_id == Unit.id)
        .join(current, (current.c.unit_id == UnitName.unit_id) & (current.c.since == UnitName.since))
        .where(Unit.name != UnitName.name)
    )


_RENAMED = KeptObjects(Unit, _renamed())


class Successions:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._reference = reference_of(session)

    def add(self, row: Succession | UnitName) -> None:
        self._session.add(row)

    async def successor_ids(self) -> set[int]:
        """Return the ids of all units that succeed another one."""
        return {unit_id for (unit_id,) in await _SUCCESSORS.read(self._session, {})}

    async def lived(self, unit_ids: Sequence[int], *, day: date) -> Sequence[int]:
        """Return the ids of those units that existed on this day, also before they were entered in the bot.

        A unit that no succession founded existed before it was entered: organisations are entered when they get the
        bot.
        """
        founded = select(Succession.id).where(Succession.successor_id == Unit.id, Succession.day <= Unit.valid_from)
        query = select(Unit.id).where(Unit.id.in_(unit_ids), or_(Unit.valid_to.is_(None), Unit.valid_to >= day))
        return (await self._session.scalars(query.where(or_(Unit.valid_from <= day, ~founded.exists())))).all()

    async def last_mergers(self, *, day: date) -> dict[int, date]:
        """Return {unit_id: last day by this one on which another unit merged into it}."""
        query = (
            select(Succession.successor_id, func.max(Succession.day))
            .where(Succession.change == UnitChange.MERGE, Succession.successor_id.is_not(None), Succession.day <= day)
            .group_by(Succession.successor_id)
        )
        return {unit_id: last for unit_id, last in await self._session.execute(query) if unit_id is not None}

    async def get(self, ids: Sequence[int]) -> Sequence[Succession]:
        query = select(Succession).where(Succession.id.in_(ids)).order_by(Succession.id)
        return (await self._session.scalars(query)).all()

    async def name(self, name_id: int) -> UnitName | None:
        """Return the renaming, or None if it was cancelled."""
        return await self._session.get(UnitName, name_id)

    async def coming(self, authority_ids: Sequence[int], *, after: date) -> Sequence[Succession]:
        """Return the successions after this day that are not in effect yet, for units below these authorities."""
        return (await self._session.scalars(_coming(authority_ids, after))).all()

    async def coming_for_update(self, authority_ids: Sequence[int], *, after: date) -> Sequence[Succession]:
        return (await self._session.scalars(for_update(_coming(authority_ids, after), of=Succession))).all()

    async def coming_names(self, authority_ids: Sequence[int], *, after: date) -> Sequence[UnitName]:
        return (await self._session.scalars(_coming_names(authority_ids, after))).all()

    async def coming_names_for_update(self, authority_ids: Sequence[int], *, after: date) -> Sequence[UnitName]:
        return (await self._session.scalars(for_update(_coming_names(authority_ids, after), of=UnitName))).all()

    async def founding_succession(self, unit_id: int) -> Succession | None:
        """Return the first succession that names this unit as the successor, or None."""
        query = select(Succession).where(Succession.successor_id == unit_id).order_by(Succession.id)
        return (await self._session.scalars(query)).first()

    async def has_other_changes(self, unit_ids: Sequence[int], *, besides: Sequence[int]) -> bool:
        """Whether a succession other than `besides`, or any renaming, concerns one of the units."""
        concerned = Succession.unit_id.in_(unit_ids) | Succession.successor_id.in_(unit_ids)
        others = select(Succession.id).where(concerned, Succession.id.not_in(besides))
        names = select(UnitName.id).where(UnitName.unit_id.in_(unit_ids))
        return bool((await self._session.scalars(others.union_all(names).limit(1))).first())

    async def remove(self, row: Succession | UnitName | Membership) -> None:
        await self._session.delete(row)

    async def succession_into(self, unit_id: int, day: date) -> Succession | None:
        """Return the first succession into this unit on this day or later, or None."""
        query = select(Succession).where(Succession.successor_id == unit_id, Succession.day >= day)
        return (await self._session.scalars(query.order_by(Succession.day))).first()

    async def due_for_update(self, *, day: date) -> Sequence[Succession]:
        """Lock and return the successions whose day has come and that are not in effect yet, earliest first.

        Rows that another transaction has locked are left out.
        """
        return await _DUE_FOR_UPDATE.all(self._session, {"day": day})

    async def days_ahead(self, *, day: date) -> set[date]:
        """Return the days after this one on which successions or renamings take effect."""
        return {ahead for (ahead,) in await _DAYS_AHEAD.read(self._session, {"day": day})}

    async def succession_of(self, unit_id: int) -> Succession | None:
        """Return the unit's succession, or None; the people of a unit that was split go to the first part."""
        query = select(Succession).where(Succession.unit_id == unit_id).order_by(Succession.id)
        return (await self._session.scalars(query)).first()

    async def predecessors(self, unit_ids: Sequence[int], *, day: date) -> Sequence[tuple[int, int]]:
        """Return (unit_id, predecessor_id) pairs of these units, by this day.

        Predecessors of predecessors are included; a unit that was split has only its first part as successor.
        """
        rows = await self._session.execute(_PREDECESSORS, {"unit_ids": unit_ids, "day": day})
        return [(heir, unit_id) for heir, unit_id in rows]

    async def last_successors(self, unit_ids: Collection[int], *, day: date) -> dict[int, int]:
        """Return {unit_id: id of the last of its successors by this day}; units without a successor are left out."""
        heirs = await self._first_heirs(unit_ids, day=day)
        # There is never a circle of successors, so this ends.
        while further := await self._first_heirs(set(heirs.values()), day=day):
            heirs = {unit_id: further.get(heir, heir) for unit_id, heir in heirs.items()}
        return heirs

    async def _first_heirs(self, unit_ids: Collection[int], *, day: date) -> dict[int, int]:
        query = (
            select(Succession.unit_id, Succession.successor_id)
            .where(Succession.unit_id.in_(unit_ids), Succession.day <= day)
            .order_by(Succession.id.desc())
        )
        rows = await self._session.execute(query)
        return {unit_id: heir for unit_id, heir in rows if heir is not None}

    async def move_subordinates(self, unit_id: int, *, to: int) -> None:
        """Make `to` the authority of all units, clusters, plans and duties of `unit_id`. Does not commit."""
        for table in (Unit, Cluster, StoredPlan, Duty):
            moved = update(table).where(table.authority_id == unit_id).values(authority_id=to)
            await self._session.execute(moved)

    async def name_from(self, unit_id: int, day: date) -> UnitName | None:
        """Return the renaming of the unit on exactly this day, or None."""
        query = select(UnitName).where(UnitName.unit_id == unit_id, UnitName.since == day)
        return await self._session.scalar(query)

    async def has_names(self, unit_id: int) -> bool:
        query = select(func.count()).where(UnitName.unit_id == unit_id)
        return bool(await self._session.scalar(query))

    async def names(self, unit_ids: set[int], *, day: date) -> dict[int, str]:
        """Return {unit_id: its name on this day}, past or future."""

        async def read(unknown: Collection[int]) -> dict[int, str]:
            return await self._read_names(unknown, day=day)

        return await self._reference.kept_each(f"name {day}", unit_ids, read)

    async def _read_names(self, unit_ids: Collection[int], *, day: date) -> dict[int, str]:
        await write_pending(self._session)
        if len(unit_ids) == 1:
            return dict(await _NAME.rows(self._session, {"unit_id": next(iter(unit_ids)), "day": day}))
        plain = select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids))
        names: dict[int, str] = dict((await self._session.execute(plain)).all())
        dated = select(UnitName.unit_id, UnitName.name).where(UnitName.unit_id.in_(unit_ids), UnitName.since <= day)
        return names | dict((await self._session.execute(dated.order_by(UnitName.since))).all())

    async def all_names(self, unit_ids: set[int]) -> set[str]:
        """Return every name that one of the units has, had or will have."""
        plain = select(Unit.name).where(Unit.id.in_(unit_ids))
        dated = select(UnitName.name).where(UnitName.unit_id.in_(unit_ids))
        return set(await self._session.scalars(plain.union(dated)))

    async def renamed(self, *, day: date) -> Sequence[tuple[Unit, str]]:
        """Return the units whose name on this day differs from the stored one, with that name."""
        return [(unit, name) for unit, name in await _RENAMED.rows(self._session, {"day": day})]
