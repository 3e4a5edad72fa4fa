"""One message for a person who is reachable again: what is due now, and below it what was missed."""

from collections.abc import Sequence

from markupsafe import Markup

from scheduler.messages.scheduled_message import ROWS, ScheduledMessage
from templates import render
from usecases.ports import Button, MessageContent

MOST = 4
"""Missed messages shown; more do not fit on a small phone, and their duties are under /viec."""


def merged(scheduled: ScheduledMessage | None, missed: Sequence[ScheduledMessage]) -> ScheduledMessage | None:
    """Return the current message with the missed ones below it, or None if nothing is left to say."""
    if not missed:
        return scheduled
    if scheduled is None and len(missed) == 1:
        return missed[0]
    shown = missed[:MOST]
    html = render(
        "reachability/missed",
        first=Markup(scheduled.content.html) if scheduled else None,  # noqa: S704 (rendered and escaped already)
        missed=[Markup(one.content.html) for one in shown],  # noqa: S704
        others=len(missed) - len(shown),
    )
    rows = [*(scheduled.content.buttons if scheduled else ())]
    for number, one in enumerate(shown, start=1):
        rows += [tuple(_numbered(button, number) for button in row) for row in one.content.buttons]
    return ScheduledMessage(
        MessageContent(html, tuple(rows[:ROWS])), hour=max(one.hour for one in (*shown, scheduled) if one)
    )


def _numbered(button: Button, number: int) -> Button:
    """Number the button like the message that it belongs to."""
    return Button(f"{number}. {button.text}", action=button.action)
