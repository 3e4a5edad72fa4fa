"""A message ready to be said, and the hour for it."""

from dataclasses import dataclass
from datetime import datetime

from usecases.ports import MessageContent

ROWS = 8
"""More rows of buttons do not fit on a small phone."""


@dataclass(frozen=True, slots=True)
class ScheduledMessage:
    content: MessageContent
    hour: datetime
    """When it may be said: now, or once the quiet hours are over."""
