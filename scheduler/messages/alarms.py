"""Alarms: a broken seal, guessing at invite codes."""

from scheduler.messages.scheduled_message import ScheduledMessage
from templates import render
from usecases.context import Context
from usecases.outbox.sending import QueuedMessage
from usecases.people.invite_guesses import read_guessing
from usecases.ports import Button, MessageContent
from usecases.seals.checks import read_broken_seal


async def write_seal_broken(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    """Tell the standing body at once, or None if the last check found everything in order."""
    broken = await read_broken_seal(ctx, queued.ref("submission"))
    if broken is None:
        return None
    look = Button("Xem nội dung", action=f"review:{broken.submission_id}")
    return ScheduledMessage(MessageContent(render("seals/broken", broken=broken), ((look,),)), hour=ctx.now)


async def write_guessing(ctx: Context, _: QueuedMessage) -> ScheduledMessage:
    """Tell the standing body at once."""
    return ScheduledMessage(
        MessageContent(render("people/invites/guessing", guessing=await read_guessing(ctx))), hour=ctx.now
    )
