"""Message to the officer that a paper has arrived by the web page."""

from scheduler.messages.scheduled_message import ScheduledMessage
from templates import render
from usecases.context import Context
from usecases.outbox.sending import QueuedMessage
from usecases.ports import Button, MessageContent
from usecases.upload_links.attaching import read_uploaded


async def write_uploaded(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    uploaded = await read_uploaded(ctx, queued.ref("link"))
    if uploaded is None:
        return None
    button = Button(
        "Mở hồ sơ" if uploaded.dossier.award else "Mở việc này",
        action=f"dossier:{uploaded.dossier.draft.submission_id}",
    )
    # The officer has just uploaded it, at whatever hour.
    return ScheduledMessage(
        MessageContent(render("upload_links/uploaded", uploaded=uploaded), ((button,),)), hour=ctx.now
    )
