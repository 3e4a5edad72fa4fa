"""Binding a group chat to a cluster, and following the chat when it moves or the bot leaves it."""

from dataclasses import dataclass

from domain.audit import AuditAction
from domain.errors import AlreadyDone, Refusal, Way
from domain.roles import Right
from domain.typed_input.listing import listed
from domain.typed_input.words import means
from models.duties.scoreboards import GroupChat
from models.organisation.units import Cluster
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.groups.scoreboards import current_duties, queue_scoreboard


@dataclass(frozen=True, slots=True)
class BindingView:
    """The cluster to which a group chat is going to be bound, and another one to which it is bound now."""

    cluster_id: int
    cluster_name: str
    bound_id: int | None
    """The other cluster, or None if the chat is bound to none or to the same one."""
    bound_name: str | None


@query
async def read_binding(ctx: Context, *, channel: str, chat_id: int, name: str = "") -> BindingView:
    """Return the cluster to which the chat would be bound, and the one to which it is bound now.

    Raises Refusal if the actor may bind no cluster, none of this name, or several without saying which.
    """
    cluster = _chosen(await _clusters_to_bind(ctx), name)
    bound = await _bound_to(ctx, channel, chat_id)
    other = bound if bound is not None and bound.id != cluster.id else None
    return BindingView(cluster.id, cluster.name, other.id if other else None, other.name if other else None)


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
async def rebind_cluster(ctx: Context, *, channel: str, chat_id: int, cluster_id: int, instead_of: int) -> str:
    """Bind a group chat to another cluster, and return its name; `instead_of` is the id of the one that was shown.

    Raises Refusal if the actor may not bind the cluster, AlreadyDone if the chat is bound to a third one by now.
    """
    may_bind = await _clusters_to_bind(ctx)
    chosen = next((cluster for cluster in may_bind if cluster.id == cluster_id), None)
    bound = await _bound_to(ctx, channel, chat_id)
    if chosen is None:
        raise Refusal("cluster-head-only", "Chỉ cụm trưởng hoặc cơ quan thường trực của cụm đó gắn được nhóm này.")
    if bound is not None and bound.id not in (instead_of, cluster_id):
        raise AlreadyDone("group-rebound", f"Nhóm này nay gắn với {bound.name}.", way=Way.REBIND_GROUP)
    return await bind_cluster(ctx, channel=channel, chat_id=chat_id, name=chosen.name)


@command
async def bind_cluster(ctx: Context, *, channel: str, chat_id: int, name: str = "") -> str:
    """Bind a group chat to a cluster, and return its name. `name` chooses if the actor may bind several.

    Raises Refusal like `read_binding`.
    """
    may_bind = await _clusters_to_bind(ctx)
    cluster = _chosen(may_bind, name)

    group = await ctx.uow.scoreboards.group_at(channel, chat_id)
    if group is None:
        group = GroupChat(channel=channel, chat_id=chat_id)
        ctx.uow.scoreboards.add(group)
    assert ctx.actor.person_id is not None  # noqa: S101 (a guest has no cluster to bind)
    group.cluster_id, group.bound_by, group.bound_at, group.left_at = cluster.id, ctx.actor.person_id, ctx.now, None
    await ctx.uow.flush()
    for duty in await current_duties(ctx, cluster):
        await queue_scoreboard(ctx, group, duty)
    audit(ctx, AuditAction.GROUP_BOUND, about=group.id, unit_id=cluster.authority_id, cluster=cluster.id)
    await ctx.uow.commit()
    return cluster.name


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


@command
async def leave_group(ctx: Context, *, channel: str, chat_id: int) -> None:
    """Note that the bot was removed from a group: nothing is sent there any more."""
    group = await ctx.uow.scoreboards.group_at(channel, chat_id)
    if group is not None:
        group.left_at = ctx.now
        audit(ctx, AuditAction.GROUP_LEFT, about=group.id, cluster=group.cluster_id)
        await ctx.uow.commit()


@command
async def move_group(ctx: Context, *, channel: str, chat_id: int, to: int) -> None:
    """Move a group to the chat id `to` that the messenger gave it; its scoreboard is sent and pinned anew there.

    If the new chat is bound already, that binding stays and the old one ends.
    """
    group = await ctx.uow.scoreboards.group_at(channel, chat_id)
    target = await ctx.uow.scoreboards.group_at(channel, to)

    # Messages that wait for the old chat id would be refused for ever.
    await ctx.uow.outbox.readdress(channel, chat_id, to=to)
    if group is not None:
        await _move_binding(ctx, group, target, to=to)
        audit(ctx, AuditAction.GROUP_MOVED, about=group.id, cluster=group.cluster_id)
    await ctx.uow.commit()


async def _move_binding(ctx: Context, group: GroupChat, target: GroupChat | None, *, to: int) -> None:
    if target is None:
        group.chat_id = to
        await _send_anew(ctx, group)
    elif group.left_at is None:
        if target.left_at is not None:
            target.cluster_id, target.bound_by, target.bound_at = group.cluster_id, group.bound_by, group.bound_at
            target.left_at = None
            await _send_anew(ctx, target)
        group.left_at = ctx.now


async def _send_anew(ctx: Context, group: GroupChat) -> None:
    """Forget the messages of the old chat, and queue the current scoreboard."""
    await ctx.uow.flush()
    for board in await ctx.uow.scoreboards.boards_of(group.id):
        board.message_id, board.is_pinned = None, False
    for duty in await current_duties(ctx, await ctx.uow.clusters.get(group.cluster_id)):
        await queue_scoreboard(ctx, group, duty)
