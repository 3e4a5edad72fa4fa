"""The duties of a cluster as its head sees them: how many units have handed in, and which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.duties.due_hours import TimedDay, shown
from domain.duties.duties import days_left, is_current
from domain.errors import Refusal, Way
from models.duties.duties import Duty
from models.organisation.clusters import Cluster, Membership
from usecases.clusters.heads import headed_cluster, own_units
from usecases.context import Context, query
from usecases.duties.tallies import Counted, last_day, tally_units
from usecases.duties.views import DutyView, view_duties
from usecases.groups.scoreboards import ScoreboardView, view_scoreboard
from usecases.status.status import status_of
from usecases.status.views import StatusView


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterDutyRow(Counted):
    """One duty in the list of a cluster."""

    duty_id: int
    """Id of any one unit's duty: it stands for those of all units."""
    title: str
    last_valid_day: date | None
    days_left: int | None

    @property
    def is_over(self) -> bool:
        is_hour_over = isinstance(self.last_valid_day, TimedDay) and self.last_valid_day.is_over
        return is_hour_over or (self.days_left is not None and self.days_left < 0)


@dataclass(frozen=True, slots=True)
class ClusterDutiesView:
    """The duties of a cluster that are open: not yet due, or owed by a unit after their day."""

    cluster_id: int
    cluster_name: str
    units: int
    """How many units the cluster has today."""
    rows: tuple[ClusterDutyRow, ...]
    """The duty due next first, those past last."""
    at: datetime


@dataclass(frozen=True, slots=True)
class ClusterDutyView:
    status: StatusView
    own_missing: tuple[str, ...]
    """Names of the actor's own units among those that still owe the duty."""
    others_missing: int
    """How many other units still owe it."""


@query
async def list_cluster_duties(ctx: Context, cluster_id: int) -> ClusterDutiesView:
    """Return the open duties of a cluster. Raises Refusal unless the actor's unit heads it today."""
    cluster = await headed_cluster(ctx, cluster_id)
    memberships = await ctx.uow.clusters.memberships_in(cluster.id)
    units = sorted({membership.unit_id for membership in memberships})
    duties = [
        duty
        for duty in await ctx.uow.duties.of_units(units, day=ctx.today)
        if duty.authority_id == cluster.authority_id and is_current(duty.year, duty.due_day, today=ctx.today)
    ]
    counted = await _counted(ctx, cluster, memberships, duties)
    views = {view.id: view for view in await view_duties(ctx, counted)}
    groups: dict[tuple[str, str, int, int], list[Duty]] = {}
    for duty in counted:
        groups.setdefault((duty.plan_code, *duty.occurrence), []).append(duty)
    rows = [_row(ctx, group, [views[duty.id] for duty in group]) for group in groups.values()]
    return ClusterDutiesView(
        cluster.id,
        cluster.name,
        units=len({one.unit_id for one in memberships if one.is_valid_on(ctx.today)}),
        rows=tuple(sorted((row for row in rows if _is_open(row)), key=_nearness)),
        at=ctx.local(ctx.now),
    )


async def _counted(
    ctx: Context, cluster: Cluster, memberships: Sequence[Membership], duties: Sequence[Duty]
) -> list[Duty]:
    """Return those duties whose units are counted in the cluster: its members today, or on the last valid day."""
    first = min((duty.last_valid_day for duty in duties if duty.last_valid_day), default=ctx.today)
    if all(one.is_valid_on(ctx.today) and one.valid_from <= first for one in memberships):
        # The days of all units of a large authority take long to read, and make no difference here.
        return [*duties]
    last_days = await ctx.uow.occurrences.last_valid_days(cluster.authority_id, day=ctx.today)

    def is_counted(duty: Duty) -> bool:
        day = min(last_days.get((duty.plan_code, *duty.occurrence)) or ctx.today, ctx.today)
        return any(one.unit_id == duty.unit_id and one.is_valid_on(day) for one in memberships)

    return [duty for duty in duties if is_counted(duty)]


def _row(ctx: Context, group: Sequence[Duty], views: Sequence[DutyView]) -> ClusterDutyRow:
    last = shown(last_day(group), at=ctx.local(ctx.now))
    return ClusterDutyRow(
        tally=tally_units(views),
        duty_id=group[0].id,
        title=views[0].title,
        last_valid_day=last,
        days_left=days_left(last, today=ctx.today),
    )


def _is_open(row: ClusterDutyRow) -> bool:
    return not row.tally.is_complete or row.days_left is None or row.days_left >= 0


def _nearness(row: ClusterDutyRow) -> tuple[bool, int]:
    away = row.days_left if row.days_left is not None else date.max.toordinal()
    return away < 0, abs(away)


@query
async def read_cluster_duty(ctx: Context, cluster_id: int, duty_id: int) -> ClusterDutyView:
    """Return how the cluster's units stand in a duty.

    Raises Refusal unless the actor's unit heads the cluster today, or if none of its units owes the duty.
    """
    cluster = await headed_cluster(ctx, cluster_id)
    status = await status_in(ctx, cluster, await group_of(ctx, cluster, duty_id))
    own = own_units(ctx)
    own_missing = tuple(unit.name for unit in status.unfinished if unit.unit_id in own)
    return ClusterDutyView(status, own_missing, sum(unit.unit_id not in own for unit in status.missing))


@query
async def read_forwardable(ctx: Context, cluster_id: int, duty_id: int) -> ScoreboardView:
    """Return the duty as the cluster's group may see it. Raises Refusal like `read_cluster_duty`."""
    cluster = await headed_cluster(ctx, cluster_id)
    group = await group_of(ctx, cluster, duty_id)
    view = await view_scoreboard(ctx, cluster, group[0])
    if not view.owed:
        raise _not_owed()
    return view


async def group_of(ctx: Context, cluster: Cluster, duty_id: int) -> list[Duty]:
    """Return the same duty of every unit of the cluster's authority. Raises Refusal if no unit owes it any more."""
    duty = await ctx.uow.duties.find(duty_id)
    if duty is None or duty.authority_id != cluster.authority_id:
        raise _not_owed()
    group = [other for other, _ in await ctx.uow.duties.like(duty, day=ctx.today)]
    if not group:
        raise _not_owed()
    return group


async def status_in(ctx: Context, cluster: Cluster, group: Sequence[Duty]) -> StatusView:
    """Return how the cluster's units stand in this duty of all units. Raises Refusal if none of them owes it."""
    status = await status_of(ctx, group, cluster_id=cluster.id)
    if not status.owed:
        raise _not_owed()
    return status


def _not_owed() -> Refusal:
    return Refusal("duty-not-of-cluster", "Việc này không còn đơn vị nào của cụm phải nộp.", way=Way.CLUSTER)
