"""The horizon of an asker: the units, clusters, duties and indicators that they may ask about, and no others."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.duties.due_hours import shown
from domain.duties.duties import is_current
from domain.plans.deadlines import DutyKind
from domain.plans.occurrences import coming_occurrences
from domain.questions.labels import NameIndex
from domain.questions.lexicon import Concept
from domain.questions.readings import Named, occurrence_key
from domain.roles import Right
from domain.units import UnitKind
from models.organisation.clusters import Cluster
from models.organisation.units import Unit, UnitRecord
from models.plans.in_force import current_plan
from models.plans.plans import StoredPlan
from usecases.context import Context, query


@dataclass(frozen=True, slots=True)
class KnownDuty:
    """A duty that can be asked about, without its units."""

    key: str
    kind: DutyKind
    title: str
    """With its year: «Báo cáo 6 tháng 2026»."""
    year: int
    last_valid_day: date | None
    opens: date | None = None
    """The day on which it opens, or None if it is open."""

    @property
    def named(self) -> Named:
        return Named(self.key, self.title)


@dataclass(frozen=True, slots=True)
class KnownUnit:
    id: int
    name: str
    kind: UnitKind
    authority_id: int | None

    @property
    def named(self) -> Named:
        return Named(str(self.id), self.name)


@dataclass(frozen=True, slots=True)
class KnownCluster:
    id: int
    name: str

    @property
    def named(self) -> Named:
        return Named(str(self.id), self.name)


@dataclass(frozen=True, slots=True)
class Horizon:
    today: date
    units: Mapping[int, KnownUnit]
    own: tuple[int, ...]
    """Ids of the units for which the asker hands in."""
    authorities: tuple[int, ...]
    """Ids of the authorities whose status the asker sees."""
    clusters: Mapping[int, KnownCluster]
    own_clusters: tuple[int, ...]
    duties: tuple[KnownDuty, ...]
    indicators: tuple[Named, ...]

    @property
    def sees_status(self) -> bool:
        return bool(self.authorities)

    @property
    def own_units(self) -> tuple[Named, ...]:
        return tuple(self.units[unit_id].named for unit_id in self.own if unit_id in self.units)

    @property
    def next_due(self) -> KnownDuty | None:
        """The open duty that is due next, or else the one that was due last."""
        found = [duty for duty in self.duties if duty.opens is None and duty.last_valid_day]
        coming = [duty for duty in found if duty.last_valid_day and duty.last_valid_day >= self.today]
        return next(iter(coming or reversed(found)), None)

    async def index(self) -> NameIndex:
        """Return the index of all names; it is built again only if one of them has changed."""
        units = tuple(unit.named for unit in self.units.values())
        clusters = tuple(cluster.named for cluster in self.clusters.values())
        duties = tuple(duty.named for duty in self.duties)
        # The names of a province take a tenth of a second; others go on meanwhile.
        return await asyncio.to_thread(_index, units, clusters, duties, self.indicators)


@query
async def read_horizon(ctx: Context) -> Horizon:
    """Return what the actor may ask about: all below their authorities, their own units and those of their clusters."""
    authorities = tuple(dict.fromkeys(post.unit_id for post in ctx.actor.units_where(Right.SEE_STATUS)))
    own = tuple(dict.fromkeys(post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)))
    units: dict[int, Unit | UnitRecord] = {unit_id: await ctx.uow.units.get(unit_id) for unit_id in own}
    clusters: dict[int, Cluster] = {}
    for authority_id in authorities:
        units |= {unit.id: unit for unit in await ctx.uow.units.records_below(authority_id, day=ctx.today)}
        found = await ctx.uow.clusters.of_authority(authority_id, day=ctx.today)
        clusters |= {cluster.id: cluster for cluster in found}
    memberships = await ctx.uow.clusters.memberships_of(own, day=ctx.today) if own else ()
    own_clusters = {cluster.id: cluster for _, cluster in memberships}
    for cluster_id in own_clusters:
        units |= {unit.id: unit for unit in await ctx.uow.clusters.members(cluster_id, day=ctx.today)}
    plans = await ctx.uow.plans.all()
    duties = await _duties(ctx, plans, authorities=authorities, own=own)
    return Horizon(
        today=ctx.today,
        units={unit.id: KnownUnit(unit.id, unit.name, unit.kind, unit.authority_id) for unit in units.values()},
        own=own,
        authorities=authorities,
        clusters={cluster.id: KnownCluster(cluster.id, cluster.name) for cluster in (clusters | own_clusters).values()},
        own_clusters=tuple(own_clusters),
        duties=duties,
        indicators=_indicators(plans, {duty.key.partition(":")[0] for duty in duties}),
    )


@lru_cache(maxsize=32)
def _index(
    units: tuple[Named, ...], clusters: tuple[Named, ...], duties: tuple[Named, ...], indicators: tuple[Named, ...]
) -> NameIndex:
    names = {Concept.UNIT: units, Concept.CLUSTER: clusters, Concept.DUTY: duties, Concept.INDICATOR: indicators}
    return NameIndex.of(names)


async def _duties(
    ctx: Context, plans: Iterable[StoredPlan], *, authorities: tuple[int, ...], own: tuple[int, ...]
) -> tuple[KnownDuty, ...]:
    rows = await ctx.uow.occurrences.open(authority_ids=authorities, unit_ids=own, day=ctx.today)
    found = {
        key: KnownDuty(key, row.kind, row.name, row.year, shown(row.last_valid_day, at=ctx.local(ctx.now)))
        for row in rows
        if is_current(row.year, row.due_day, today=ctx.today)
        for key in [occurrence_key(row.plan_code, row.code, row.year, row.turn)]
    }
    coming = await _coming(ctx, plans, authorities=authorities, own=own)
    return (*found.values(), *(duty for key, duty in coming.items() if key not in found))


async def _coming(
    ctx: Context, plans: Iterable[StoredPlan], *, authorities: tuple[int, ...], own: tuple[int, ...]
) -> dict[str, KnownDuty]:
    """Return {key: duty} of what opens later this year."""
    mine = [await ctx.uow.units.get(unit_id) for unit_id in own]
    found: dict[str, KnownDuty] = {}
    for stored in plans:
        plan = current_plan(stored)
        sees_all = stored.authority_id in authorities
        kinds = {unit.kind for unit in mine if unit.authority_id == stored.authority_id}
        days_set = await ctx.uow.plans.days_set(plan.code)
        for kind in sorted({kind for rule in plan.deadlines for kind in rule.applies_to} if sees_all else kinds):
            for coming in coming_occurrences(plan, kind, days_set=days_set, today=ctx.today):
                key = occurrence_key(plan.code, *coming.key)
                found.setdefault(
                    key, KnownDuty(key, coming.kind, coming.name, coming.year, coming.last_valid_day, coming.opens)
                )
    return dict(sorted(found.items(), key=lambda item: (item[1].last_valid_day or date.max, item[0])))


def _indicators(plans: Iterable[StoredPlan], codes: set[str]) -> tuple[Named, ...]:
    found = {
        indicator.code: Named(indicator.code, indicator.name)
        for stored in plans
        if stored.code in codes
        for indicator in current_plan(stored).indicators
    }
    return tuple(found.values())
