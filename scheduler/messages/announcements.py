"""Announcements of a standing body."""

from collections.abc import Sequence

from domain.duties.reminders import next_sending_hour
from scheduler.messages.scheduled_message import Addressed, ScheduledMessage
from templates import render
from usecases.announcements.reading import IncomingAnnouncement, IncomingRequest, read_incoming
from usecases.context import Context
from usecases.ports import Button, MessageContent


async def write_announcements(ctx: Context, addressed: Sequence[Addressed]) -> list[ScheduledMessage | None]:
    """Return each text with «Đã đọc» and the files below it, or None if it is not to be sent any more."""
    incoming = await read_incoming(ctx, [_request(one) for one in addressed])
    return [None if announcement is None else _write(ctx, announcement) for announcement in incoming]


def _request(one: Addressed) -> IncomingRequest:
    queued = one.queued
    return IncomingRequest(
        one.reader,
        queued.ref("announcement"),
        number=queued.ref("round"),
        channel=queued.channel,
        is_begun=queued.parts_sent > 0,
    )


def _write(ctx: Context, announcement: IncomingAnnouncement) -> ScheduledMessage:
    read = Button("Đã đọc", action=f"seen:{announcement.id}")
    return ScheduledMessage(
        MessageContent(render("announcements/message", announcement=announcement), ((read,),)),
        hour=next_sending_hour(ctx.now, calendar=ctx.calendar),
        documents=announcement.documents,
    )
