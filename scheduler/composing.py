"""Content of claimed messages, composed together: for eight of a kind that takes hardly more queries than for one."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.message_kinds import MessageKind
from scheduler.contexts import OpenContext
from scheduler.messages.rendering import compose, compose_together, is_composed_alone
from scheduler.messages.scheduled_message import Addressed, ScheduledMessage
from usecases.outbox.sending import QueuedMessage
from usecases.people.recognition import recognise_all

FRESH_FOR = timedelta(seconds=2)
"""Longest time for which content waits to be sent; after it, it is read again."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Composed:
    message: ScheduledMessage | None
    at: datetime

    def is_fresh(self, now: datetime) -> bool:
        return self.at <= now <= self.at + FRESH_FOR


class Composer:
    def __init__(self, contexts: OpenContext) -> None:
        self._contexts = contexts
        self._composed: dict[tuple[int, datetime], _Composed] = {}
        """By id and lease: of a message that was queued anew and claimed again nothing is found."""

    async def compose_ahead(self, claimed: Sequence[QueuedMessage]) -> None:
        """Compose those of the messages that are read together; if that fails, each is composed when it is sent."""
        together = [queued for queued in claimed if not is_composed_alone(queued)]
        if len(together) > 1:
            try:
                await self._compose(together)
            except Exception as error:
                logger.warning("%s messages are composed one by one: %r", len(together), error)

    async def compose(self, queued: QueuedMessage) -> ScheduledMessage | None:
        """Return the message; None if nothing is left to say, or nobody may hear it."""
        composed = self._composed.pop((queued.id, queued.leased_until), None)
        if composed is not None and composed.is_fresh(self._contexts.now()):
            return composed.message
        return await compose(self._contexts, queued)

    async def _compose(self, together: Sequence[QueuedMessage]) -> None:
        async with self._contexts.open_reading() as ctx:
            readers = await recognise_all(ctx, tuple((queued.channel, queued.chat_id) for queued in together))
            # What was claimed and never sent must not stay for good.
            self._composed = {key: one for key, one in self._composed.items() if one.is_fresh(ctx.now)}
            of_kind: dict[MessageKind, list[Addressed]] = {}
            for queued in together:
                of_kind.setdefault(queued.kind, []).append(Addressed(queued, readers[queued.channel, queued.chat_id]))
            for kind, addressed in of_kind.items():
                for one, message in zip(addressed, await compose_together(ctx, kind, addressed), strict=True):
                    self._composed[one.queued.id, one.queued.leased_until] = _Composed(message, ctx.now)
