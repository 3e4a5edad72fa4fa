"""Heads of clusters: people of the unit that heads a cluster today."""

from domain.errors import Refusal, Way
from domain.roles import Right
from domain.units import ClusterRole
from models.organisation.clusters import Cluster
from usecases.context import Context, query
from usecases.status.status import ClusterView


@query
async def list_headed(ctx: Context) -> tuple[ClusterView, ...]:
    """Return the clusters that the actor's units head today; empty for anybody else."""
    seats = await ctx.uow.clusters.seats(own_units(ctx), day=ctx.today)
    headed = {
        seat.cluster_id: seat.cluster_name for of in seats.values() for seat in of if seat.role is ClusterRole.HEAD
    }
    return tuple(ClusterView(*cluster) for cluster in sorted(headed.items()))


@query
async def list_own_clusters(ctx: Context) -> tuple[ClusterView, ...]:
    """Return the same clusters as `list_headed`. Raises Refusal if there is none."""
    headed = await list_headed(ctx)
    if not headed:
        raise Refusal("cluster-head-only", "Lệnh này dành cho cụm trưởng, khối trưởng.", way=Way.BACK_HOME)
    return headed


async def headed_cluster(ctx: Context, cluster_id: int) -> Cluster:
    """Return the cluster. Raises Refusal if none of the actor's units heads it today."""
    cluster = next((cluster for cluster in await _headed(ctx) if cluster.id == cluster_id), None)
    if cluster is None:
        raise await _why_not(ctx, cluster_id)
    return cluster


async def _headed(ctx: Context) -> list[Cluster]:
    own = own_units(ctx)
    found = await ctx.uow.clusters.headed_by(sorted(own), day=ctx.today) if own else ()
    return list({cluster.id: cluster for cluster in found}.values())


def own_units(ctx: Context) -> set[int]:
    """Return the ids of the units for which the actor acts as cluster head, if they head a cluster."""
    return {post.unit_id for post in ctx.actor.units_where(Right.HEAD_CLUSTER)}


async def _why_not(ctx: Context, cluster_id: int) -> Refusal:
    """Return the refusal; only people of the cluster's present and former units are told who heads it now."""
    memberships = await ctx.uow.clusters.memberships_in(cluster_id)
    if not own_units(ctx) & {membership.unit_id for membership in memberships}:
        return Refusal("cluster-of-others", "Cụm này không do đơn vị của anh/chị làm cụm trưởng.", way=Way.BACK_HOME)
    cluster = await ctx.uow.clusters.get(cluster_id)
    if not cluster.is_valid_on(ctx.today):
        return Refusal("cluster-ended", f"{cluster.name} hiện không còn.", way=Way.BACK_HOME)
    head = next((one for one in memberships if one.role is ClusterRole.HEAD and one.is_valid_on(ctx.today)), None)
    if head is None:
        return Refusal("cluster-headless", f"{cluster.name} hiện chưa có cụm trưởng.", way=Way.BACK_HOME)
    name = (await ctx.uow.units.names({head.unit_id}))[head.unit_id]
    return Refusal("cluster-headed-by-another", f"Cụm trưởng của {cluster.name} hiện là {name}.", way=Way.BACK_HOME)
