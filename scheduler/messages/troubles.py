"""Content of a message about what the bot may not do in a group, to whoever can change it."""

from domain.duties.reminders import next_sending_hour
from scheduler.messages.scheduled_message import ScheduledMessage
from templates import render
from usecases.context import Context
from usecases.groups.troubles import Trouble, read_trouble
from usecases.outbox.sending import QueuedMessage
from usecases.ports import MessageContent


async def write_trouble(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    found = await read_trouble(ctx, queued.ref("group"), trouble=Trouble(str(queued.refs["trouble"])))
    if found is None:
        return None
    content = MessageContent(render("groups/trouble", trouble=found.trouble, cluster=found.cluster_name))
    return ScheduledMessage(content, hour=next_sending_hour(ctx.now, calendar=ctx.calendar))
