"""Weekly list of a leader or standing body: what has changed, who is not reached, what waits for review."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.duties.duties import days_left
from domain.duties.reminders import next_sending_hour
from scheduler.messages.reminders import numbers
from scheduler.messages.scheduled_message import ROWS, ScheduledMessage
from templates import render
from usecases.context import Context
from usecases.duties.tallies import UnitLine
from usecases.outbox.sending import QueuedMessage
from usecases.ports import Button, MessageContent
from usecases.reminders.weekly_summary import take_weekly
from usecases.reviews.queue import list_queue
from usecases.status.views import StatusView


@dataclass(frozen=True, slots=True)
class WeeklyLine:
    status: StatusView
    days_left: int | None
    named: tuple[UnitLine, ...]


async def write_weekly(ctx: Context, _: QueuedMessage) -> ScheduledMessage | None:
    weekly = await take_weekly(ctx)
    if weekly is None:
        return None
    queue = (await list_queue(ctx)).mine
    shown = weekly.changed[: ROWS - bool(weekly.changed) - bool(weekly.unreached)]
    html = render(
        "reminders/weekly",
        lines=[_weekly_line(ctx, status) for status in shown],
        others=len(weekly.changed) - len(shown),
        unchanged=weekly.unchanged,
        muted=weekly.muted,
        unreached=weekly.unreached,
        to_review=len(queue),
        longest=max((row.days for row in queue), default=0),
        at=weekly.at,
    )
    calls = ((Button("Đơn vị không liên lạc được", action="calls:1"),),) if weekly.unreached else ()
    buttons = tuple((Button(f"Xem {status.title}", action=f"status:{status.duty_id}"),) for status in shown)
    return ScheduledMessage(
        MessageContent(html, (*buttons, *_mute(shown), *calls)), hour=next_sending_hour(ctx.now, calendar=ctx.calendar)
    )


def _mute(shown: Sequence[StatusView]) -> tuple[tuple[Button, ...], ...]:
    """Return the row that answers the list: the one duty is left out from now on, or it is asked which."""
    if not shown:
        return ()
    if len(shown) == 1:
        return ((Button("Đã xem, thôi nhắc việc này", action=f"mute:{shown[0].duty_id}"),),)
    return ((Button("Đã xem, thôi nhắc…", action=numbers("mutes", [status.duty_id for status in shown])),),)


def _weekly_line(ctx: Context, status: StatusView) -> WeeklyLine:
    return WeeklyLine(
        status,
        days_left=days_left(status.last_valid_day, today=ctx.today),
        named=status.tally.missing,
    )
