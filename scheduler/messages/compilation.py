"""The message that every unit has handed in, with the workbook and the draft of the report a tap away."""

from domain.duties.reminders import next_sending_hour
from domain.plans.deadlines import DutyKind
from scheduler.messages.scheduled_message import ScheduledMessage
from templates import render
from usecases.context import Context
from usecases.outbox.sending import QueuedMessage
from usecases.ports import Button, MessageContent
from usecases.status.status import read_status


async def write_completed(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    """Return the message, or None if a unit has not handed in after all, or has taken its figures back."""
    status = await read_status(ctx, queued.ref("duty"))
    if status.unfinished:
        return None
    workbook = Button("Xuất Excel", action=f"workbook:{status.duty_id}")
    draft = (Button("Dự thảo báo cáo", action=f"draft:{status.duty_id}"),) if status.kind is DutyKind.REPORT else ()
    look = (Button("Xem tình hình", action=f"status:{status.duty_id}"),)
    content = MessageContent(render("compilation/completed", status=status), ((workbook, *draft), look))
    return ScheduledMessage(content, hour=next_sending_hour(ctx.now, calendar=ctx.calendar))
