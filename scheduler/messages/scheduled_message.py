"""Content of a message and the earliest hour for it."""

from dataclasses import dataclass
from datetime import datetime

from usecases.ports import MessageContent, StoredDocument

ROWS = 8
"""Rows of buttons; more do not fit on a small phone."""


@dataclass(frozen=True, slots=True)
class ScheduledMessage:
    content: MessageContent
    hour: datetime
    """Earliest time to send it: now, or the end of the quiet hours."""
    documents: tuple[StoredDocument, ...] = ()
    """Files to send below it, in this order."""
