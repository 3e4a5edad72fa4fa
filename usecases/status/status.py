"""The status of duties for leaders: which units handed in, in time or late, and which are missing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from domain.audit import AuditAction
from domain.duties.duties import days_left, is_current
from domain.duties.tallies import MISSING_PARTS, TallyPart, tally
from domain.errors import Refusal, Way
from domain.plans.deadlines import DutyKind
from domain.roles import Right
from models.duties.duties import Duty
from models.organisation.units import Cluster
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.duties.tallies import (
    ClusterCount,
    Counted,
    UnitLine,
    count_clusters,
    last_day,
    membership_day,
    tally_units,
)
from usecases.duties.views import DutyView, view_duties
from usecases.reachability.escalations import reachable_people

NUDGE_PAUSE = timedelta(hours=4)
"""Shortest time between two reminders of one unit about one duty, whichever leaders or cluster heads ask for them."""
REMINDED_PARTS = (*MISSING_PARTS, TallyPart.MENDING, TallyPart.SPARED)
"""Parts of a tally whose units can be reminded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView(Counted):
    """The status of one duty among the units of an authority, or of one of its clusters."""

    duty_id: int
    """Id of any one unit's duty: it stands for those of all units."""
    kind: DutyKind
    title: str
    cluster_id: int | None
    cluster_name: str | None
    last_valid_day: date | None
    at: datetime
    clusters: tuple[ClusterCount, ...]
    """Counts that sum to the whole; units outside every cluster come last."""
    nudges: Mapping[int, datetime] = field(default_factory=dict)
    """{unit_id: local time of its last nudge} of the missing units that may not be nudged again yet."""

    @property
    def days_left(self) -> int | None:
        return days_left(self.last_valid_day, today=self.at.date())

    @property
    def is_overdue(self) -> bool:
        """Whether units are missing after the last valid day, other than those with a claimed paper."""
        is_past = self.last_valid_day is not None and self.last_valid_day < self.at.date()
        return is_past and any(unit.part is not TallyPart.PAPER_CLAIMED for unit in self.unfinished)

    @property
    def missing(self) -> tuple[UnitLine, ...]:
        """Units that can be reminded: all that have not handed in, without those with a claimed paper."""
        return self.tally.of(*REMINDED_PARTS)

    @property
    def remindable(self) -> tuple[UnitLine, ...]:
        """Units that a nudge would reach now."""
        return tuple(unit for unit in self.missing if unit.reachable and unit.unit_id not in self.nudges)

    @property
    def nudged_at(self) -> datetime | None:
        """Local time of the last nudge of the missing units, or None if one of them can be nudged now."""
        return None if self.remindable else max(self._nudges_of_missing, default=None)

    @property
    def next_nudge_at(self) -> datetime | None:
        """Local time from which one of the missing units can be nudged again, or None if one can be now."""
        first = None if self.remindable else min(self._nudges_of_missing, default=None)
        return first + NUDGE_PAUSE if first else None

    @property
    def _nudges_of_missing(self) -> list[datetime]:
        return [self.nudges[unit.unit_id] for unit in self.missing if unit.unit_id in self.nudges]

    @property
    def claimed(self) -> tuple[UnitLine, ...]:
        return self.tally.claimed

    @property
    def unfinished(self) -> tuple[UnitLine, ...]:
        """Every unit that is not counted as having handed in."""
        return self.tally.of(*REMINDED_PARTS, TallyPart.PAPER_CLAIMED)


@dataclass(frozen=True, slots=True)
class StatusRow:
    """The line of one unit in the list of a duty."""

    unit_name: str
    cluster_name: str | None
    part: TallyPart
    handed_in_at: datetime | None
    """Local time of the first hand-in, or None if the unit still owes the duty."""
    on_paper: bool = False
    extended_to: date | None = None
    """The granted day, or None if none was granted."""


@dataclass(frozen=True, slots=True)
class ClusterView:
    id: int
    name: str


@query
async def list_status(ctx: Context, *, cluster_id: int | None = None) -> tuple[StatusView, ...]:
    """Return every duty of the year: the one due next first, those past last. Raises Refusal like `list_clusters`."""
    return await _list(ctx, cluster_id=cluster_id)


async def _list(ctx: Context, *, cluster_id: int | None) -> tuple[StatusView, ...]:
    groups: dict[tuple[str, str, int, int], list[Duty]] = {}
    for duty in await ctx.uow.duties.of_authorities(_authorities(ctx), day=ctx.today):
        if is_current(duty.year, duty.due_day, today=ctx.today):
            groups.setdefault((duty.plan_code, *duty.occurrence), []).append(duty)
    views = [await status_of(ctx, group, cluster_id=cluster_id) for group in groups.values()]
    return tuple(sorted((view for view in views if view.owed), key=lambda view: _nearness(view, ctx.today)))


def _nearness(view: StatusView, today: date) -> tuple[bool, int]:
    away = ((view.last_valid_day or date.max) - today).days
    return away < 0, abs(away)


@query
async def list_exceptions(ctx: Context) -> tuple[StatusView, ...]:
    """Return the duties with missing units that are overdue or due within a week, by the granted day if there is one.

    Raises Refusal like `list_clusters`.
    """
    views = await _list(ctx, cluster_id=None)
    return tuple(view for view in views if _is_near(view, ctx.today))


def _is_near(view: StatusView, today: date) -> bool:
    days = [unit.extended_until or view.last_valid_day for unit in view.missing]
    return any(day is not None and day - today <= timedelta(days=7) for day in days)


@query
async def read_status(ctx: Context, duty_id: int, *, cluster_id: int | None = None) -> StatusView:
    """Return the status of a duty. Raises Refusal if the actor may not see it, or if no unit owes it any more."""
    return await status_of(ctx, await duties_like(ctx, duty_id), cluster_id=cluster_id)


@command
async def export_rows(ctx: Context, duty_id: int, *, cluster_id: int | None = None) -> tuple[StatusRow, ...]:
    """Return a line for every unit that has the duty; the export has an audit entry.

    Raises Refusal like `read_status`.
    """
    group = await duties_like(ctx, duty_id)
    of_unit = await _clusters_of(ctx, group)
    submissions = await ctx.uow.submissions.all_of([duty.id for duty in group])
    rows = []
    for duty, view in zip(group, await view_duties(ctx, group), strict=True):
        cluster = of_unit.get(duty.unit_id)
        if cluster_id is None or _is_in(cluster, cluster_id):
            hours = [draft.counts_from for draft in submissions.get(duty.id, []) if draft.counts_from]
            first = ctx.local(min(hours)) if hours and not view.is_owed else None
            name = cluster.name if cluster else None
            rows.append(_row(view, cluster_name=name, first=first))
    audit(ctx, AuditAction.EXPORTED, about="status", unit_id=group[0].authority_id, duty=duty_id, cluster=cluster_id)
    await ctx.uow.commit()
    return tuple(rows)


def _row(view: DutyView, *, cluster_name: str | None, first: datetime | None) -> StatusRow:
    return StatusRow(
        unit_name=view.unit_name,
        cluster_name=cluster_name,
        handed_in_at=first,
        part=view.part,
        on_paper=view.on_paper,
        extended_to=view.last_valid_day if view.statutory_day else None,
    )


@query
async def list_clusters(ctx: Context) -> tuple[ClusterView, ...]:
    """Return the clusters of the actor's authorities. Raises Refusal unless the actor may see the status."""
    return tuple(ClusterView(cluster.id, cluster.name) for cluster in await _clusters(ctx))


def _authorities(ctx: Context) -> list[int]:
    posts = ctx.actor.units_where(Right.SEE_STATUS)
    if not posts:
        raise Refusal("leaders-only", "Lệnh này dành cho lãnh đạo và cơ quan thường trực.", way=Way.DUTIES_OF_ONES_UNIT)
    return [post.unit_id for post in posts]


async def _clusters(ctx: Context) -> list[Cluster]:
    return [
        cluster
        for authority_id in _authorities(ctx)
        for cluster in await ctx.uow.clusters.of_authority(authority_id, day=ctx.today)
    ]


async def duties_like(ctx: Context, duty_id: int, *, right: Right = Right.SEE_STATUS) -> list[Duty]:
    """Return the same duty of every unit of the authority.

    Raises Refusal if the actor lacks the right there, or no unit owes the duty any more.
    """
    duty = await watched_duty(ctx, duty_id, right=right)
    group = [other for other, _ in await ctx.uow.duties.like(duty, day=ctx.today)]
    if not group:
        raise owed_by_nobody()
    return group


async def watched_duty(ctx: Context, duty_id: int, *, right: Right = Right.SEE_STATUS) -> Duty:
    """Return the duty. Raises Refusal if there is none, or if the actor lacks the right at its authority."""
    duty = await ctx.uow.duties.find(duty_id)
    if duty is None or not ctx.actor.may(right, unit_id=duty.authority_id):
        raise Refusal("status-hidden", "Anh/chị không có quyền xem tình hình này.", way=Way.HOME)
    return duty


def owed_by_nobody() -> Refusal:
    return Refusal("duty-owed-by-nobody", "Việc này không còn đơn vị nào phải nộp.", way=Way.STATUS_OF_DUTIES)


async def _clusters_of(ctx: Context, group: Sequence[Duty]) -> dict[int, Cluster]:
    return await ctx.uow.clusters.by_unit(group[0].authority_id, day=membership_day(ctx, group))


async def status_of(ctx: Context, group: Sequence[Duty], *, cluster_id: int | None) -> StatusView:
    """Return how these duties, the same of each unit, stand in the cluster or in all. Asks for no right."""
    of_unit = await _clusters_of(ctx, group)
    counted = [d for d in group if cluster_id is None or _is_in(of_unit.get(d.unit_id), cluster_id)]
    views = await view_duties(ctx, counted)
    reminded = [view.unit_id for view in views if view.part in REMINDED_PARTS]
    nudges = await _nudges(ctx, group[0], reminded)
    named = next((cluster.name for cluster in of_unit.values() if cluster.id == cluster_id), None)
    return StatusView(
        tally=tally_units(views, reached={unit_id for unit_id, _, _ in await reachable_people(ctx, reminded)}),
        duty_id=group[0].id,
        kind=group[0].kind,
        title=f"{group[0].title} {group[0].year}",
        cluster_id=cluster_id,
        cluster_name=named,
        last_valid_day=last_day(group),
        at=ctx.local(ctx.now),
        clusters=count_clusters(views, of_unit),
        nudges={unit_id: ctx.local(at) for unit_id, at in nudges.items()},
    )


def _is_in(cluster: Cluster | None, cluster_id: int) -> bool:
    return cluster is not None and cluster.id == cluster_id


async def _nudges(ctx: Context, duty: Duty, missing: Collection[int]) -> dict[int, datetime]:
    """Return {unit_id: time of the last nudge} of those missing units that may not be nudged again yet."""
    last = await ctx.uow.reminders.last_nudges(duty)
    return {unit_id: at for unit_id, at in last.items() if unit_id in missing and ctx.now < at + NUDGE_PAUSE}


def without(view: StatusView, unit_ids: Collection[int]) -> StatusView:
    """Return the same status as if these units did not owe the duty."""
    lines = [line for part in TallyPart for line in view.tally.of(part) if line.unit_id not in unit_ids]
    return replace(view, tally=tally(lines, lambda line: line.part))
