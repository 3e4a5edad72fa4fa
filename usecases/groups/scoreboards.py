"""Cluster chats: binding one, and the living board in it that shows units only."""

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
    """How the units of one cluster stand in one duty, as its group sees it."""

    cluster_name: str
    title: str
    last_valid_day: date | None
    days_left: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PinnedScoreboard:
    """A board and where it hangs; no message id before it is first sent."""

    id: int
    view: ScoreboardView
    message_id: int | None
    is_current: bool
    """It shows the duty that is on now; any other board is edited where it hangs, and never sent anew."""
    is_pinned: bool
    old_pins: tuple[tuple[int, int], ...] = ()
    """Board and message of the group's other boards that are still pinned."""

    @property
    def is_to_be_pinned(self) -> bool:
        """The one board that is still to be watched."""
        return self.is_current and not self.view.tally.is_complete


@dataclass(frozen=True, slots=True)
class BindingView:
    """The cluster to which a group chat is going to be bound, and the other one to which it is bound now."""

    cluster_id: int
    cluster_name: str
    bound_id: int | None
    bound_name: str | None


@query
async def read_binding(ctx: Context, *, channel: str, chat_id: int, name: str = "") -> BindingView:
    """Raises Refusal if the actor may bind no cluster, or none of this name."""
    cluster = _chosen(await _clusters_to_bind(ctx), name)
    bound = await _bound_to(ctx, channel, chat_id)
    other = bound if bound is not None and bound.id != cluster.id else None
    return BindingView(cluster.id, cluster.name, other.id if other else None, other.name if other else None)


@query
async def read_bound(ctx: Context, *, channel: str, chat_id: int) -> str:
    """The name of the cluster of this group, for those who may bind some."""
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
    """Bind a group chat to this cluster instead of the one to which it was bound when that was asked."""
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
    """Bind a group chat to a cluster, named where the actor may choose among several; returns the cluster's name."""
    may_bind = await _clusters_to_bind(ctx)
    cluster = _chosen(may_bind, name)

    group = await ctx.uow.scoreboards.group_at(channel, chat_id)
    if group is None:
        group = GroupChat(channel=channel, chat_id=chat_id)
        ctx.uow.scoreboards.add(group)
    assert ctx.actor.person_id is not None  # noqa: S101 (a guest has no cluster to bind)
    group.cluster_id, group.bound_by, group.bound_at, group.left_at = cluster.id, ctx.actor.person_id, ctx.now, None
    await ctx.uow.flush()
    for duty in await _latest_duties(ctx, cluster):
        await _refresh(ctx, group, duty)
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


async def _latest_duties(ctx: Context, cluster: Cluster) -> list[Duty]:
    """The duty of the cluster's units that is due next, or else the one that was due last."""
    members = await ctx.uow.clusters.members(cluster.id, day=ctx.today)
    duties = [
        d for d in await ctx.uow.duties.of_units([unit.id for unit in members], day=ctx.today) if d.last_valid_day
    ]
    coming = [d for d in duties if d.last_valid_day and d.last_valid_day >= ctx.today]
    return coming[:1] or duties[-1:]


@command
async def leave_group(ctx: Context, *, channel: str, chat_id: int) -> None:
    """The bot was removed from a group: nothing is sent there any more."""
    group = await ctx.uow.scoreboards.group_at(channel, chat_id)
    if group is not None:
        group.left_at = ctx.now
        audit(ctx, AuditAction.GROUP_LEFT, about=group.id, cluster=group.cluster_id)
        await ctx.uow.commit()


@command
async def move_group(ctx: Context, *, channel: str, chat_id: int, to: int) -> None:
    """The messenger gave a bound group another number; its boards have to be hung anew there.

    Where the new number has been bound already, that binding stands and the old one ends.
    """
    group = await ctx.uow.scoreboards.group_at(channel, chat_id)
    there = await ctx.uow.scoreboards.group_at(channel, to)

    # Whatever waits for a number that is no more would be refused for ever.
    await ctx.uow.outbox.readdress(channel, chat_id, to=to)
    if group is not None:
        await _rehouse(ctx, group, there, to=to)
        audit(ctx, AuditAction.GROUP_MOVED, about=group.id, cluster=group.cluster_id)
    await ctx.uow.commit()


async def _rehouse(ctx: Context, group: GroupChat, there: GroupChat | None, *, to: int) -> None:
    if there is None:
        group.chat_id = to
        await _hang_anew(ctx, group)
    elif group.left_at is None:
        if there.left_at is not None:
            there.cluster_id, there.bound_by, there.bound_at = group.cluster_id, group.bound_by, group.bound_at
            there.left_at = None
            await _hang_anew(ctx, there)
        group.left_at = ctx.now


async def _hang_anew(ctx: Context, group: GroupChat) -> None:
    """Forget the messages that stayed behind under another number, and show the current board."""
    await ctx.uow.flush()
    for board in await ctx.uow.scoreboards.boards_of(group.id):
        board.message_id, board.is_pinned = None, False
    for duty in await _latest_duties(ctx, await ctx.uow.clusters.get(group.cluster_id)):
        await _refresh(ctx, group, duty)


@query
async def read_progress(ctx: Context, *, channel: str, chat_id: int) -> ScoreboardView:
    """How the cluster of this group chat stands in its most current duty."""
    group = await ctx.uow.scoreboards.group_at(channel, chat_id)
    if group is None or group.left_at is not None:
        raise Refusal("group-unbound", "Nhóm này chưa gắn với cụm nào.", way=Way.BIND_GROUP)
    cluster = await ctx.uow.clusters.get(group.cluster_id)
    duties = await _latest_duties(ctx, cluster)
    if not duties:
        raise Refusal("cluster-owes-nothing", f"{cluster.name} hiện chưa có việc nào phải nộp.")
    return await view_scoreboard(ctx, cluster, duties[0])


async def view_scoreboard(ctx: Context, cluster: Cluster, duty: Duty) -> ScoreboardView:
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
    """Have every board that shows this duty's unit written anew. Does not commit."""
    cluster = await ctx.uow.clusters.of_unit(duty.unit_id, day=ctx.today)
    if cluster is None:
        return
    for group in await ctx.uow.scoreboards.groups_of(cluster.id):
        if await ctx.uow.scoreboards.board(group.id, duty) is not None or await _is_current(ctx, cluster, duty):
            await _refresh(ctx, group, duty)


async def _is_current(ctx: Context, cluster: Cluster, duty: Duty) -> bool:
    """Whether this is the duty that the cluster's group watches now."""
    return any(
        (latest.plan_code, latest.occurrence) == (duty.plan_code, duty.occurrence)
        for latest in await _latest_duties(ctx, cluster)
    )


async def refresh_cluster(ctx: Context, cluster_id: int) -> None:
    """Have the current board of a cluster written anew, whose units are others now. Does not commit."""
    cluster = await ctx.uow.clusters.get(cluster_id)
    for duty in await _latest_duties(ctx, cluster):
        for group in await ctx.uow.scoreboards.groups_of(cluster.id):
            await _refresh(ctx, group, duty)


async def _refresh(ctx: Context, group: GroupChat, duty: Duty) -> None:
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
    """Once a day, let each group's current board count the days anew, or hang the next one."""
    for group in await ctx.uow.scoreboards.groups():
        cluster = await ctx.uow.clusters.get(group.cluster_id)
        for duty in await _latest_duties(ctx, cluster):
            board = await ctx.uow.scoreboards.board(group.id, duty)
            if board is None or board.renewed_on < ctx.today:
                await _refresh(ctx, group, duty)
    await ctx.uow.commit()


@query
async def read_scoreboard(ctx: Context, board_id: int, *, duty_id: int) -> PinnedScoreboard | None:
    """The board as it stands now; None where its group has gone."""
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
    """Remember which message shows the board, not pinned yet; None where it was deleted."""
    board = await ctx.uow.scoreboards.get(board_id)
    board.message_id, board.is_pinned = message_id, False
    await ctx.uow.commit()


@command
async def note_pin(ctx: Context, board_id: int, *, is_pinned: bool) -> None:
    """Remember whether the board's message is pinned."""
    board = await ctx.uow.scoreboards.get(board_id)
    board.is_pinned = is_pinned
    await ctx.uow.commit()
