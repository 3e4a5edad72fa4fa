"""Delivery of the outbox to the messengers: a few workers, one message at a time each, claimed and settled together."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from domain.duties.reachability import Loss
from models.message_kinds import BULK
from models.outbox import OF_ONE_CHAT, OTHERS
from scheduler.composing import Composer
from scheduler.contexts import OpenContext
from scheduler.documents import DocumentSender
from scheduler.messages.groups import IN_GROUPS, send_to_group
from scheduler.messages.scheduled_message import ScheduledMessage
from usecases.groups.following import leave_group, move_group
from usecases.outbox.sending import LOST, NEEDLESS, SENT, Delivered, QueuedMessage, claim, postpone, release, settle
from usecases.ports import AccountGone, Channel, ChatMoved, FileStore, Unreachable
from usecases.reminders.reachability import miss

WORKERS = 8
CLAIMED = 16
"""Messages that are claimed together: less than a second's, for an answer that comes now goes after them."""
SETTLED_WITHIN = 0.25
"""Longest time for which a message that was sent waits to be settled together with others (seconds)."""

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
        self._composer = Composer(contexts)
        self._contexts = contexts
        self._channels = channels
        self._running = asyncio.Lock()
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._claimed: list[QueuedMessage] = []
        self._sending: Counter[int] = Counter()
        """{chat: messages that workers have taken}."""
        self._claiming = asyncio.Lock()
        self._served = OTHERS
        """Authority whose turn it was last, of those that have many messages."""
        self._is_drained = False
        """Whether all that was due has been claimed, and nothing has been handled since."""
        self._delivered: list[Delivered] = []
        self._settling: asyncio.Task[None] | None = None
        self._ending = asyncio.Event()
        self._workers: asyncio.Future[list[int | BaseException]] | None = None
        self._is_stopping = False

    async def run(self) -> int:
        """Deliver until nothing is due; return how many messages were finished."""
        # One run at a time: when the clock is wound by days, leases of a running one would seem expired.
        async with self._running:
            try:
                self._is_drained = False
                first = await self._next()
                if first is None:
                    return 0
                works = [self._work(first), *(self._work(None) for _ in range(WORKERS - 1))]
                # One that fails does not end the run while the others still send.
                self._workers = asyncio.gather(*works, return_exceptions=True)
                return _sum(await self._workers)
            except asyncio.CancelledError:
                # `stop` cancels only the workers, which ends the run; a cancelled run itself must not go on.
                if self._is_stopping and not _is_cancelled():
                    return 0
                raise
            finally:
                await self._end_run()

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

    async def _next(self) -> QueuedMessage | None:
        """Return the next message, of a chat in which nothing is being sent if there is one."""
        if self._is_stopping:
            return None
        async with self._claiming:
            has_free = any(self._is_free(queued) for queued in self._claimed)
            if not has_free and not self._is_drained and len(self._claimed) < CLAIMED:
                await self._claim()
            if not self._claimed or self._is_stopping:
                return None
            queued = next(filter(self._is_free, self._claimed), self._claimed[0])
            self._claimed.remove(queued)
            self._sending[queued.chat_id] += 1
            return queued

    async def _claim(self) -> None:
        delivered, self._delivered = self._delivered, []
        try:
            async with self._contexts.open() as ctx:
                claimed = await claim(
                    ctx, limit=CLAIMED, delivered=delivered, besides=self._filled(), after=self._served
                )
        except BaseException:
            # They have been sent: they are settled with the next ones, or else they would be sent again.
            self._delivered = [*delivered, *self._delivered]
            raise
        self._claimed += claimed
        self._is_drained = len(claimed) < CLAIMED
        self._served = next((one.authority_id for one in reversed(claimed) if one.kind in BULK), self._served)
        await self._composer.compose_ahead(claimed)

    def _filled(self) -> list[int]:
        """Return the chats of which no more messages are to be claimed now."""
        in_hand = Counter(queued.chat_id for queued in self._claimed) + self._sending
        return [chat_id for chat_id, count in in_hand.items() if count >= OF_ONE_CHAT]

    def _is_free(self, queued: QueuedMessage) -> bool:
        turn = self._turns.get(queued.chat_id)
        return turn is None or not turn.locked()

    async def _work(self, queued: QueuedMessage | None) -> int:
        finished = 0
        while queued := queued or await self._next():
            # Two messages to one chat at the same time could create two scoreboards, or leave the older text on one.
            try:
                async with self._turns.setdefault(queued.chat_id, asyncio.Lock()):
                    finished += await self._handle(queued)
            finally:
                # Without what has come to nothing, or it would grow with every chat.
                self._sending = self._sending - Counter([queued.chat_id])
            # Sending it may have made another one due.
            self._is_drained = False
            queued = None
        return finished

    async def _settle(self) -> None:
        delivered, self._delivered = self._delivered, []
        if not delivered:
            return
        try:
            async with self._contexts.open() as ctx:
                await settle(ctx, delivered)
        except BaseException:
            self._delivered = [*delivered, *self._delivered]
            raise

    async def _settle_soon(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ending.wait(), SETTLED_WITHIN)
        try:
            await self._settle()
        except Exception as error:
            logger.warning("%s sent messages are settled later: %r", len(self._delivered), error)

    async def _end_run(self) -> None:
        """Settle what was sent, and give back what was claimed and not tried."""
        if self._settling:
            # It may be in the middle of its transaction, so it is woken and not cancelled.
            self._ending.set()
            await asyncio.wait([self._settling])
            self._ending.clear()
        await self._settle()
        claimed, self._claimed = self._claimed, []
        if claimed:
            async with self._contexts.open() as ctx:
                await release(ctx, claimed)

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
        self._mark_delivered(queued, outcome=hour_or_outcome)
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
        scheduled = await self._composer.compose(queued)
        if scheduled is None:
            return NEEDLESS
        if scheduled.hour > self._contexts.now():
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
        self._mark_delivered(queued, outcome=f"{LOST}: {reason}")
        return True

    async def _try_again(self, queued: QueuedMessage, error: Exception) -> bool:
        now = self._contexts.now()
        if queued.attempts >= FEWEST_TRIES and now - queued.created_at > GIVEN_UP_AFTER:
            logger.error("message %s: given up after %s tries", queued.id, queued.attempts, exc_info=error)
            self._mark_delivered(queued, outcome=f"given up: {error}")
            return True
        until = now + pause(queued.attempts)
        logger.warning("message %s: try %s failed: %r, next at %s", queued.id, queued.attempts, error, until)
        await self._postpone(queued, until=until, outcome=f"failed: {error}")
        return False

    def _mark_delivered(self, queued: QueuedMessage, *, outcome: str) -> None:
        self._delivered.append(Delivered(queued, outcome))
        if self._settling is None or self._settling.done():
            self._settling = asyncio.create_task(self._settle_soon())

    async def _postpone(self, queued: QueuedMessage, *, until: datetime, outcome: str) -> None:
        async with self._contexts.open() as ctx:
            await postpone(ctx, queued, until=until, outcome=outcome)


def _sum(finished: Sequence[int | BaseException]) -> int:
    """Return the sum. Raises the first error, if there is one."""
    numbers = [number for number in finished if isinstance(number, int)]
    for outcome in finished:
        if isinstance(outcome, BaseException):
            raise outcome
    return sum(numbers)


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def pause(attempts: int) -> timedelta:
    """Return the pause before the next try: doubled each time up to an hour, and random, so that retries spread."""
    doubled = FIRST_PAUSE * (1 << min(attempts - 1, 16))
    return min(doubled, LONGEST_PAUSE) * random.uniform(0.5, 1.0)
