"""Messages to the groups of clusters: one by one in the group's turns, into its topic, and never about people."""

from datetime import datetime

from domain.duties.reminders import next_sending_hour
from domain.questions.readings import Intent
from domain.questions.wording import name_of
from models.message_kinds import MessageKind
from scheduler.contexts import OpenContext
from scheduler.messages.scheduled_message import ScheduledMessage
from scheduler.messages.scoreboards import show_scoreboard
from templates import render
from usecases.context import Context
from usecases.groups.following import leave_topic
from usecases.groups.pinned_boards import take_completion
from usecases.groups.troubles import Trouble, report_trouble
from usecases.groups.turns import GroupTurn, take_turn
from usecases.outbox.sending import NEEDLESS, SENT, QueuedMessage
from usecases.ports import Channel, MessageContent, TopicClosed, WritingForbidden
from usecases.questions.posting import read_group_answer
from usecases.reminders.cluster_reminders import read_cluster_reminder

IN_GROUPS = frozenset({MessageKind.BOARD, MessageKind.CLUSTER, MessageKind.CLUSTER_COMPLETE, MessageKind.ANSWER})
MUTED = "muted"
"""Outcome of a message to a group in which the bot may not write."""


async def send_to_group(contexts: OpenContext, channel: Channel, queued: QueuedMessage) -> datetime | str:
    """Send the message and return its outcome, or the time at which it may be sent."""
    board_id = queued.ref("board") if queued.kind is MessageKind.BOARD and "board" in queued.refs else None
    async with contexts.open() as ctx:
        turn = await take_turn(ctx, channel=queued.channel, chat_id=queued.chat_id, board_id=board_id)
    if turn.next_at is not None:
        return turn.next_at
    try:
        return await _send(contexts, channel, queued, turn)
    except TopicClosed:
        return await _leave_topic(contexts, queued, turn)
    except WritingForbidden:
        return await _report(contexts, queued)


async def _send(contexts: OpenContext, channel: Channel, queued: QueuedMessage, turn: GroupTurn) -> datetime | str:
    if "unpin" in queued.refs:
        await channel.unpin(queued.chat_id, queued.ref("unpin"))
        return SENT
    if queued.kind is MessageKind.BOARD:
        return await show_scoreboard(contexts, channel, queued, thread_id=turn.thread_id) or SENT
    async with contexts.open() as ctx:
        scheduled = await compose_for_group(ctx, queued)
        now = ctx.now
    if scheduled is None:
        return NEEDLESS
    if scheduled.hour > now:
        return scheduled.hour
    await channel.send(queued.chat_id, scheduled.content, thread_id=turn.thread_id)
    return SENT


async def _leave_topic(contexts: OpenContext, queued: QueuedMessage, turn: GroupTurn) -> datetime | str:
    """Send everything to the topic «General» from now on; if that is where it was refused, the bot may not write."""
    if turn.thread_id is None:
        return await _report(contexts, queued)
    async with contexts.open() as ctx:
        await leave_topic(ctx, channel=queued.channel, chat_id=queued.chat_id, thread_id=turn.thread_id)
        return ctx.now


async def _report(contexts: OpenContext, queued: QueuedMessage) -> str:
    async with contexts.open() as ctx:
        await report_trouble(ctx, channel=queued.channel, chat_id=queued.chat_id, trouble=Trouble.WRITE)
    return MUTED


async def compose_for_group(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    """Return the message, or None if nothing is left to say."""
    if queued.kind is MessageKind.CLUSTER_COMPLETE:
        return await _completion(ctx, queued)
    if queued.kind is MessageKind.ANSWER:
        return await _answer(ctx, queued)
    return await _reminder(ctx, queued)


async def _reminder(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    reminder = await read_cluster_reminder(ctx, queued.ref("group"), duty_id=queued.ref("duty"))
    if reminder is None:
        return None
    html = render("reminders/cluster", board=reminder.view, officers=reminder.officers)
    return ScheduledMessage(MessageContent(html), hour=reminder.hour)


async def _completion(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    board = await take_completion(ctx, queued.ref("board"), duty_id=queued.ref("duty"))
    if board is None:
        return None
    content = MessageContent(render("groups/complete", board=board))
    return ScheduledMessage(content, hour=next_sending_hour(ctx.now, calendar=ctx.calendar))


async def _answer(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    intent = Intent(str(queued.refs["intent"]))
    answer = await read_group_answer(
        ctx, queued.ref("group"), cluster_id=queued.ref("cluster"), duty_id=queued.ref("duty"), intent=intent
    )
    if answer is None:
        return None
    # Of all that is still open, the group reads who has not handed in.
    heading = name_of(Intent.MISSING if intent is Intent.STATUS else intent)
    # Whoever posts an answer knows what hour it is.
    return ScheduledMessage(MessageContent(render("questions/group", answer=answer, heading=heading)), hour=ctx.now)
