"""Pinned scoreboard of a cluster's group: edited if its message exists, else sent; only the current one is pinned."""

from datetime import datetime

from domain.duties.reminders import next_sending_hour
from scheduler.contexts import OpenContext
from templates import render
from usecases.groups.pinned_boards import (
    PinnedScoreboard,
    note_completion,
    note_pin,
    note_scoreboard_sent,
    read_scoreboard,
)
from usecases.groups.troubles import Trouble, report_trouble
from usecases.outbox.sending import QueuedMessage
from usecases.ports import Channel, MessageContent, MessageNotFound


async def show_scoreboard(
    contexts: OpenContext, channel: Channel, queued: QueuedMessage, *, thread_id: int | None
) -> datetime | None:
    """Show the scoreboard; a new message goes to the topic. Return the hour at which it may be sent, if not now.

    An edit disturbs nobody; a new message waits for working hours.
    """
    async with contexts.open() as ctx:
        board = await read_scoreboard(ctx, queued.ref("board"), duty_id=queued.ref("duty"))
        hour = next_sending_hour(ctx.now, calendar=ctx.calendar)
        now = ctx.now
    if board is None:
        return None
    message_id = await _edit(channel, queued, board)
    if message_id is None:
        if not board.is_current:
            # A past scoreboard is only edited; a new message about it would push the current one up.
            return None
        if hour > now:
            return hour
        message_id = await _send(contexts, channel, queued, board, thread_id)
    await _pin(contexts, channel, queued, board, message_id)
    if board.is_complete and not board.is_cheered:
        is_news = board.message_id is not None
        async with contexts.open() as ctx:
            await note_completion(ctx, board.id, duty_id=queued.ref("duty"), is_news=is_news)
    return None


async def _edit(channel: Channel, queued: QueuedMessage, board: PinnedScoreboard) -> int | None:
    """Return the id of the message that shows the scoreboard, or None if there is none."""
    if board.message_id is None:
        return None
    try:
        await channel.edit(queued.chat_id, board.message_id, _content(board))
    except MessageNotFound:
        return None
    return board.message_id


async def _send(
    contexts: OpenContext, channel: Channel, queued: QueuedMessage, board: PinnedScoreboard, thread_id: int | None
) -> int:
    message_id = await channel.send(queued.chat_id, _content(board), thread_id=thread_id)
    # Store the id before anything else can fail, so that there are never two scoreboards.
    async with contexts.open() as ctx:
        await note_scoreboard_sent(ctx, board.id, message_id=message_id)
    return message_id


async def _pin(
    contexts: OpenContext, channel: Channel, queued: QueuedMessage, board: PinnedScoreboard, message_id: int
) -> None:
    """Pin the scoreboard while it is to be watched, and unpin every other."""
    is_pinned = board.is_pinned and message_id == board.message_id
    if board.is_to_be_pinned:
        for old_id, old_message_id in board.old_pins:
            await channel.unpin(queued.chat_id, old_message_id)
            await _note(contexts, old_id, is_pinned=False)
        if not is_pinned:
            await _pin_now(contexts, channel, queued, message_id)
            await _note(contexts, board.id, is_pinned=True)
        elif not board.is_pin_checked:
            await _look_after_pin(contexts, channel, queued, message_id)
            await _note(contexts, board.id, is_pinned=True)
    elif is_pinned:
        await channel.unpin(queued.chat_id, message_id)
        await _note(contexts, board.id, is_pinned=False)


async def _look_after_pin(contexts: OpenContext, channel: Channel, queued: QueuedMessage, message_id: int) -> None:
    """Pin the scoreboard again if it is not the newest pin.

    The messenger does not tell who unpins what. So the bot asks, once a day, so that it does not argue with people.
    """
    if await channel.pinned(queued.chat_id) != message_id:
        await _pin_now(contexts, channel, queued, message_id)


async def _pin_now(contexts: OpenContext, channel: Channel, queued: QueuedMessage, message_id: int) -> None:
    if not await channel.pin(queued.chat_id, message_id):
        async with contexts.open() as ctx:
            await report_trouble(ctx, channel=queued.channel, chat_id=queued.chat_id, trouble=Trouble.PIN)


async def _note(contexts: OpenContext, board_id: int, *, is_pinned: bool) -> None:
    async with contexts.open() as ctx:
        await note_pin(ctx, board_id, is_pinned=is_pinned)


def _content(board: PinnedScoreboard) -> MessageContent:
    return MessageContent(render("groups/scoreboards/board", board=board.view))
