"""The weekly line of exceptions for leaders and standing bodies."""

from domain.reminders import may_speak, weekly_hour
from domain.roles import Role
from models.outbox import MessageKind
from usecases.context import Context, action
from usecases.notices import put_message

READERS = (Role.LEADER, Role.STANDING_BODY)


@action
async def queue_weekly(ctx: Context) -> None:
    """Write to everybody who was in office when the week began; once a week, whatever posts they hold."""
    hour = weekly_hour(ctx.today, calendar=ctx.calendar)
    if ctx.now < hour or not may_speak(ctx.now, last_valid_day=None, calendar=ctx.calendar):
        return
    year, week, _ = ctx.today.isocalendar()
    for appointment, account in await ctx.uow.officers.in_roles(READERS, day=ctx.today):
        if appointment.since < hour:
            key = f"weekly:{appointment.person_id}:{year}-{week}"
            await put_message(ctx, MessageKind.WEEKLY, key, account, {"person": appointment.person_id})
    await ctx.uow.commit()
