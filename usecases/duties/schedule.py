"""Reminder schedules of the plans in force, and the steps of a duty that have come."""

from collections.abc import Mapping
from datetime import date, datetime

from domain.duties.reminders import STEPS, Steps, due_steps, recall_days, remindable_due_days, reminder_slots
from models.duties.duties import Duty
from models.duties.reminders import RemindableDuty
from models.plans.in_force import parsed
from models.reviews.returns import UncorrectedDay
from usecases.context import Context

ReminderSchedules = Mapping[str, Steps]
"""{code of the plan: its steps, in days before the last valid day}."""


async def schedules_in_force(ctx: Context) -> ReminderSchedules:
    return {stored.code: parsed(stored.text).reminders for stored in await ctx.uow.plans.all()}


def days_to_speak_of(ctx: Context, schedules: ReminderSchedules) -> tuple[date, date] | None:
    """Return (first, last) last valid day of the duties that may be reminded of now, None if it is not the hour."""
    first_step = max((steps[0] for steps in schedules.values()), default=0)
    return remindable_due_days(ctx.now, first_step=first_step, calendar=ctx.calendar)


def steps_due(
    ctx: Context,
    duty: Duty | RemindableDuty,
    schedules: ReminderSchedules,
    *,
    since: datetime,
    correct_by: date | None = None,
) -> tuple[int, ...]:
    """Return the steps of the duty that have come after `since`.

    `correct_by` is the day of a return that its unit has not corrected yet.
    """
    day, steps = schedule_of(ctx, duty, schedules, correct_by)
    if day is None:
        return ()
    if ctx.calendar.day_of(duty.opened_at) > day:
        # A duty that opened after its last valid day belongs to a plan loaded late: its earlier steps are left out.
        # A duty that an outage opened late, but before that day, is reminded of at once.
        since = max(since, duty.opened_at)
    return due_steps(day, steps=steps, since=since, now=ctx.now, calendar=ctx.calendar)


def schedule_of(
    ctx: Context, duty: Duty | RemindableDuty | UncorrectedDay, schedules: ReminderSchedules, correct_by: date | None
) -> tuple[date | None, Steps]:
    """Return (the day that the duty's steps are counted from, its steps)."""
    steps = schedules.get(duty.plan_code, STEPS)
    if correct_by is None:
        return duty.due_day, steps
    days = recall_days(duty.due_day, correct_by=correct_by, steps=steps, calendar=ctx.calendar)
    # A duty without a day is reminded of once it is returned; its steps are counted from the day on which it opened.
    first = duty.due_day or ctx.calendar.day_of(duty.opened_at)
    recalls = tuple((first - day).days for day in days)
    return first, recalls if duty.due_day is None else (*steps, *recalls)


async def reset_future_steps(ctx: Context, duty: Duty, *, steps: Steps) -> None:
    """Let the steps that are still ahead be sent again, after the duty's last valid day has moved. Does not commit."""
    if duty.due_day is not None:
        slots = reminder_slots(duty.due_day, steps=steps, calendar=ctx.calendar)
        ahead = [slot.step for slot in slots if slot.at > ctx.now]
        if ahead:
            await ctx.uow.reminders.forget(duty.id, from_step=max(ahead))
