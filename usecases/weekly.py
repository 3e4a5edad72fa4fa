"""The weekly line of exceptions for leaders and standing bodies."""

from domain.reminders import may_speak, weekly_hour
from domain.roles import Role
from models.outbox import MessageKind, OutboxMessage
from usecases.context import Context, action

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
            message = OutboxMessage(
                key=f"weekly:{appointment.person_id}:{year}-{week}",
                channel=account.channel,
                chat_id=account.chat_id,
                kind=MessageKind.WEEKLY,
                refs={"person": appointment.person_id},
                created_at=ctx.now,
                due_at=ctx.now,
            )
            await ctx.uow.outbox.put(message)
    await ctx.uow.commit()
