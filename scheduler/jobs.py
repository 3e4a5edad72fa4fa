"""The clock's jobs: a few, idempotent, in memory; what was missed is found by the next run."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.contexts import OpenContext
from scheduler.delivery import Delivery
from usecases.context import Context
from usecases.duties.opening import open_duties
from usecases.groups.scoreboards import renew_scoreboards
from usecases.organisation.successions.commands import renew_names
from usecases.organisation.successions.effects import apply_due_successions
from usecases.personal_data.requests import queue_data_alarms
from usecases.personal_data.retention import sweep
from usecases.ports import Channel, FileStore
from usecases.reminders.cluster_reminders import queue_cluster_reminders
from usecases.reminders.next_moment import next_moment
from usecases.reminders.queueing import queue_reminders
from usecases.seals.checks import check_share
from usecases.status.weekly_summary import queue_weekly
from usecases.submissions.hard_copies import lapse_claims
from usecases.waiting.mornings import queue_mornings

LOOK_EVERY = 60
DELIVER_EVERY = 1
FINISH_WITHIN = 10.0
"""Seconds for what is being sent when the process is told to stop."""

Job = Callable[[Context], Awaitable[object]]


class SchedulerService:
    """Finds what there is to say, and says it."""

    def __init__(
        self, contexts: OpenContext, channels: Mapping[str, Channel], *, files: FileStore | None = None
    ) -> None:
        """Without stored files nothing is let go of, and no seal is checked."""
        self._contexts = contexts
        with_files = () if files is None else (partial(_sweep, files=files), partial(check_share, files=files))
        self._jobs: tuple[Job, ...] = (*JOBS, *with_files)
        self._delivery = Delivery(contexts, channels)
        self._looking = asyncio.Lock()
        self._is_stopping = False
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    async def tick(self) -> None:
        """Everything this hour asks for; it has been said when this returns."""
        try:
            await self.look()
        finally:
            await self.deliver()

    async def look(self) -> None:
        """Open what opens today and queue what there is to say; what fails does not keep the rest from running."""
        errors: list[Exception] = []
        async with self._looking:
            for job in self._jobs:
                if self._is_stopping:
                    break
                try:
                    async with self._contexts.open() as ctx:
                        await job(ctx)
                except Exception as error:
                    errors.append(error)
        if errors:
            raise ExceptionGroup("not everything could be looked after", errors)

    async def deliver(self) -> int:
        """Until nothing is due; says how many messages were settled."""
        return await self._delivery.run()

    async def next_moment(self) -> datetime | None:
        """When there will be something to do next, as far as is known now."""
        async with self._contexts.open() as ctx:
            return await next_moment(ctx)

    def start(self) -> None:
        # A delivery that takes longer than a second is no news, and neither is every second's run.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._every(LOOK_EVERY, self.look)
        self._every(DELIVER_EVERY, self.deliver)
        self._scheduler.start()

    def _every(self, seconds: int, job: Callable[[], Awaitable[object]]) -> None:
        # No look is ever «too late»: after an outage the first one finds all that was missed.
        self._scheduler.add_job(
            job,
            "interval",
            seconds=seconds,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    async def stop(self, *, within: float = FINISH_WITHIN) -> None:
        """Finish what is being done, and say nothing more."""
        self._is_stopping = True
        if self._scheduler.running:
            self._scheduler.pause()
        await self._delivery.stop(within=within)
        async with self._looking:
            # No look is in the middle of its queries now, and none begins again.
            pass
        if self._scheduler.running:
            # It cancels the jobs that still wait for their turn, and would tell each with a traceback.
            logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
            self._scheduler.shutdown(wait=False)
            # The library ends its timers and jobs in the loop's next round only.
            await asyncio.sleep(0)


async def _queue_all_reminders(ctx: Context) -> None:
    after: int | None = 0
    while after is not None:
        after = await queue_reminders(ctx, after=after)


async def _sweep(ctx: Context, *, files: FileStore) -> None:
    # One batch at each look: nobody waits for a long one, and what is left is found by the next.
    await sweep(ctx, files)


JOBS: tuple[Job, ...] = (
    renew_names,
    apply_due_successions,
    open_duties,
    renew_scoreboards,
    lapse_claims,
    _queue_all_reminders,
    queue_cluster_reminders,
    queue_weekly,
    queue_mornings,
    queue_data_alarms,
)
"""In this order: what has just opened can be reminded of at once."""
