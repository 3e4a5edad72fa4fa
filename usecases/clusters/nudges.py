"""Nudges by cluster heads: they share the pause of four hours with the leaders' nudges."""

from dataclasses import dataclass

from domain.errors import Refusal, Way
from usecases.clusters.duties import group_of, status_in
from usecases.clusters.heads import headed_cluster, own_units
from usecases.context import Context, command, query
from usecases.duties.tallies import UnitLine
from usecases.reminders.nudges import lock_nudges, put_nudges, refuse_early
from usecases.status.views import StatusView, without


@dataclass(frozen=True, slots=True)
class ClusterNudgeView:
    """The other units of the cluster that still owe a duty, by whether a nudge reaches them now."""

    status: StatusView
    reached: tuple[UnitLine, ...]
    nudged: tuple[UnitLine, ...]
    """Units that were nudged less than four hours ago."""
    unreached: tuple[UnitLine, ...]
    """Units where nobody can be written to."""


@command
async def nudge_cluster(ctx: Context, cluster_id: int, duty_id: int) -> int:
    """Remind the other units of the cluster that still owe the duty, and return to how many a message goes.

    Raises Refusal unless the actor's unit heads the cluster today, or if there is nobody to remind.
    """
    await lock_nudges(ctx, duty_id)
    cluster = await headed_cluster(ctx, cluster_id)
    group = await group_of(ctx, cluster, duty_id)
    view = _of_others(ctx, await status_in(ctx, cluster, group))

    await put_nudges(ctx, group, view)
    await ctx.uow.commit()
    return len(view.remindable)


@query
async def read_cluster_nudge(ctx: Context, cluster_id: int, duty_id: int) -> ClusterNudgeView:
    """Return whom `nudge_cluster` would reach. Raises Refusal where it would."""
    cluster = await headed_cluster(ctx, cluster_id)
    view = _of_others(ctx, await status_in(ctx, cluster, await group_of(ctx, cluster, duty_id)))
    return ClusterNudgeView(
        view,
        reached=view.remindable,
        nudged=tuple(unit for unit in view.missing if unit.reachable and unit.unit_id in view.nudges),
        unreached=tuple(unit for unit in view.missing if not unit.reachable),
    )


def _of_others(ctx: Context, status: StatusView) -> StatusView:
    """Return the status without the actor's own units: nobody has to remind themselves."""
    others = without(status, own_units(ctx))
    if status.missing and not others.missing and not others.claimed:
        raise Refusal("only-own-unit-left", "Chỉ còn đơn vị của anh/chị chưa nộp.", way=Way.DUTIES_OF_ONES_UNIT)
    refuse_early(others, look=Way.CLUSTER, call=Way.CALL_UNITS)
    return others
