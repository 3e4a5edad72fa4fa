"""Following a bound group chat: it moves, its topic closes, the bot is removed or may do more than before."""

from domain.audit import AuditAction
from models.duties.scoreboards import GroupChat
from usecases.audit import audit
from usecases.context import Context, command
from usecases.groups.scoreboards import queue_current, queue_unpin
from usecases.groups.troubles import Trouble, queue_trouble


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
    # A group of the old kind has no topics, and the new one has others.
    group.thread_id = None
    if target is None:
        group.chat_id = to
        await _send_anew(ctx, group)
    elif group.left_at is None:
        if target.left_at is not None:
            target.cluster_id, target.bound_by, target.bound_at = group.cluster_id, group.bound_by, group.bound_at
            target.left_at = None
            await _send_anew(ctx, target)
        group.left_at = ctx.now


@command
async def leave_topic(ctx: Context, *, channel: str, chat_id: int, thread_id: int) -> None:
    """Send what is for the group to the topic «General» from now on, because its own was closed or deleted.

    The cluster head is told, and the scoreboard is sent and pinned anew.
    """
    group = await ctx.uow.scoreboards.group_at_for_update(channel, chat_id)
    if group is None or group.left_at is not None or group.thread_id != thread_id:
        return
    await queue_trouble(ctx, group, Trouble.TOPIC)
    await forget_boards(ctx, group)
    group.thread_id = None
    await queue_current(ctx, group)
    await ctx.uow.commit()


@command
async def regain_rights(ctx: Context, *, channel: str, chat_id: int) -> None:
    """Show and pin the group's scoreboard again, because the bot may do more there than before."""
    group = await ctx.uow.scoreboards.group_at_for_update(channel, chat_id)
    if group is not None and group.left_at is None:
        for board in await ctx.uow.scoreboards.boards_of(group.id):
            board.is_pinned = False
        await queue_current(ctx, group)
        await ctx.uow.commit()


async def forget_boards(ctx: Context, group: GroupChat) -> None:
    """Forget the group's scoreboards, so that they are sent anew; those that are pinned are unpinned."""
    for board in await ctx.uow.scoreboards.boards_of(group.id):
        if board.is_pinned and board.message_id is not None:
            await queue_unpin(ctx, group, board)
        board.message_id, board.is_pinned, board.is_cheered = None, False, False


async def _send_anew(ctx: Context, group: GroupChat) -> None:
    """Forget the messages of the old chat id, and queue the current scoreboard."""
    await ctx.uow.flush()
    for board in await ctx.uow.scoreboards.boards_of(group.id):
        board.message_id, board.is_pinned = None, False
    await queue_current(ctx, group)
