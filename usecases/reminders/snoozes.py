"""Snoozes: a person is reminded of a duty again at the hour they choose, and not before."""

from dataclasses import dataclass
from datetime import UTC, datetime

from domain.duties.reminders import QUIET_FROM, QUIET_UNTIL, hours_to_choose, refuse_hour, usual_hour
from domain.errors import Refusal, Way
from domain.typed_input.hours import read_hour
from models.duties.duties import Duty
from models.duties.reminders import Snooze
from usecases.actor import acting_person
from usecases.context import Context, command, query
from usecases.duties.assignments import assignee_of
from usecases.duties.views import owed_duty

_GONE = "Giờ này không chọn được nữa."


@dataclass(frozen=True, slots=True)
class AgainView:
    """An hour at which one can be reminded again, in local time."""

    at: datetime
    is_today: bool


@query
async def list_hours(ctx: Context, duty_id: int) -> tuple[AgainView, ...]:
    """Return the hours that are offered, earliest first; raises Refusal if the duty is not the actor's or not owed."""
    duty = await owed_duty(ctx, duty_id)
    return tuple(_view(ctx, hour) for hour in _hours(ctx, duty))


def usual_again(ctx: Context, duty: Duty) -> AgainView:
    """Return the hour that is offered on the reminder itself."""
    return _view(ctx, usual_hour(_hours(ctx, duty), now=ctx.now))


def _hours(ctx: Context, duty: Duty) -> tuple[datetime, ...]:
    return hours_to_choose(ctx.now, last_valid_day=duty.due_day, calendar=ctx.calendar)


def _view(ctx: Context, hour: datetime) -> AgainView:
    return AgainView(ctx.local(hour), is_today=ctx.calendar.day_of(hour) == ctx.today)


@query
async def read_again(ctx: Context, duty_id: int, text: str) -> datetime:
    """Return the hour that was typed; raises Refusal if the actor cannot be reminded of the duty then."""
    duty = await owed_duty(ctx, duty_id)
    until = read_hour(text, now=ctx.now, zone=ctx.calendar.zone, opens=QUIET_UNTIL, closes=QUIET_FROM)
    refuse_hour(until, now=ctx.now, last_valid_day=duty.due_day, calendar=ctx.calendar)
    return until.astimezone(UTC)


@command
async def snooze(ctx: Context, duty_id: int, *, until: datetime) -> AgainView:
    """Do not remind the actor of the duty until then; `until` is an hour from `list_hours` or `read_again`.

    Raises Refusal if the hour cannot be chosen any more, or the duty is assigned to a colleague.
    """
    duty = await owed_duty(ctx, duty_id)
    if until not in _hours(ctx, duty):
        try:
            refuse_hour(until, now=ctx.now, last_valid_day=duty.due_day, calendar=ctx.calendar)
        except Refusal:
            raise Refusal("hour-passed-by", _GONE, way=Way.CHOOSE_OTHER_HOUR) from None
    if await assignee_of(ctx, duty) not in (None, ctx.actor.person_id):
        raise Refusal(
            "duty-handed-over", "Việc này đã chuyển cho đồng nghiệp, bot nhắc người đó.", way=Way.TAKE_DUTY_BACK
        )

    row = await ctx.uow.reminders.snooze_for_update(acting_person(ctx), duty.id)
    if row is None:
        row = Snooze(person_id=acting_person(ctx), duty_id=duty.id)
        ctx.uow.reminders.add(row)
    row.until, row.said_at = until, None
    await ctx.uow.commit()
    return _view(ctx, until)
