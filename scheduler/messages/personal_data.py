"""Messages about people's own data."""

from domain.duties.reminders import next_sending_hour
from scheduler.messages.scheduled_message import ScheduledMessage
from templates import render
from usecases.context import Context
from usecases.outbox.sending import QueuedMessage
from usecases.personal_data.requests import read_answer, read_request
from usecases.personal_data.withdrawal import read_leaver
from usecases.ports import Button, MessageContent


async def write_data_request(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    """Tell the standing body of a request, or None once it is answered."""
    request = await read_request(ctx, queued.ref("request"))
    if not request.is_waiting:
        return None
    door = Button("Xem và trả lời", action=f"request:{request.id}")
    content = MessageContent(render("personal_data/requests/card", request=request), ((door,),))
    return ScheduledMessage(content, hour=next_sending_hour(ctx.now, calendar=ctx.calendar))


async def write_data_answer(ctx: Context, queued: QueuedMessage) -> ScheduledMessage:
    """Tell the person who asked, at once."""
    html = render("personal_data/requests/answered", request=await read_answer(ctx, queued.ref("request")))
    return ScheduledMessage(MessageContent(html), hour=ctx.now)


async def write_consent_withdrawn(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    leaver = await read_leaver(ctx, queued.ref("leaver"))
    if leaver is None:
        return None
    content = MessageContent(render("personal_data/export/withdrawn", leaver=leaver))
    return ScheduledMessage(content, hour=next_sending_hour(ctx.now, calendar=ctx.calendar))
