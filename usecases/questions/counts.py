"""Counts for answers: how duties stand among the units that a question is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.duties.duties import days_left, is_current
from domain.questions.readings import QuestionReading, occurrence_key
from domain.typed_input.words import plain
from models.duties.duties import Duty
from models.organisation.clusters import Cluster
from usecases.context import Context
from usecases.duties.tallies import ClusterCount, Counted, count_clusters, last_day, membership_day, tally_units
from usecases.duties.views import DutyView, view_duties
from usecases.questions.horizon import Horizon, KnownUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCount(Counted):
    """How one duty stands among the units that a question is about."""

    duty_id: int
    """Id of any one unit's duty: it stands for those of all units."""
    key: str
    title: str
    last_valid_day: date | None
    at: datetime
    clusters: tuple[ClusterCount, ...]

    @property
    def days_left(self) -> int | None:
        return days_left(self.last_valid_day, today=self.at.date())


async def count_duties(ctx: Context, horizon: Horizon, reading: QuestionReading) -> tuple[DutyCount, ...]:
    """Return the counts of every open duty that the reading is about, the one due next first."""
    groups = await duties_about(ctx, horizon, reading)
    views = await view_duties(ctx, [duty for group in groups.values() for duty in group])
    by_id = {view.id: view for view in views}
    found = [
        await _count(ctx, key, group, [by_id[duty.id] for duty in group]) for key, group in groups.items() if group
    ]
    return tuple(sorted(found, key=lambda count: _nearness(count, ctx.today)))


async def duties_about(ctx: Context, horizon: Horizon, reading: QuestionReading) -> dict[str, list[Duty]]:
    """Return {key of the duty: the rows of the units that the reading is about}; each unit that the actor may see."""
    if horizon.sees_status:
        rows = await ctx.uow.duties.of_authorities(horizon.authorities, day=ctx.today)
    else:
        rows = []
    known = {row.id for row in rows}
    peers = _peers(horizon)
    own = [row for row in await ctx.uow.duties.of_units(sorted(peers), day=ctx.today) if row.id not in known]
    wanted = [row for row in (*rows, *own) if is_current(row.year, row.due_day, today=ctx.today)]
    if reading.duty is not None:
        wanted = [row for row in wanted if key_of(row) == reading.duty.key]
    groups: dict[str, list[Duty]] = {}
    for row in wanted:
        groups.setdefault(key_of(row), []).append(row)
    return {key: await _narrowed(ctx, group, horizon, reading) for key, group in groups.items()}


def key_of(duty: Duty) -> str:
    return occurrence_key(duty.plan_code, *duty.occurrence)


def _peers(horizon: Horizon) -> set[int]:
    """Return the ids of the actor's own units and of those of their clusters."""
    below = set(horizon.authorities)
    return {unit.id for unit in horizon.units.values() if unit.authority_id not in below}


async def _narrowed(ctx: Context, group: list[Duty], horizon: Horizon, reading: QuestionReading) -> list[Duty]:
    if reading.unit is not None:
        return [duty for duty in group if duty.unit_id == reading.unit.id]
    if reading.cluster is not None:
        of_unit = await _clusters_of(ctx, group)
        group = [duty for duty in group if duty.unit_id in of_unit and of_unit[duty.unit_id].id == reading.cluster.id]
    if reading.kind is not None:
        kind = reading.kind.key
        group = [duty for duty in group if (unit := horizon.units.get(duty.unit_id)) and is_of_kind(unit, kind)]
    return group


def is_of_kind(unit: KnownUnit, kind: str) -> bool:
    return unit.kind == kind or f"{plain(unit.name)} ".startswith(f"{kind} ")


async def _clusters_of(ctx: Context, group: Sequence[Duty]) -> dict[int, Cluster]:
    return await ctx.uow.clusters.by_unit(group[0].authority_id, day=membership_day(ctx, group))


async def _count(ctx: Context, key: str, group: Sequence[Duty], views: Iterable[DutyView]) -> DutyCount:
    shown = list(views)
    return DutyCount(
        tally=tally_units(shown),
        duty_id=group[0].id,
        key=key,
        title=group[0].name,
        last_valid_day=last_day(group),
        at=ctx.local(ctx.now),
        clusters=count_clusters(shown, await _clusters_of(ctx, group)),
    )


def _nearness(count: DutyCount, today: date) -> tuple[bool, int]:
    away = ((count.last_valid_day or date.max) - today).days
    return away < 0, abs(away)
