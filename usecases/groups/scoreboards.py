"""Scoreboards of clusters: the pinned message in a group chat, which shows units and no people."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.duties.duties import days_left
from domain.errors import Refusal, Way
from models.duties.duties import Duty
from models.duties.scoreboards import GroupChat, Scoreboard
from models.organisation.units import Cluster
from models.outbox import MessageKind, Refs
from usecases.context import Context, command, query
from usecases.duties.tallies import Counted, clocks_ahead, tally_lines
from usecases.outbox.queueing import Notice, put_message


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


async def current_duties(ctx: Context, cluster: Cluster) -> list[Duty]:
    """Return the duty of the cluster's units that is due next, or else the one that was due last; empty without any."""
    members = await ctx.uow.clusters.members(cluster.id, day=ctx.today)
    duties = [
        d for d in await ctx.uow.duties.of_units([unit.id for unit in members], day=ctx.today) if d.last_valid_day
    ]
    coming = [d for d in duties if d.last_valid_day and d.last_valid_day >= ctx.today]
    return coming[:1] or duties[-1:]


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
    _, last = await ctx.uow.tallies.head(duty, today=ctx.today)
    day = min(last or ctx.today, ctx.today)
    lines = await ctx.uow.tallies.lines(duty, today=ctx.today, ahead=clocks_ahead(ctx), day=day, cluster_id=cluster.id)
    of_units = await ctx.uow.tallies.last_day_in(cluster.id, duty, today=ctx.today, day=day)
    last_valid_day = of_units if lines else duty.last_valid_day
    return ScoreboardView(
        tally=tally_lines(lines),
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
    await put_message(ctx, Notice(MessageKind.BOARD, f"board:{board.id}", refs), group, again=True)


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
