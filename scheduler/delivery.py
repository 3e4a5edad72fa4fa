"""Delivery of the outbox to the messengers: a few workers, one message at a time each."""

import asyncio
import logging
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from domain.duties.reachability import Loss
from scheduler.contexts import OpenContext
from scheduler.documents import DocumentSender
from scheduler.messages.groups import IN_GROUPS, send_to_group
from scheduler.messages.rendering import compose
from scheduler.messages.scheduled_message import ScheduledMessage
from usecases.groups.following import leave_group, move_group
from usecases.outbox.sending import LOST, NEEDLESS, SENT, QueuedMessage, claim, mark_delivered, postpone
from usecases.ports import AccountGone, Channel, ChatMoved, FileStore, Unreachable
from usecases.reminders.reachability import miss

WORKERS = 8

FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=3)
FEWEST_TRIES = 10
"""Tries before a message is given up; after a long holiday it is three days old at its first try already."""

logger = logging.getLogger(__name__)


class Delivery:
    def __init__(
        self, contexts: OpenContext, channels: Mapping[str, Channel], *, files: FileStore | None = None
    ) -> None:
        """Without `files`, a message with files is not sent."""
        self._documents = DocumentSender(contexts, files) if files is not None else None
        self._contexts = contexts
        self._channels = channels
        self._running = asyncio.Lock()
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._workers: asyncio.Future[list[int]] | None = None
        self._is_stopping = False

    async def run(self) -> int:
        """Deliver until nothing is due; return how many messages were finished."""
        # One run at a time: when the clock is wound by days, leases of a running one would seem expired.
        async with self._running:
            first = await self._claim()
            if first is None:
                return 0
            self._workers = asyncio.gather(self._work(first), *(self._work(None) for _ in range(WORKERS - 1)))
            try:
                return sum(await self._workers)
            except asyncio.CancelledError:
                # `stop` cancels only the workers, which ends the run; a cancelled run itself must not go on.
                if self._is_stopping and not _is_cancelled():
                    return 0
                raise

    async def stop(self, *, within: float) -> None:
        """Claim nothing more; a message not sent within `within` seconds is sent after the next start."""
        self._is_stopping = True
        try:
            async with asyncio.timeout(within), self._running:
                return
        except TimeoutError:
            if self._workers:
                self._workers.cancel()
        async with self._running:
            return

    async def _claim(self) -> QueuedMessage | None:
        if self._is_stopping:
            return None
        async with self._contexts.open() as ctx:
            queued_messages = await claim(ctx, limit=1)
        return queued_messages[0] if queued_messages else None

    async def _work(self, queued: QueuedMessage | None) -> int:
        finished = 0
        while queued := queued or await self._claim():
            # Two messages to one chat at the same time could create two scoreboards, or leave the older text on one.
            async with self._turns.setdefault(queued.chat_id, asyncio.Lock()):
                finished += await self._handle(queued)
            queued = None
        return finished

    async def _handle(self, queued: QueuedMessage) -> bool:
        """Deliver one message; return whether it is finished."""
        try:
            hour_or_outcome = await self._send(queued)
        except ChatMoved as moved:
            return await self._move_chat(queued, to=moved.to)
        except Unreachable as reason:
            return await self._note_unreachable(queued, reason)
        except Exception as error:
            # A failure with one message must not stop the others.
            return await self._try_again(queued, error)
        if isinstance(hour_or_outcome, datetime):
            await self._postpone(queued, until=hour_or_outcome, outcome="not yet")
            return False
        await self._mark_delivered(queued, outcome=hour_or_outcome)
        return True

    async def _move_chat(self, queued: QueuedMessage, *, to: int) -> bool:
        """Store the chat's new id; the message is due there at once."""
        logger.info("message %s: chat %s has become %s", queued.id, queued.chat_id, to)
        async with self._contexts.open() as ctx:
            await move_group(ctx, channel=queued.channel, chat_id=queued.chat_id, to=to)
            now = ctx.now
        await self._postpone(queued, until=now, outcome=f"moved to {to}")
        return False

    async def _send(self, queued: QueuedMessage) -> datetime | str:
        """Send the message and return its outcome, or the hour at which it may be sent."""
        channel = self._channels[queued.channel]
        if queued.kind in IN_GROUPS:
            return await send_to_group(self._contexts, channel, queued)
        scheduled = await compose(self._contexts, queued)
        if scheduled is None:
            return NEEDLESS
        async with self._contexts.open() as ctx:
            if scheduled.hour > ctx.now:
                return scheduled.hour
        await self._send_parts(channel, queued, scheduled)
        return SENT

    async def _send_parts(self, channel: Channel, queued: QueuedMessage, scheduled: ScheduledMessage) -> None:
        """Send the text and the files below it, without what arrived at an earlier try."""
        if not scheduled.documents:
            await channel.send(queued.chat_id, scheduled.content)
            return
        if self._documents is None:
            raise RuntimeError(f"message {queued.id} has files, and there is no file store")
        if not queued.parts_sent:
            await channel.send(queued.chat_id, scheduled.content)
            await self._documents.note(queued, parts=1)
        await self._documents.send(channel, queued, scheduled.documents)

    async def _note_unreachable(self, queued: QueuedMessage, reason: Unreachable) -> bool:
        logger.info("message %s: chat cannot be written to: %s", queued.id, reason)
        async with self._contexts.open() as ctx:
            if queued.kind in IN_GROUPS:
                await leave_group(ctx, channel=queued.channel, chat_id=queued.chat_id)
            else:
                await miss(ctx, queued, loss=Loss.GONE if isinstance(reason, AccountGone) else Loss.BLOCKED)
        await self._mark_delivered(queued, outcome=f"{LOST}: {reason}")
        return True

    async def _try_again(self, queued: QueuedMessage, error: Exception) -> bool:
        async with self._contexts.open() as ctx:
            now = ctx.now
        if queued.attempts >= FEWEST_TRIES and now - queued.created_at > GIVEN_UP_AFTER:
            logger.error("message %s: given up after %s tries", queued.id, queued.attempts, exc_info=error)
            await self._mark_delivered(queued, outcome=f"given up: {error}")
            return True
        until = now + pause(queued.attempts)
        logger.warning("message %s: try %s failed: %r, next at %s", queued.id, queued.attempts, error, until)
        await self._postpone(queued, until=until, outcome=f"failed: {error}")
        return False

    async def _mark_delivered(self, queued: QueuedMessage, *, outcome: str) -> None:
        async with self._contexts.open() as ctx:
            await mark_delivered(ctx, queued, outcome=outcome)

    async def _postpone(self, queued: QueuedMessage, *, until: datetime, outcome: str) -> None:
        async with self._contexts.open() as ctx:
            await postpone(ctx, queued, until=until, outcome=outcome)


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def pause(attempts: int) -> timedelta:
    """Return the pause before the next try: doubled each time up to an hour, and random, so that retries spread."""
    doubled = FIRST_PAUSE * (1 << min(attempts - 1, 16))
    return min(doubled, LONGEST_PAUSE) * random.uniform(0.5, 1.0)
