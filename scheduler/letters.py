"""What each message says, found at the moment of sending."""

from dataclasses import dataclass
from datetime import datetime

from domain.duties import days_left
from domain.errors import Refusal
from domain.reminders import next_speaking_hour
from models.outbox import MessageKind
from scheduler.contexts import OpenContext
from templates import render
from usecases.context import Context
from usecases.duties import DutyView
from usecases.outbox import Parcel
from usecases.plans import read_plan_news
from usecases.ports import Button, Letter
from usecases.reminders import DigestView, read_cluster_reminder, read_digest
from usecases.status import StatusView, list_exceptions

ROWS = 8
"""More rows of buttons do not fit on a small phone."""
NAMES = 6


@dataclass(frozen=True, slots=True)
class Speech:
    letter: Letter
    hour: datetime
    """When it may be said: now, or once the quiet hours are over."""


async def compose(contexts: OpenContext, parcel: Parcel) -> Speech | None:
    """None where there is nothing left to say, or nobody who may still hear it."""
    try:
        if parcel.kind is MessageKind.CLUSTER:
            async with contexts.open() as ctx:
                return await _cluster_reminder(ctx, parcel)
        async with contexts.open_for(channel=parcel.channel, chat_id=parcel.chat_id) as ctx:
            if parcel.kind is MessageKind.PLAN_CHANGED:
                return await _plan_news(ctx, parcel)
            return await (_weekly(ctx) if parcel.kind is MessageKind.WEEKLY else _digest(ctx, parcel))
    except Refusal:
        # Who lost the right between queueing and sending hears nothing.
        return None


async def _digest(ctx: Context, parcel: Parcel) -> Speech | None:
    digest = await read_digest(ctx, parcel.refs_of("duties"))
    if digest is None:
        return None
    # A leader who has units reminded means now, whatever the hour.
    return Speech(write_digest(digest), hour=ctx.now if parcel.kind is MessageKind.NUDGE else digest.hour)


def write_digest(digest: DigestView) -> Letter:
    shown = digest.lines[:ROWS]
    names = {line.duty.unit_name for line in digest.lines}
    unit_name = names.pop() if len(names) == 1 else None
    html = render("reminders/digest", lines=shown, unit_name=unit_name, others=len(digest.lines) - len(shown))
    is_alone = len(shown) == 1
    return Letter(html, tuple((_door(line.duty, unit_name, is_alone=is_alone),) for line in shown))


def _door(duty: DutyView, unit_name: str | None, *, is_alone: bool) -> Button:
    label = f"Điền tiếp ({duty.filled}/{duty.total})" if duty.filled else "Nộp ngay"
    if not is_alone:
        label += f": {duty.title}" if unit_name else f": {duty.title} · {duty.unit_name}"
    return Button(label, action=f"duty:{duty.id}")


async def _plan_news(ctx: Context, parcel: Parcel) -> Speech | None:
    news = await read_plan_news(ctx, parcel.ref("version"))
    if news is None:
        return None
    return Speech(Letter(render("plans/changed", news=news)), hour=next_speaking_hour(ctx.now, calendar=ctx.calendar))


async def _cluster_reminder(ctx: Context, parcel: Parcel) -> Speech | None:
    reminder = await read_cluster_reminder(ctx, parcel.ref("group"), duty_id=parcel.ref("duty"))
    if reminder is None:
        return None
    return Speech(Letter(render("reminders/cluster", board=reminder.view)), hour=reminder.hour)


@dataclass(frozen=True, slots=True)
class WeeklyLine:
    status: StatusView
    days_left: int | None
    named: tuple[str, ...]
    unnamed: int


async def _weekly(ctx: Context) -> Speech | None:
    statuses = await list_exceptions(ctx)
    if not statuses:
        return None
    shown = statuses[:ROWS]
    html = render(
        "reminders/weekly",
        lines=[_weekly_line(ctx, status) for status in shown],
        others=len(statuses) - len(shown),
        at=ctx.local(ctx.now),
    )
    buttons = tuple((Button(f"Xem {status.title}", action=f"status:{status.duty_id}"),) for status in shown)
    return Speech(Letter(html, buttons), hour=next_speaking_hour(ctx.now, calendar=ctx.calendar))


def _weekly_line(ctx: Context, status: StatusView) -> WeeklyLine:
    names = tuple(unit.name for unit in status.missing)
    return WeeklyLine(
        status,
        days_left=days_left(status.last_valid_day, today=ctx.today),
        named=names[:NAMES],
        unnamed=len(names[NAMES:]),
    )
