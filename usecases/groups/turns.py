"""Turns of a group chat: how often the bot sends or edits something there on its own, whatever is queued."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.duties.scoreboards import GroupChat, Scoreboard
from usecases.context import Context, command

TURN = timedelta(seconds=10)
"""Time after which a group has one turn more."""
AT_ONCE = 4
"""Turns that a quiet group may have at once: in any minute ten at most, half of what Telegram allows there."""
BETWEEN_EDITS = timedelta(seconds=6)
"""Shortest time between two edits of one scoreboard."""
_BEHIND = timedelta(milliseconds=10)
"""By this much an edit comes after what has waited for the same turn already."""


@dataclass(frozen=True, slots=True)
class GroupTurn:
    thread_id: int | None = None
    """Forum topic to which to send."""
    next_at: datetime | None = None
    """Time of the next turn, or None if this one could be taken."""


@command
async def take_turn(ctx: Context, *, channel: str, chat_id: int, board_id: int | None = None) -> GroupTurn:
    """Take the group's turn, if it has one; with `board_id`, to edit that scoreboard.

    Turns are kept in the database, so that neither a restart nor a second process makes more of them.
    """
    group = await ctx.uow.scoreboards.group_at_for_update(channel, chat_id)
    if group is None:
        return GroupTurn()
    board = await ctx.uow.scoreboards.get_for_update(board_id) if board_id is not None else None
    if wait := _waiting_time(ctx, group, board):
        return GroupTurn(group.thread_id, next_at=ctx.now + wait)
    group.busy_until = ctx.now + _load(ctx, group) + TURN
    if board is not None:
        board.shown_at = ctx.now
    await ctx.uow.commit()
    return GroupTurn(group.thread_id)


def time_to_edit(ctx: Context, group: GroupChat, board: Scoreboard | None = None) -> timedelta:
    """Return the time from now until an edit is due; zero if the group and the scoreboard have been quiet."""
    wait = _waiting_time(ctx, group, board)
    return wait + _BEHIND if wait else wait


def _waiting_time(ctx: Context, group: GroupChat, board: Scoreboard | None) -> timedelta:
    for_turn = _load(ctx, group) - (AT_ONCE - 1) * TURN
    return max(for_turn, _since_edit(ctx, board), timedelta())


def _load(ctx: Context, group: GroupChat) -> timedelta:
    """Return for how long the turns taken so far fill the group's time, from now on.

    A clock that was set back must not keep the group silent for long.
    """
    if group.busy_until is None or group.busy_until <= ctx.now:
        return timedelta()
    return min(group.busy_until - ctx.now, AT_ONCE * TURN)


def _since_edit(ctx: Context, board: Scoreboard | None) -> timedelta:
    if board is None or board.shown_at is None:
        return timedelta()
    return min(board.shown_at + BETWEEN_EDITS - ctx.now, BETWEEN_EDITS)
