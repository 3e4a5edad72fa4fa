"""Scoreboards of clusters: the pinned message in a group chat, which shows units and no people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from domain.duties.due_hours import shown
from domain.duties.duties import days_left
from models.duties.duties import Duty
from models.duties.scoreboards import GroupChat, Scoreboard
from models.message_kinds import MessageKind, Refs
from models.organisation.clusters import Cluster
from usecases.context import Context, command
from usecases.duties.tallies import Counted, tally_lines
from usecases.groups.turns import time_to_edit
from usecases.outbox.queueing import Notice, put_message


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreboardView(Counted):
    """The state of one duty among the units of a cluster, as its group chat sees it."""

    cluster_name: str
    title: str
    last_valid_day: date | None
    days_left: int | None
    at: datetime


async def current_duty(ctx: Context, cluster_id: int) -> Duty | None:
    """Return the duty of the cluster's units that is due next, or else the one that was due last; None without any."""
    members = await ctx.uow.clusters.members(cluster_id, day=ctx.today)
    return await ctx.uow.duties.current_of([unit.id for unit in members], day=ctx.today)


async def view_scoreboard(ctx: Context, cluster: Cluster, duty: Duty) -> ScoreboardView:
    """Return the state of the duty, and of those like it, among the cluster's units. Asks for no right."""
    _, last = await ctx.uow.tallies.head(duty, today=ctx.today)
    day = min(last or ctx.today, ctx.today)
    lines = await ctx.uow.tallies.lines(duty, now=ctx.local(ctx.now), day=day, cluster_id=cluster.id)
    of_units = await ctx.uow.tallies.last_day_in(cluster.id, duty, today=ctx.today, day=day)
    last_valid_day = of_units if lines else duty.days.statutory
    return ScoreboardView(
        tally=tally_lines(lines),
        cluster_name=cluster.name,
        title=duty.name,
        last_valid_day=shown(last_valid_day, at=ctx.local(ctx.now)),
        days_left=days_left(last_valid_day, today=ctx.today),
        at=ctx.local(ctx.now),
    )


async def refresh_scoreboards(ctx: Context, duty: Duty) -> None:
    """Queue every scoreboard that shows this duty's unit. Does not commit."""
    seats = (await ctx.uow.clusters.seats([duty.unit_id], day=ctx.today)).get(duty.unit_id)
    if seats is None:
        return
    cluster_id = min(seat.cluster_id for seat in seats)
    for group in await ctx.uow.scoreboards.groups_of(cluster_id):
        board = await ctx.uow.scoreboards.board(group.id, duty)
        if board is not None or await is_current(ctx, cluster_id, duty):
            await _queue(ctx, group, duty, board)


async def refresh_scoreboards_of(ctx: Context, duties: Collection[Duty]) -> None:
    """Queue every scoreboard that shows one of these duties' units. Does not commit."""
    bound = {group.cluster_id for group in await ctx.uow.scoreboards.groups()}
    if not bound or not duties:
        return
    memberships = await ctx.uow.clusters.memberships_of({duty.unit_id for duty in duties}, day=ctx.today)
    # Of several clusters of a unit the first one counts, as in `refresh_scoreboards`.
    by_age = sorted(memberships, key=lambda found: found[1].id, reverse=True)
    clusters = {member.unit_id: cluster.id for member, cluster in by_age}
    # Units of one cluster share a scoreboard.
    boards = {(clusters.get(duty.unit_id), duty.plan_code, *duty.occurrence): duty for duty in duties}
    for (cluster_id, *_), duty in boards.items():
        if cluster_id in bound:
            await refresh_scoreboards(ctx, duty)


async def is_current(ctx: Context, cluster_id: int, duty: Duty) -> bool:
    """Whether this is the current duty of the cluster's group."""
    current = await current_duty(ctx, cluster_id)
    return current is not None and (current.plan_code, current.occurrence) == (duty.plan_code, duty.occurrence)


async def refresh_cluster(ctx: Context, cluster_id: int) -> None:
    """Queue the current scoreboard of a cluster, after its units have changed. Does not commit."""
    for group in await ctx.uow.scoreboards.groups_of(cluster_id):
        await queue_current(ctx, group)


async def queue_current(ctx: Context, group: GroupChat) -> None:
    """Queue the scoreboard of the group's current duty, a new one if there is none. Does not commit."""
    duty = await current_duty(ctx, group.cluster_id)
    if duty is not None:
        await _queue(ctx, group, duty, await ctx.uow.scoreboards.board(group.id, duty))


async def _queue(ctx: Context, group: GroupChat, duty: Duty, board: Scoreboard | None) -> None:
    """Queue the scoreboard for the group's next turn; whatever changes until then is shown by the same edit."""
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
    notice = Notice(MessageKind.BOARD, f"board:{board.id}", refs, after=time_to_edit(ctx, group, board))
    await put_message(ctx, notice, group, again=True, joins=True)


async def queue_unpin(ctx: Context, group: GroupChat, board: Scoreboard) -> None:
    """Queue the unpinning of a message that shows the scoreboard no more. Does not commit."""
    assert board.message_id is not None  # noqa: S101 (only what was sent is unpinned)
    key = f"unpin:{board.id}:{board.message_id}"
    notice = Notice(MessageKind.BOARD, key, {"unpin": board.message_id}, after=time_to_edit(ctx, group))
    await put_message(ctx, notice, group, again=True)


@command
async def renew_scoreboards(ctx: Context) -> None:
    """Queue each group's current scoreboard once a day, so that it counts the days anew or is followed by the next."""
    for group in await ctx.uow.scoreboards.groups():
        duty = await current_duty(ctx, group.cluster_id)
        board = await ctx.uow.scoreboards.board(group.id, duty) if duty is not None else None
        if duty is not None and (board is None or board.renewed_on < ctx.today):
            await _queue(ctx, group, duty, board)
    await ctx.uow.commit()
