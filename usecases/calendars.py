"""One's own deadlines as days of a calendar."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.errors import Refusal
from domain.trail import Deed
from usecases.context import Context, action
from usecases.duties import DutyView
from usecases.progress import list_duties
from usecases.trail import record


@dataclass(frozen=True, slots=True)
class DeadlineDay:
    duty: DutyView
    day: date
    """The last valid day that holds."""
    last_working_day: date


@dataclass(frozen=True, slots=True)
class CalendarView:
    days: tuple[DeadlineDay, ...]
    at: datetime
    """The hour of which it tells."""


@action
async def export_deadlines(ctx: Context) -> CalendarView:
    """What the actor's units still owe this year, in the order in which it is due; refuses where nothing has a day."""
    owed = [duty for duty in await list_duties(ctx) if duty.is_owed]
    days = tuple(
        DeadlineDay(duty, duty.last_valid_day, ctx.calendar.working_day_on_or_before(duty.last_valid_day))
        for duty in owed
        if duty.last_valid_day is not None
    )
    if not days:
        raise Refusal("Hiện không còn việc nào có hạn để thêm vào lịch. Đến kỳ bot sẽ nhắc.")
    record(ctx, Deed.EXPORTED, about="calendar", duties=[found.duty.id for found in days])
    await ctx.uow.commit()
    return CalendarView(days, at=ctx.local(ctx.now))
