"""Group chats of clusters: binding one, and the pinned scoreboard in it, which shows units and no people."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.audit import AuditAction
from domain.duties.duties import days_left
from domain.errors import AlreadyDone, Refusal, Way
from domain.roles import Right
from domain.typed_input.listing import listed
from domain.typed_input.words import means
from models.duties.duties import Duty
from models.duties.scoreboards import GroupChat, Scoreboard
from models.organisation.units import Cluster
from models.outbox import MessageKind, Refs
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.duties.tallies import Counted, last_day, membership_day, tally_units
from usecases.duties.views import view_duties
from usecases.notices import put_message


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreboardView(Counted):
    """The state of one duty among the units of a cluster, as its group chat sees it."""

    cluster_name: str
    title: str
    last_valid_day: date | None
    days_left: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PinnedScoreboard:
    """A scoreboard and the message that shows it."""

    id: int
    view: ScoreboardView
    message_id: int | None
    """The message, or None before it is first sent."""
    is_current: bool
    """Whether it shows the group's current duty; any other scoreboard is only edited, and never sent anew."""
    is_pinned: bool
    old_pins: tuple[tuple[int, int], ...] = ()
    """(scoreboard id, message id) of the group's other scoreboards that are still pinned."""

    @property
    def is_to_be_pinned(self) -> bool:
        """Whether it is the current scoreboard, and not all units have handed in."""
        return self.is_current and not self.view.tally.is_complete


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


async def current_duties(ctx: Context, cluster: Cluster) -> list[Duty]:
    """Return the duty of the cluster's units that is due next, or else the one that was due last; empty without any."""
    members = await ctx.uow.clusters.members(cluster.id, day=ctx.today)
    duties = [
        d for d in await ctx.uow.duties.of_units([unit.id for unit in members], day=ctx.today) if d.last_valid_day
    ]
    coming = [d for d in duties if d.last_valid_day and d.last_valid_day >= ctx.today]
    return coming[:1] or duties[-1:]


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


@query
async def read_progress(ctx: Context, *, channel: str, chat_id: int) -> ScoreboardView:
    """Return the state of the current duty of this group chat's cluster.

    Raises Refusal if the chat is bound to no cluster, or if its units have no duty with a day.
    """
    group = await ctx.uow.scoreboards.group_at(channel, chat_id)
    if group is None or group.left_at is not None:
        raise Refusal("group-unbound", "Nhóm này chưa gắn với cụm nào.", way=Way.BIND_GROUP)
    cluster = await ctx.uow.clusters.get(group.cluster_id)
    duties = await current_duties(ctx, cluster)
    if not duties:
        raise Refusal("cluster-owes-nothing", f"{cluster.name} hiện chưa có việc nào phải nộp.")
    return await view_scoreboard(ctx, cluster, duties[0])


async def view_scoreboard(ctx: Context, cluster: Cluster, duty: Duty) -> ScoreboardView:
    """Return the state of the duty, and of those like it, among the cluster's units. Asks for no right."""
    group = [other for other, _ in await ctx.uow.duties.like(duty, day=ctx.today)]
    members = {unit.id for unit in await ctx.uow.clusters.members(cluster.id, day=membership_day(ctx, group or [duty]))}
    counted = [other for other in group if other.unit_id in members]
    last_valid_day = last_day(counted or [duty])
    return ScoreboardView(
        tally=tally_units(await view_duties(ctx, counted)),
        cluster_name=cluster.name,
        title=f"{duty.title} {duty.year}",
        last_valid_day=last_valid_day,
        days_left=days_left(last_valid_day, today=ctx.today),
        at=ctx.local(ctx.now),
    )


async def refresh_scoreboards(ctx: Context, duty: Duty) -> None:
    """Queue every scoreboard that shows this duty's unit. Does not commit."""
    cluster = await ctx.uow.clusters.of_unit(duty.unit_id, day=ctx.today)
    if cluster is None:
        return
    for group in await ctx.uow.scoreboards.groups_of(cluster.id):
        if await ctx.uow.scoreboards.board(group.id, duty) is not None or await _is_current(ctx, cluster, duty):
            await queue_scoreboard(ctx, group, duty)


async def _is_current(ctx: Context, cluster: Cluster, duty: Duty) -> bool:
    """Whether this is the current duty of the cluster's group."""
    return any(
        (latest.plan_code, latest.occurrence) == (duty.plan_code, duty.occurrence)
        for latest in await current_duties(ctx, cluster)
    )


async def refresh_cluster(ctx: Context, cluster_id: int) -> None:
    """Queue the current scoreboard of a cluster, after its units have changed. Does not commit."""
    cluster = await ctx.uow.clusters.get(cluster_id)
    for duty in await current_duties(ctx, cluster):
        for group in await ctx.uow.scoreboards.groups_of(cluster.id):
            await queue_scoreboard(ctx, group, duty)


async def queue_scoreboard(ctx: Context, group: GroupChat, duty: Duty) -> None:
    """Queue the scoreboard of this duty in the group, a new one if there is none. Does not commit."""
    board = await ctx.uow.scoreboards.board(group.id, duty)
    if board is None:
        board = Scoreboard(
            group_chat_id=group.id,
            plan_code=duty.plan_code,
            code=duty.code,
            year=duty.year,
            turn=duty.turn,
            renewed_on=ctx.today,
        )
        ctx.uow.scoreboards.add(board)
        await ctx.uow.flush()
    board.renewed_on = ctx.today
    refs: Refs = {"board": board.id, "duty": duty.id}
    await put_message(ctx, MessageKind.BOARD, f"board:{board.id}", group, refs, again=True)


@command
async def renew_scoreboards(ctx: Context) -> None:
    """Queue each group's current scoreboard once a day, so that it counts the days anew or is followed by the next."""
    for group in await ctx.uow.scoreboards.groups():
        cluster = await ctx.uow.clusters.get(group.cluster_id)
        for duty in await current_duties(ctx, cluster):
            board = await ctx.uow.scoreboards.board(group.id, duty)
            if board is None or board.renewed_on < ctx.today:
                await queue_scoreboard(ctx, group, duty)
    await ctx.uow.commit()


@query
async def read_scoreboard(ctx: Context, board_id: int, *, duty_id: int) -> PinnedScoreboard | None:
    """Return the scoreboard as it is now, None if the bot has left its group or the duty is gone."""
    board = await ctx.uow.scoreboards.get(board_id)
    group = await ctx.uow.scoreboards.group(board.group_chat_id)
    duty = await ctx.uow.duties.find(duty_id)
    if group.left_at is not None or duty is None:
        return None
    cluster = await ctx.uow.clusters.get(group.cluster_id)
    others = await ctx.uow.scoreboards.boards_of(board.group_chat_id)
    return PinnedScoreboard(
        id=board.id,
        view=await view_scoreboard(ctx, cluster, duty),
        message_id=board.message_id,
        is_current=await _is_current(ctx, cluster, duty),
        is_pinned=board.is_pinned,
        old_pins=tuple(
            (other.id, other.message_id)
            for other in others
            if other.id != board.id and other.is_pinned and other.message_id is not None
        ),
    )


@command
async def note_scoreboard_sent(ctx: Context, board_id: int, *, message_id: int | None) -> None:
    """Note the message that shows the scoreboard, not pinned yet; `message_id` is None if it was deleted."""
    board = await ctx.uow.scoreboards.get(board_id)
    board.message_id, board.is_pinned = message_id, False
    await ctx.uow.commit()


@command
async def note_pin(ctx: Context, board_id: int, *, is_pinned: bool) -> None:
    """Note whether the scoreboard's message is pinned."""
    board = await ctx.uow.scoreboards.get(board_id)
    board.is_pinned = is_pinned
    await ctx.uow.commit()
