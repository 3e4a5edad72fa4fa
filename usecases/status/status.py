"""The status of duties for leaders: how many units handed in, in time or late, and which are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.duties.due_hours import shown, timed
from domain.duties.names import name_of
from domain.duties.tallies import PartCounts, Tally, TallyPart
from domain.errors import Refusal, Way
from domain.roles import Right
from models.duties.duties import Duty
from models.duties.tallies import PartCount
from models.organisation.clusters import Cluster
from usecases.context import Context, query
from usecases.duties.tallies import (
    UnitLine,
    count_lines,
    tally_lines,
)
from usecases.reachability.escalations import reachable_people
from usecases.status.views import NUDGE_PAUSE, REMINDED_PARTS, StatusSummary, StatusView


@dataclass(frozen=True, slots=True)
class ClusterView:
    id: int
    name: str


@query
async def list_status(ctx: Context, *, cluster_id: int | None = None) -> tuple[StatusSummary, ...]:
    """Return every duty of the year: the one due next first, those past last. Raises Refusal like `list_clusters`."""
    return tuple(summary for summary, _ in await _list(ctx, cluster_id=cluster_id))


async def _list(ctx: Context, *, cluster_id: int | None) -> list[tuple[StatusSummary, list[PartCount]]]:
    groups: dict[tuple[str, str, int, int], list[PartCount]] = {}
    counts = ctx.uow.tallies.counts
    for row in await counts(_authorities(ctx), now=ctx.local(ctx.now), cluster_id=cluster_id):
        groups.setdefault((row.plan_code, row.code, row.year, row.turn), []).append(row)
    found = [(_summary(ctx, rows, cluster_id=cluster_id), rows) for rows in groups.values()]
    return sorted(found, key=lambda item: _nearness(item[0], ctx.today))


def _summary(ctx: Context, rows: Sequence[PartCount], *, cluster_id: int | None) -> StatusSummary:
    first, now = min(rows, key=lambda row: row.duty_id), ctx.local(ctx.now)
    last = max((row.last_valid_day for row in rows if row.last_valid_day), default=None)
    second = max((row.last_second for row in rows if row.last_second), default=None)
    return StatusSummary(
        tally=PartCounts({TallyPart(row.part): row.units for row in rows}),
        duty_id=first.duty_id,
        kind=first.kind,
        title=name_of(first.title, year=first.year, term=first.term),
        cluster_id=cluster_id,
        last_valid_day=shown(timed(last, second), at=now),
        at=now,
    )


def _nearness(view: StatusSummary, today: date) -> tuple[bool, int, int]:
    away = ((view.last_valid_day or date.max) - today).days
    return away < 0, abs(away), view.duty_id


@query
async def list_exceptions(ctx: Context) -> tuple[StatusView, ...]:
    """Return the duties with missing units that are overdue or due within a week, by the granted day if there is one.

    Raises Refusal like `list_clusters`.
    """
    near = [summary for summary, rows in await _list(ctx, cluster_id=None) if _is_near(summary, rows, ctx.today)]
    duties = [await watched_duty(ctx, summary.duty_id) for summary in near]
    return tuple([await _view(ctx, duty, cluster_id=None, names_all=True) for duty in duties])


def _is_near(summary: StatusSummary, rows: Sequence[PartCount], today: date) -> bool:
    missing = [row for row in rows if row.part in REMINDED_PARTS]
    days = [row.due_day if row.part == TallyPart.SPARED else summary.last_valid_day for row in missing]
    return any(day is not None and day - today <= timedelta(days=7) for day in days)


@query
async def read_status(ctx: Context, duty_id: int, *, cluster_id: int | None = None) -> StatusView:
    """Return the status of a duty, without saying who can be reached unless units were nudged lately.

    Units that have handed in are counted, and not named.
    Raises Refusal if the actor may not see it, or if no unit owes it any more.
    """
    return await _view(ctx, await watched_duty(ctx, duty_id), cluster_id=cluster_id)


@query
async def read_reach(ctx: Context, duty_id: int, *, cluster_id: int | None = None) -> StatusView:
    """Return the status of a duty with who can be reached. Raises Refusal like `read_status`."""
    return await _view(ctx, await watched_duty(ctx, duty_id), cluster_id=cluster_id, asks_reach=True)


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


async def status_of(ctx: Context, group: Sequence[Duty], *, cluster_id: int | None) -> StatusView:
    """Return how these duties, the same of each unit, stand in the cluster or in all, and who can be reached.

    Asks for no right.
    """
    return await _view(ctx, group[0], cluster_id=cluster_id, asks_reach=True, names_all=True)


async def _view(
    ctx: Context, duty: Duty, *, cluster_id: int | None, asks_reach: bool = False, names_all: bool = False
) -> StatusView:
    """Return the status; with `names_all` false, the units that have handed in are only counted."""
    duty_id, last = await ctx.uow.tallies.head(duty, today=ctx.today)
    if duty_id is None:
        raise owed_by_nobody()
    day = min(last or ctx.today, ctx.today)
    read = ctx.uow.tallies.lines if names_all else ctx.uow.tallies.open_lines
    lines = await read(duty, now=ctx.local(ctx.now), day=day, cluster_id=cluster_id)
    if cluster_id is not None:
        lines = [line for line in lines if line.cluster_id == cluster_id]
    names = await ctx.uow.clusters.names(duty.authority_id, day=day)
    counted = tally_lines(lines)
    nudges = await _nudges(ctx, duty, counted)
    return StatusView(
        tally=await _with_reach(ctx, counted) if asks_reach or nudges else counted,
        duty_id=duty_id,
        kind=duty.kind,
        title=duty.name,
        cluster_id=cluster_id,
        cluster_name=names.get(cluster_id) if cluster_id else None,
        last_valid_day=shown(last, at=ctx.local(ctx.now)),
        at=ctx.local(ctx.now),
        clusters=count_lines(lines, names),
        nudges={unit_id: ctx.local(at) for unit_id, at in nudges.items()},
    )


async def _with_reach(ctx: Context, counted: Tally[UnitLine]) -> Tally[UnitLine]:
    unit_ids = sorted(unit.unit_id for unit in counted.of(*REMINDED_PARTS))
    reached = {unit_id for unit_id, _, _ in await reachable_people(ctx, unit_ids)}
    return Tally(
        {
            part: tuple(unit._replace(reachable=unit.unit_id in reached) for unit in units)
            for part, units in counted.parts.items()
        },
        counted.unnamed,
    )


async def _nudges(ctx: Context, duty: Duty, counted: Tally[UnitLine]) -> dict[int, datetime]:
    """Return {unit_id: time of the last nudge} of those missing units that may not be nudged again yet."""
    last = await ctx.uow.reminders.last_nudges(duty, since=ctx.now - NUDGE_PAUSE)
    missing = {unit.unit_id for unit in counted.of(*REMINDED_PARTS)} if last else ()
    return {unit_id: at for unit_id, at in last.items() if unit_id in missing}
