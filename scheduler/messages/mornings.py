"""Message of a working morning: what waits for its reader, oldest first, each with its button."""

from domain.duties.reminders import QUIET_UNTIL, next_sending_hour
from domain.errors import Refusal
from scheduler.messages.scheduled_message import ROWS, ScheduledMessage
from templates import render
from templates.filters import waits
from usecases.context import Context
from usecases.outbox.sending import QueuedMessage
from usecases.ports import Button, MessageContent
from usecases.waiting.waiting import WaitingItem, WaitingKind, list_waiting

LONGEST_LABEL = 60
_DOORS = {
    WaitingKind.REVIEW: "review",
    WaitingKind.CORRECTION: "review",
    WaitingKind.RETURNED: "review",
    WaitingKind.QUESTION: "answer",
    WaitingKind.EXTENSION: "extension",
    WaitingKind.PAPER: "claim",
    WaitingKind.DATA: "request",
    WaitingKind.UNREACHED: "calls",
}


async def write_morning(ctx: Context, _: QueuedMessage) -> ScheduledMessage | None:
    """Return the morning message, or None if nothing waits or the reader reviews nothing any more."""
    try:
        waiting = await list_waiting(ctx)
    except Refusal:
        return None
    # Items of today have just been told in messages of their own.
    morning = ctx.calendar.at(ctx.today, QUIET_UNTIL)
    items = [item for item in waiting.items if item.at < morning]
    if not items:
        return None
    has_more = len(items) > ROWS
    shown = items[: ROWS - has_more]
    html = render(
        "waiting/list",
        items=shown,
        total=len(items),
        others=len(items) - len(shown),
        late=sum(item.is_late for item in items),
        at=waiting.at,
    )
    rows = [(_button(item),) for item in shown]
    if has_more:
        rows.append((Button(f"Xem tất cả ({len(items)})", action="today:1"),))
    return ScheduledMessage(MessageContent(html, tuple(rows)), hour=next_sending_hour(ctx.now, calendar=ctx.calendar))


def _button(item: WaitingItem) -> Button:
    return Button(waits(item)[:LONGEST_LABEL], action=f"{_DOORS[item.kind]}:{item.id}")
