"""Days of events by which deadlines go, «ngày trao thưởng»: listed, set, moved and called off by the standing body."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.plans.deadlines import DeadlineRule
from domain.plans.event_dates import counted, events_of, rules_of
from domain.plans.events import EventDate
from domain.plans.plans import Plan
from domain.roles import Right
from models.plans.event_dates import event_dates, event_rows
from models.plans.in_force import current_plan
from models.plans.plans import StoredPlan
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.plans.date_notices import NoticeReach, sync_and_notify
from usecases.plans.set_dates import plan_to_date


@dataclass(frozen=True, slots=True)
class EventTask:
    """A duty whose deadline goes by the event."""

    title: str
    wording: str
    last_valid_day: date | None
    """None while the event has no day."""


@dataclass(frozen=True, slots=True)
class EventDateView:
    """A day of an event, or the place for its next one."""

    plan: str
    number: int
    """Number of the event among the plan's, from 0."""
    name: str
    year: int
    turn: int
    """Number in the year, or 0 for a new day."""
    day: date | None
    tasks: tuple[EventTask, ...]

    @property
    def key(self) -> str:
        return f"{self.plan}/#{self.number}/{self.year}/{self.turn}"


@dataclass(frozen=True, slots=True)
class EventTarget:
    """A day of an event that is to be set: one that is set already, or with turn 0 a new one."""

    plan: str
    name: str
    year: int
    turn: int = 0


@query
async def list_event_dates(ctx: Context) -> tuple[EventDateView, ...]:
    """Return for each event of the actor's plans the place for a new day, then its days from today on.

    Raises Refusal if the actor arranges no authority.
    """
    authorities = {post.unit_id for post in ctx.actor.units_where(Right.ARRANGE)}
    if not authorities:
        raise Refusal("standing-body-only", "Lệnh này dành cho cơ quan thường trực.", way=Way.BACK_HOME)
    plans = [stored for stored in await ctx.uow.plans.all() if stored.authority_id in authorities]
    return tuple(view for stored in plans if stored.ended_at is None for view in _of_plan(ctx, stored))


def _of_plan(ctx: Context, stored: StoredPlan) -> list[EventDateView]:
    plan, dates = current_plan(stored), event_dates(stored)
    if not any(plan.covers(year) for year in (ctx.today.year, ctx.today.year + 1)):
        return []
    found: list[EventDateView] = []
    for number, name in enumerate(events_of(plan)):
        rules = rules_of(plan, name)
        nothing = EventDate(name, ctx.today.year, 0, ctx.today, None, {})
        ahead = [one for one in dates if one.name == name and one.day is not None and one.day >= ctx.today]
        found += [_view(plan, number, one, rules) for one in (nothing, *ahead)]
    return found


def _view(plan: Plan, number: int, one: EventDate, rules: Sequence[DeadlineRule]) -> EventDateView:
    tasks = tuple(EventTask(rule.title, rule.wording, one.last_days.get(rule.code)) for rule in rules)
    return EventDateView(plan.code, number, one.name, one.year, one.turn, one.day, tasks)


@command
async def set_event_date(ctx: Context, target: EventTarget, *, day: date) -> NoticeReach:
    """Set a new day of an event, or move one: its duties open or move, and their units are told.

    Raises Refusal if the actor does not arrange the plan's authority, if the plan has no such event, if the day is
    past, set already or in a year that the plan does not cover, if a deadline that goes by it has passed, and if the
    day would move into another year.
    """
    stored = await plan_to_date(ctx, target.plan)
    plan, dates = current_plan(stored), event_dates(stored)
    _refuse_day(plan, dates, target, day, today=ctx.today)
    turns = [one.turn for one in dates if (one.name, one.year) == (target.name, day.year)]
    before = _find(dates, target)
    new = EventDate(target.name, day.year, max(turns, default=0) + 1, ctx.today, day, {})
    (after,) = counted(plan, [replace(before, day=day) if before else new], calendar=ctx.calendar)
    _refuse_passed(plan, after, today=ctx.today)

    stored.events = event_rows([*(one for one in dates if one is not before), after])
    audit(
        ctx,
        AuditAction.DATE_SET,
        about=f"{plan.code}/{target.name}",
        unit_id=stored.authority_id,
        year=after.year,
        turn=after.turn,
        day=day,
    )
    told = await sync_and_notify(ctx, current_plan(stored), opening=stored)
    await ctx.uow.commit()
    return told


@command
async def call_off_event(ctx: Context, target: EventTarget) -> NoticeReach:
    """Clear a day of an event: its duties go, but those that are begun or handed in. Return which units are told.

    Raises Refusal if the day is not set, or the actor does not arrange the plan's authority.
    """
    stored = await plan_to_date(ctx, target.plan)
    dates = event_dates(stored)
    before = _find(dates, target)
    if before is None or before.day is None:
        raise Refusal("date-not-set", f"Chưa đặt {target.name} này.")

    called_off = replace(before, day=None, last_days={})
    stored.events = event_rows(called_off if one is before else one for one in dates)
    audit(
        ctx,
        AuditAction.DATE_CLEARED,
        about=f"{stored.code}/{target.name}",
        unit_id=stored.authority_id,
        year=before.year,
        turn=before.turn,
    )
    told = await sync_and_notify(ctx, current_plan(stored), opening=stored)
    await ctx.uow.commit()
    return told


def _find(dates: Sequence[EventDate], target: EventTarget) -> EventDate | None:
    key = target.name, target.year, target.turn
    return next((one for one in dates if (one.name, one.year, one.turn) == key), None)


def _refuse_day(plan: Plan, dates: Sequence[EventDate], target: EventTarget, day: date, *, today: date) -> None:
    if target.name not in events_of(plan):
        events = ", ".join(events_of(plan)) or "không có"
        raise Refusal("event-unknown", f"Kế hoạch không có sự kiện «{target.name}». Các sự kiện: {events}.")
    if not plan.covers(day.year):
        raise Refusal("plan-not-of-year", f"Kế hoạch không áp dụng cho năm {day.year}.")
    if day < today:
        raise Refusal("day-past", f"Ngày {day:%d/%m/%Y} đã qua. Anh/chị đặt ngày từ hôm nay trở đi.")
    if target.turn and day.year != target.year:
        raise Refusal(
            "day-not-of-year",
            f"Ngày {day:%d/%m/%Y} không thuộc năm {target.year}. Anh/chị bỏ ngày cũ, đặt ngày mới.",
        )
    same = (one for one in dates if one.name == target.name and one.day == day)
    if any((one.year, one.turn) != (target.year, target.turn) for one in same):
        raise Refusal("event-day-set", f"Đã đặt {target.name} {day:%d/%m/%Y} rồi. Anh/chị chọn ngày khác.")


def _refuse_passed(plan: Plan, after: EventDate, *, today: date) -> None:
    for rule in rules_of(plan, after.name):
        last = after.last_days.get(rule.code)
        if last is not None and last < today:
            raise Refusal(
                "event-too-near",
                f"Hạn của «{rule.title}» («{rule.wording}») khi ấy là {last:%d/%m/%Y}, đã qua. Anh/chị đặt muộn hơn.",
            )
