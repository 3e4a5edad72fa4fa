"""Whether reminders in a group mention the officers of units that still owe: the cluster head decides."""

from dataclasses import dataclass

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.roles import Right
from models.duties.scoreboards import GroupChat
from models.organisation.clusters import Cluster
from usecases.audit import audit
from usecases.context import Context, command, query


@dataclass(frozen=True, slots=True)
class MentionsView:
    cluster_name: str
    is_on: bool


@query
async def read_mentions(ctx: Context, *, channel: str, chat_id: int) -> MentionsView:
    """Return whether the group's reminders mention officers.

    Raises Refusal unless the actor heads the cluster or is of its standing body, or if the chat is bound to no cluster.
    """
    group, cluster = await _group(ctx, channel, chat_id)
    return MentionsView(cluster.name, group.mentions_officers)


@command
async def set_mentions(ctx: Context, *, channel: str, chat_id: int, is_on: bool) -> MentionsView:
    """Have the group's reminders mention officers, or not. Raises Refusal like `read_mentions`."""
    group, cluster = await _group(ctx, channel, chat_id)
    group.mentions_officers = is_on
    audit(ctx, AuditAction.GROUP_MENTIONS, about=group.id, unit_id=cluster.authority_id, is_on=is_on)
    await ctx.uow.commit()
    return MentionsView(cluster.name, is_on)


async def _group(ctx: Context, channel: str, chat_id: int) -> tuple[GroupChat, Cluster]:
    group = await ctx.uow.scoreboards.group_at(channel, chat_id)
    if group is None or group.left_at is not None:
        raise Refusal("group-unbound", "Nhóm này chưa gắn với cụm nào.", way=Way.BIND_GROUP)
    cluster = await ctx.uow.clusters.get(group.cluster_id)
    headed = await ctx.uow.clusters.headed_by([post.unit_id for post in ctx.actor.posts], day=ctx.today)
    heads = any(other.id == cluster.id for other in headed)
    if not heads and not ctx.actor.may(Right.BIND_CLUSTER, unit_id=cluster.authority_id):
        raise Refusal("cluster-head-only", "Chỉ cụm trưởng hoặc cơ quan thường trực bật, tắt được việc này.")
    return group, cluster
