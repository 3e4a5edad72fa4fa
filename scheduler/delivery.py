"""Carrying the outbox to the messengers: a few workers, one message at a time each."""

import asyncio
import logging
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from domain.duties.reachability import Loss
from models.outbox import MessageKind
from scheduler.contexts import OpenContext
from scheduler.messages.rendering import compose
from scheduler.messages.scoreboards import show_scoreboard
from usecases.groups.scoreboards import leave_group, move_group
from usecases.outbox import LOST, NEEDLESS, SENT, QueuedMessage, claim, mark_delivered, postpone
from usecases.ports import AccountGone, Channel, ChatMoved, Unreachable
from usecases.reminders.reachability import miss

WORKERS = 8

FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=3)
FEWEST_TRIES = 10
"""What waited through a long holiday is three days old at its first try: that alone is no reason to give up."""

IN_GROUPS = frozenset({MessageKind.BOARD, MessageKind.CLUSTER})

logger = logging.getLogger(__name__)


class Delivery:
    def __init__(self, contexts: OpenContext, channels: Mapping[str, Channel]) -> None:
        self._contexts = contexts
        self._channels = channels
        self._running = asyncio.Lock()
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._workers: asyncio.Future[list[int]] | None = None
        self._is_stopping = False

    async def run(self) -> int:
        """Deliver until nothing is due; says how many messages were settled."""
        # One run at a time: when the clock is wound by days, leases of a run that goes on would seem to have ended.
        async with self._running:
            first = await self._claim()
            if first is None:
                return 0
            self._workers = asyncio.gather(self._work(first), *(self._work(None) for _ in range(WORKERS - 1)))
            try:
                return sum(await self._workers)
            except asyncio.CancelledError:
                # Cut off by `stop`, that is no more than the end of the run; cut off itself, it must not go on.
                if self._is_stopping and not _is_cancelled():
                    return 0
                raise

    async def stop(self, *, within: float) -> None:
        """Take nothing more from the outbox; what is not sent in so many seconds is sent after the next start."""
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
        settled = 0
        while queued := queued or await self._claim():
            # Two messages to one chat at once could hang two boards, or leave the older text on one.
            async with self._turns.setdefault(queued.chat_id, asyncio.Lock()):
                settled += await self._handle(queued)
            queued = None
        return settled

    async def _handle(self, queued: QueuedMessage) -> bool:
        """Whether the message is done with."""
        try:
            hour_or_outcome = await self._say(queued)
        except ChatMoved as moved:
            return await self._follow(queued, to=moved.to)
        except Unreachable as reason:
            return await self._lose(queued, reason)
        except Exception as error:
            # Whatever went wrong with one message, the others are delivered.
            return await self._try_again(queued, error)
        if isinstance(hour_or_outcome, datetime):
            await self._postpone(queued, until=hour_or_outcome, outcome="quiet hours")
            return False
        await self._mark_delivered(queued, outcome=hour_or_outcome)
        return True

    async def _follow(self, queued: QueuedMessage, *, to: int) -> bool:
        """Keep the number by which the chat goes from now on; the message is due there at once."""
        logger.info("message %s: chat %s has become %s", queued.id, queued.chat_id, to)
        async with self._contexts.open() as ctx:
            await move_group(ctx, channel=queued.channel, chat_id=queued.chat_id, to=to)
            now = ctx.now
        await self._postpone(queued, until=now, outcome=f"moved to {to}")
        return False

    async def _say(self, queued: QueuedMessage) -> datetime | str:
        """What became of it; or the hour at which it may be said."""
        channel = self._channels[queued.channel]
        if queued.kind is MessageKind.BOARD:
            return await show_scoreboard(self._contexts, channel, queued) or SENT
        scheduled = await compose(self._contexts, queued)
        if scheduled is None:
            return NEEDLESS
        async with self._contexts.open() as ctx:
            if scheduled.hour > ctx.now:
                return scheduled.hour
        await channel.send(queued.chat_id, scheduled.content)
        return SENT

    async def _lose(self, queued: QueuedMessage, reason: Unreachable) -> bool:
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
    """Twice as long after every try, up to an hour; jittered, so that what failed together is not tried together."""
    doubled = FIRST_PAUSE * (1 << min(attempts - 1, 16))
    return min(doubled, LONGEST_PAUSE) * random.uniform(0.5, 1.0)
