"""Content of claimed messages: reminders are composed together, for eight take hardly more queries than one."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.contexts import OpenContext
from scheduler.messages.rendering import DIGESTS, compose, digest_request, scheduled_digest
from scheduler.messages.scheduled_message import ScheduledMessage
from usecases.outbox.sending import QueuedMessage
from usecases.people.recognition import recognise_all
from usecases.reminders.digest import read_digests

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
        # What a person missed is read for them alone.
        digests = [queued for queued in claimed if queued.kind in DIGESTS and "missed" not in queued.refs]
        if len(digests) > 1:
            try:
                await self._compose(digests)
            except Exception as error:
                logger.warning("%s messages are composed one by one: %r", len(digests), error)

    async def compose(self, queued: QueuedMessage) -> ScheduledMessage | None:
        """Return the message; None if nothing is left to say, or nobody may hear it."""
        composed = self._composed.pop((queued.id, queued.leased_until), None)
        if composed is not None:
            async with self._contexts.open() as ctx:
                if composed.is_fresh(ctx.now):
                    return composed.message
        return await compose(self._contexts, queued)

    async def _compose(self, digests: Sequence[QueuedMessage]) -> None:
        async with self._contexts.open() as ctx:
            actors = await recognise_all(ctx, tuple((queued.channel, queued.chat_id) for queued in digests))
            readers = [(queued, actors[queued.channel, queued.chat_id]) for queued in digests]
            known = [(queued, actor) for queued, actor in readers if actor.person_id is not None]
            read = await read_digests(ctx, [digest_request(queued, actor) for queued, actor in known])
            # What was claimed and never sent must not stay for good.
            self._composed = {key: one for key, one in self._composed.items() if one.is_fresh(ctx.now)}
            for (queued, _), digest in zip(known, read, strict=True):
                composed = _Composed(scheduled_digest(ctx, queued, digest), ctx.now)
                self._composed[queued.id, queued.leased_until] = composed
