"""Troubles of the bot in a group chat: what it may not do there, told to whoever can change it."""

from dataclasses import dataclass
from enum import StrEnum

from domain.roles import Role
from models.duties.scoreboards import GroupChat
from models.message_kinds import MessageKind, Refs
from models.organisation.clusters import Cluster
from models.people.officers import Account
from usecases.context import Context, command, query
from usecases.outbox.queueing import Notice, accounts_of, overseers_of, put_message


class Trouble(StrEnum):
    PIN = "PIN"
    """The bot may not pin messages."""
    WRITE = "WRITE"
    """The bot may not write."""
    TOPIC = "TOPIC"
    """The topic in which the group was bound was closed or deleted."""


@dataclass(frozen=True, slots=True)
class TroubleView:
    trouble: Trouble
    cluster_name: str


@command
async def report_trouble(ctx: Context, *, channel: str, chat_id: int, trouble: Trouble) -> None:
    """Queue a message to whoever bound the group, once a month for each binding."""
    group = await ctx.uow.scoreboards.group_at(channel, chat_id)
    if group is not None and group.left_at is None:
        await queue_trouble(ctx, group, trouble)
        await ctx.uow.commit()


async def queue_trouble(ctx: Context, group: GroupChat, trouble: Trouble) -> None:
    """Queue a message about the trouble, to whoever can change it. Does not commit."""
    cluster = await ctx.uow.clusters.get(group.cluster_id)
    key = f"trouble:{trouble}:{group.id}:{group.thread_id or 0}:{group.bound_at.timestamp():.0f}:{ctx.today:%Y-%m}"
    for person_id, account in (await _told(ctx, group, cluster, trouble)).items():
        refs: Refs = {"person": person_id, "group": group.id, "trouble": trouble.value}
        await put_message(ctx, Notice(MessageKind.GROUP_TROUBLE, f"{key}:{person_id}", refs), account)


async def _told(ctx: Context, group: GroupChat, cluster: Cluster, trouble: Trouble) -> dict[int, Account]:
    """Return {person_id: account} of whoever bound the group, and for a topic of the cluster head.

    If none of them can be written to, of the standing body.
    """
    heads = await ctx.uow.clusters.heads_of(cluster.id, day=ctx.today)
    found = await accounts_of(ctx, [*heads, cluster.authority_id], tuple(Role))
    told = {person_id: account for person_id, account in found.items() if person_id == group.bound_by}
    if trouble is Trouble.TOPIC:
        told |= await accounts_of(ctx, heads, (Role.OFFICER, Role.UNIT_HEAD))
    return told or await overseers_of(ctx, cluster.authority_id)


@query
async def read_trouble(ctx: Context, group_id: int, *, trouble: Trouble) -> TroubleView | None:
    """Return the trouble, or None if the bot has left the group."""
    group = await ctx.uow.scoreboards.group(group_id)
    if group.left_at is not None:
        return None
    return TroubleView(trouble, (await ctx.uow.clusters.get(group.cluster_id)).name)
