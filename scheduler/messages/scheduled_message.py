"""Content of a message and the earliest hour for it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.roles import Actor
from usecases.context import Context
from usecases.outbox.sending import QueuedMessage
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


@dataclass(frozen=True, slots=True)
class Addressed:
    """A message that was claimed, and the person to whom it goes; a guest if it is nobody who is known."""

    queued: QueuedMessage
    reader: Actor


Write = Callable[[Context, QueuedMessage], Awaitable[ScheduledMessage | None]]
"""Return the content for the actor, or None if nothing is left to say. Raises Refusal if they may not hear it."""
WriteAll = Callable[[Context, Sequence[Addressed]], Awaitable[Sequence[ScheduledMessage | None]]]
"""Return the contents of many messages of one kind, each as `Write` would."""
