"""Announcements of a standing body."""

from domain.duties.reminders import next_sending_hour
from scheduler.messages.scheduled_message import ScheduledMessage
from templates import render
from usecases.announcements.reading import read_incoming
from usecases.context import Context
from usecases.outbox.sending import QueuedMessage
from usecases.ports import Button, MessageContent


async def write_announcement(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    """Return the text with «Đã đọc» and the files below it, or None if it is not to be sent any more."""
    announcement = await read_incoming(
        ctx,
        queued.ref("announcement"),
        number=queued.ref("round"),
        channel=queued.channel,
        is_begun=queued.parts_sent > 0,
    )
    if announcement is None:
        return None
    read = Button("Đã đọc", action=f"seen:{announcement.id}")
    return ScheduledMessage(
        MessageContent(render("announcements/message", announcement=announcement), ((read,),)),
        hour=next_sending_hour(ctx.now, calendar=ctx.calendar),
        documents=announcement.documents,
    )
