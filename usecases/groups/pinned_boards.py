"""Pinned scoreboards as their sender uses them: what a message shows, whether it is pinned, and who is told of more."""

from dataclasses import dataclass

from models.duties.scoreboards import Scoreboard
from models.message_kinds import MessageKind, Refs
from usecases.context import Context, command, query
from usecases.groups.scoreboards import ScoreboardView, is_current, view_scoreboard
from usecases.outbox.queueing import Notice, put_message


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
    is_pin_checked: bool
    """Whether the bot has pinned it today, or looked today whether it is still pinned."""
    is_cheered: bool
    """Whether the group has been told that all units have handed in."""
    old_pins: tuple[tuple[int, int], ...] = ()
    """(scoreboard id, message id) of the group's other scoreboards that are still pinned."""

    @property
    def is_complete(self) -> bool:
        return self.view.owed > 0 and self.view.tally.is_complete

    @property
    def is_to_be_pinned(self) -> bool:
        """Whether it is the current scoreboard, and not all units have handed in."""
        return self.is_current and not self.view.tally.is_complete


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
        is_current=await is_current(ctx, cluster.id, duty),
        is_pinned=board.is_pinned,
        is_pin_checked=board.pin_checked_on == ctx.today,
        is_cheered=board.is_cheered,
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
    """Note whether the scoreboard's message is pinned, as the bot knows it today."""
    board = await ctx.uow.scoreboards.get(board_id)
    board.is_pinned, board.pin_checked_on = is_pinned, ctx.today
    await ctx.uow.commit()


@command
async def note_completion(ctx: Context, board_id: int, *, duty_id: int, is_news: bool) -> None:
    """Note that the scoreboard shows all units as having handed in; if that `is_news`, the group is told, once."""
    board = await ctx.uow.scoreboards.get_for_update(board_id)
    if board.is_cheered:
        return
    board.is_cheered = True
    if is_news:
        group = await ctx.uow.scoreboards.group(board.group_chat_id)
        refs: Refs = {"board": board.id, "duty": duty_id}
        notice = Notice(MessageKind.CLUSTER_COMPLETE, f"complete:{board.id}", refs)
        await put_message(ctx, notice, group, again=True)
    await ctx.uow.commit()


@command
async def take_completion(ctx: Context, board_id: int, *, duty_id: int) -> ScoreboardView | None:
    """Return the state of the cluster in which all units have handed in.

    None if something was returned meanwhile: the group is told when they have all handed in again.
    """
    board = await ctx.uow.scoreboards.get_for_update(board_id)
    view = await _view(ctx, board, duty_id)
    if view is not None and view.tally.is_complete:
        return view
    board.is_cheered = False
    await ctx.uow.commit()
    return None


async def _view(ctx: Context, board: Scoreboard, duty_id: int) -> ScoreboardView | None:
    group = await ctx.uow.scoreboards.group(board.group_chat_id)
    duty = await ctx.uow.duties.find(duty_id)
    if group.left_at is not None or duty is None:
        return None
    return await view_scoreboard(ctx, await ctx.uow.clusters.get(group.cluster_id), duty)
