"""Progress of a cluster in all its open duties, as its group asks for it."""

from dataclasses import dataclass
from datetime import datetime

from domain.duties.tallies import HANDED_IN_PARTS
from domain.errors import Refusal, Way
from models.duties.duties import Duty
from models.organisation.clusters import Cluster
from usecases.context import Context, query
from usecases.groups.scoreboards import ScoreboardView, view_scoreboard

MOST = 12
"""Duties that one answer shows; a phone shows no more in one message."""

Occurrence = tuple[str, str, int, int]
"""(plan code, code, year, turn)."""


@dataclass(frozen=True, slots=True)
class ProgressView:
    """The open duties of a group's cluster: the one due next first, then what is overdue, newest first."""

    cluster_name: str
    duties: tuple[ScoreboardView, ...]
    others: int
    """Number of further duties that units of the cluster still owe."""
    at: datetime


@query
async def read_progress(ctx: Context, *, channel: str, chat_id: int) -> ProgressView:
    """Return the state of every open duty of this group chat's cluster; if none is open, of the last one.

    A duty is open until its last valid day, and afterwards while units of the cluster still owe it. Raises Refusal if
    the chat is bound to no cluster, or if its units have no duty with a day.
    """
    group = await ctx.uow.scoreboards.group_at(channel, chat_id)
    if group is None or group.left_at is not None:
        raise Refusal("group-unbound", "Nhóm này chưa gắn với cụm nào.", way=Way.BIND_GROUP)
    cluster = await ctx.uow.clusters.get(group.cluster_id)
    duties = await _nearest_first(ctx, cluster)
    if not duties:
        raise Refusal("cluster-owes-nothing", f"{cluster.name} hiện chưa có việc nào phải nộp.")
    owed = await _still_owed(ctx, cluster, duties)
    is_open = [duty for duty in duties if _is_ahead(ctx, duty) or _key(duty) in owed]
    shown = is_open[:MOST] or duties[:1]
    return ProgressView(
        cluster.name,
        tuple([await view_scoreboard(ctx, cluster, duty) for duty in shown]),
        others=sum(_key(duty) in owed for duty in is_open[MOST:]),
        at=ctx.local(ctx.now),
    )


async def _nearest_first(ctx: Context, cluster: Cluster) -> list[Duty]:
    """Return one unit's duty for each that units of the cluster have, nearest first."""
    members = await ctx.uow.clusters.members(cluster.id, day=ctx.today)
    duties = await ctx.uow.duties.of_units([unit.id for unit in members], day=ctx.today)
    # Of units with different days the last one counts, as on the scoreboard.
    latest = {_key(duty): duty for duty in duties if duty.last_valid_day is not None}
    return sorted(latest.values(), key=lambda duty: _nearness(ctx, duty))


def _nearness(ctx: Context, duty: Duty) -> tuple[bool, int]:
    away = (duty.last_valid_day - ctx.today).days if duty.last_valid_day else 0
    return away < 0, abs(away)


def _is_ahead(ctx: Context, duty: Duty) -> bool:
    return duty.last_valid_day is not None and duty.last_valid_day >= ctx.today


async def _still_owed(ctx: Context, cluster: Cluster, duties: list[Duty]) -> set[Occurrence]:
    """Return those that some unit of the cluster has not handed in."""
    counts = await ctx.uow.tallies.counts(
        sorted({duty.authority_id for duty in duties}),
        now=ctx.local(ctx.now),
        cluster_id=cluster.id,
    )
    return {
        (count.plan_code, count.code, count.year, count.turn) for count in counts if count.part not in HANDED_IN_PARTS
    }


def _key(duty: Duty) -> Occurrence:
    return (duty.plan_code, *duty.occurrence)
