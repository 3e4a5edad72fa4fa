"""Binding a group chat to a cluster, in the place of another one or beside it."""

from dataclasses import dataclass

from domain.audit import AuditAction
from domain.errors import AlreadyDone, Refusal, Way
from domain.roles import Right
from domain.typed_input.listing import listed
from domain.typed_input.words import means
from models.duties.scoreboards import GroupChat
from models.organisation.clusters import Cluster
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.groups.following import forget_boards
from usecases.groups.scoreboards import queue_current


@dataclass(frozen=True, slots=True)
class GroupAddress:
    """A group chat, and the topic of a forum in it."""

    channel: str
    chat_id: int
    thread_id: int | None = None


@dataclass(frozen=True, slots=True)
class BindingView:
    """The cluster to which a group chat is going to be bound, and what stands against that."""

    cluster_id: int
    cluster_name: str
    bound_id: int | None
    """The other cluster to which the chat is bound, or None if it is bound to none or to the same one."""
    bound_name: str | None
    elsewhere: int
    """Number of other group chats to which the cluster is bound; 0 if it is bound to this one already."""


@query
async def read_binding(ctx: Context, *, channel: str, chat_id: int, name: str = "") -> BindingView:
    """Return the cluster to which the chat would be bound, the one to which it is bound now, and its other chats.

    Raises Refusal if the actor may bind no cluster, none of this name, or several without saying which.
    """
    cluster = _chosen(await _clusters_to_bind(ctx), name)
    bound = await _bound_to(ctx, channel, chat_id)
    other = bound if bound is not None and bound.id != cluster.id else None
    groups = await ctx.uow.scoreboards.groups_of(cluster.id)
    is_bound_here = bound is not None and bound.id == cluster.id
    return BindingView(
        cluster.id,
        cluster.name,
        other.id if other else None,
        other.name if other else None,
        elsewhere=0 if is_bound_here else len(groups),
    )


@query
async def read_bound(ctx: Context, *, channel: str, chat_id: int) -> str:
    """Return the name of the cluster of this group chat.

    Raises Refusal if the chat is bound to none, or if the actor may bind no cluster.
    """
    await _clusters_to_bind(ctx)
    bound = await _bound_to(ctx, channel, chat_id)
    if bound is None:
        raise Refusal("group-unbound", "Nhóm này chưa gắn với cụm nào.", way=Way.BIND_GROUP)
    return bound.name


async def _bound_to(ctx: Context, channel: str, chat_id: int) -> Cluster | None:
    group = await ctx.uow.scoreboards.group_at(channel, chat_id)
    return await ctx.uow.clusters.get(group.cluster_id) if group is not None and group.left_at is None else None


@command
async def rebind_cluster(ctx: Context, at: GroupAddress, *, cluster_id: int, instead_of: int) -> str:
    """Bind a group chat to another cluster, and return its name; `instead_of` is the id of the one that was shown.

    Raises Refusal if the actor may not bind the cluster, AlreadyDone if the chat is bound to a third one by now.
    """
    may_bind = await _clusters_to_bind(ctx)
    chosen = next((cluster for cluster in may_bind if cluster.id == cluster_id), None)
    bound = await _bound_to(ctx, at.channel, at.chat_id)
    if chosen is None:
        raise Refusal("cluster-head-only", "Chỉ cụm trưởng hoặc cơ quan thường trực của cụm đó gắn được nhóm này.")
    if bound is not None and bound.id not in (instead_of, cluster_id):
        raise AlreadyDone("group-rebound", f"Nhóm này nay gắn với {bound.name}.", way=Way.REBIND_GROUP)
    await _bind(ctx, at, chosen)
    await ctx.uow.commit()
    return chosen.name


@command
async def bind_chosen(ctx: Context, at: GroupAddress, *, cluster_id: int, is_only: bool) -> str:
    """Bind a group chat to the cluster, and return its name; with `is_only`, its other chats are bound no more.

    Raises Refusal if the actor may not bind the cluster, or if the chat is bound to another one by now.
    """
    chosen = next((cluster for cluster in await _clusters_to_bind(ctx) if cluster.id == cluster_id), None)
    bound = await _bound_to(ctx, at.channel, at.chat_id)
    if chosen is None:
        raise Refusal("cluster-head-only", "Chỉ cụm trưởng hoặc cơ quan thường trực của cụm đó gắn được nhóm này.")
    if bound is not None and bound.id != cluster_id:
        raise AlreadyDone("group-rebound", f"Nhóm này nay gắn với {bound.name}.", way=Way.REBIND_GROUP)
    if is_only:
        for group in await ctx.uow.scoreboards.groups_of(cluster_id):
            if (group.channel, group.chat_id) != (at.channel, at.chat_id):
                await _unbind(ctx, group)
    await _bind(ctx, at, chosen)
    await ctx.uow.commit()
    return chosen.name


async def _unbind(ctx: Context, group: GroupChat) -> None:
    """End the binding of a group in which the bot stays; its scoreboards are unpinned."""
    await forget_boards(ctx, group)
    group.left_at = ctx.now
    audit(ctx, AuditAction.GROUP_LEFT, about=group.id, cluster=group.cluster_id)


@command
async def bind_cluster(
    ctx: Context, *, channel: str, chat_id: int, name: str = "", thread_id: int | None = None
) -> str:
    """Bind a group chat to a cluster, and return its name. `name` chooses if the actor may bind several.

    In a forum everything is sent to the topic. Raises Refusal like `read_binding`.
    """
    chosen = _chosen(await _clusters_to_bind(ctx), name)

    await _bind(ctx, GroupAddress(channel, chat_id, thread_id), chosen)
    await ctx.uow.commit()
    return chosen.name


async def _bind(ctx: Context, at: GroupAddress, cluster: Cluster) -> None:
    """Bind the chat to the cluster, whatever it was bound to. Does not commit."""
    group = await ctx.uow.scoreboards.group_at(at.channel, at.chat_id)
    if group is None:
        group = GroupChat(channel=at.channel, chat_id=at.chat_id, thread_id=at.thread_id, mentions_officers=False)
        ctx.uow.scoreboards.add(group)
    elif group.cluster_id != cluster.id or group.thread_id != at.thread_id or group.left_at is not None:
        await forget_boards(ctx, group)
        group.mentions_officers = group.mentions_officers and group.cluster_id == cluster.id
        group.thread_id = at.thread_id
    assert ctx.actor.person_id is not None  # noqa: S101 (a guest has no cluster to bind)
    group.cluster_id, group.bound_by, group.bound_at, group.left_at = cluster.id, ctx.actor.person_id, ctx.now, None
    await ctx.uow.flush()
    await queue_current(ctx, group)
    audit(ctx, AuditAction.GROUP_BOUND, about=group.id, unit_id=cluster.authority_id, cluster=cluster.id)


async def _clusters_to_bind(ctx: Context) -> list[Cluster]:
    if ctx.actor.is_guest:
        raise Refusal(
            "sender-unknown",
            "Bot chưa biết anh/chị. Anh/chị nhắn riêng cho bot và vào bằng lời mời, rồi gõ lại lệnh này ở đây.",
        )
    own = [post.unit_id for post in ctx.actor.posts]
    clusters = list(await ctx.uow.clusters.headed_by(own, day=ctx.today))
    for post in ctx.actor.units_where(Right.BIND_CLUSTER):
        clusters += await ctx.uow.clusters.of_authority(post.unit_id, day=ctx.today)
    if not clusters:
        raise Refusal("cluster-head-only", "Chỉ cụm trưởng hoặc cơ quan thường trực gắn được nhóm này với cụm.")
    return clusters


def _chosen(clusters: list[Cluster], name: str) -> Cluster:
    named = [cluster for cluster in clusters if means(name, cluster.name)] if name else clusters
    if len({cluster.id for cluster in named}) == 1:
        return named[0]
    names = listed((cluster.name for cluster in clusters), more="cụm khác")
    if name and not named:
        raise Refusal("cluster-unknown", f"Trong các cụm anh/chị gắn được không có «{name}». Các cụm: {names}.")
    raise Refusal("cluster-not-named", f"Các cụm: {names}.", way=Way.NAME_CLUSTER, example=clusters[0].name)
