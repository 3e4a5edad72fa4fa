"""Answers that somebody posts into a cluster's group."""

from domain.questions.readings import Intent
from domain.questions.wording import name_of
from scheduler.messages.scheduled_message import ScheduledMessage
from templates import render
from usecases.context import Context
from usecases.outbox.sending import QueuedMessage
from usecases.ports import MessageContent
from usecases.questions.posting import read_group_answer


async def write_group_answer(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
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
