"""Export of the actor's own deadlines as days of a calendar."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.audit import AuditAction
from domain.errors import Refusal
from domain.plans.occurrences import Occurrence
from models.duties.duties import Duty
from models.organisation.units import UnitRecord
from usecases.audit import audit
from usecases.context import Context, command
from usecases.duties.progress import list_duties
from usecases.duties.upcoming import title_of, upcoming_of
from usecases.duties.views import DutyView


@dataclass(frozen=True, slots=True)
class DeadlineDay:
    key: str
    """Unique to the deadline, and the same before and after its duty opens."""
    title: str
    unit_name: str
    day: date
    """The last valid day that holds."""
    last_working_day: date
    statutory_day: date | None = None
    """The plan's own day if a later one was granted, else None."""


@dataclass(frozen=True, slots=True)
class CalendarView:
    days: tuple[DeadlineDay, ...]
    at: datetime
    """Local time of the export."""


@command
async def export_deadlines(ctx: Context) -> CalendarView:
    """Return the deadlines of the actor's units from today to the end of the year, in order.

    Duties that are handed in or overdue are left out: a calendar shows what comes. Raises Refusal if nothing comes.
    """
    owed = {duty.id: duty for duty in await list_duties(ctx) if duty.is_owed}
    rows = await ctx.uow.duties.counted(list(owed), day=ctx.today)
    coming = await upcoming_of(ctx)

    found = [_open(ctx, row, owed[row.id], day) for row in rows if (day := owed[row.id].last_valid_day)]
    found += [_coming(ctx, unit, plan, duty, day) for unit, plan, duty in coming if (day := duty.last_valid_day)]
    days = sorted((day for day in found if day.day >= ctx.today), key=lambda day: (day.day, day.title, day.unit_name))
    if not days:
        raise Refusal(
            "no-deadline-ahead", "Từ nay đến hết năm không còn hạn nào để thêm vào lịch. Đến kỳ mới bot sẽ nhắc."
        )

    audit(ctx, AuditAction.EXPORTED, about="calendar", days=len(days))
    await ctx.uow.commit()
    return CalendarView(tuple(days), at=ctx.local(ctx.now))


def _open(ctx: Context, row: Duty, duty: DutyView, day: date) -> DeadlineDay:
    key = _key(row.plan_code, row.occurrence, row.unit_id)
    last_working_day = ctx.calendar.working_day_on_or_before(day)
    return DeadlineDay(key, duty.title, duty.unit_name, day, last_working_day, duty.statutory_day)


def _coming(ctx: Context, unit: UnitRecord, plan: str, duty: Occurrence, day: date) -> DeadlineDay:
    last_working_day = ctx.calendar.working_day_on_or_before(day)
    return DeadlineDay(_key(plan, duty.key, unit.id), title_of(duty), unit.name, day, last_working_day)


def _key(plan: str, occurrence: tuple[str, int, int], unit_id: int) -> str:
    return "-".join(map(str, (plan, *occurrence, unit_id)))
