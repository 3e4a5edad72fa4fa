"""Scheduled jobs: few, idempotent and kept in memory; a missed run is made up by the next one."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.contexts import OpenContext
from scheduler.delivery import Delivery
from usecases.announcements.sending import queue_announcements
from usecases.context import Context
from usecases.duties.opening import open_duties
from usecases.groups.scoreboards import renew_scoreboards
from usecases.organisation.successions.commands import renew_names
from usecases.organisation.successions.effects import apply_due_successions
from usecases.personal_data.requests import queue_data_alarms
from usecases.personal_data.retention import sweep
from usecases.ports import Channel, FileStore, UploadParts
from usecases.reminders.cluster_reminders import queue_cluster_reminders
from usecases.reminders.news import Seen, count_entries, has_news, seen_now
from usecases.reminders.next_moment import next_moment
from usecases.reminders.queueing import queue_reminders
from usecases.reminders.weekly_summary import queue_weekly
from usecases.seals.checks import check_share
from usecases.submissions.hard_copies import lapse_claims
from usecases.upload_links.expiry import sweep_uploads
from usecases.waiting.mornings import queue_mornings

LOOK_EVERY = 60
DELIVER_EVERY = 1
FINISH_WITHIN = 10.0
"""Seconds for messages being sent when the process is told to stop."""

Job = Callable[[Context], Awaitable[object]]


class SchedulerService:
    """Scheduler that finds what is due and sends it."""

    def __init__(
        self,
        contexts: OpenContext,
        channels: Mapping[str, Channel],
        *,
        files: FileStore | None = None,
        parts: UploadParts | None = None,
    ) -> None:
        """Without `files`, expired data are not deleted, seals not checked, and messages with files not sent; without
        `parts`, what uploads have left behind is not deleted.
        """
        self._contexts = contexts
        with_files = () if files is None else (partial(_sweep, files=files), partial(check_share, files=files))
        with_parts = () if parts is None else (partial(sweep_uploads, parts=parts),)
        self._jobs: tuple[Job, ...] = (*jobs_on_news(), *with_files, *with_parts)
        self._delivery = Delivery(contexts, channels, files=files)
        self._looking = asyncio.Lock()
        self._is_stopping = False
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    async def tick(self) -> None:
        """Do everything that is due at this hour; it has been sent when this returns."""
        try:
            await self.look()
        finally:
            await self.deliver()

    async def look(self) -> None:
        """Run every job that opens duties or queues messages. A job that fails does not stop the others.

        Raises ExceptionGroup of the jobs' errors at the end.
        """
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
        """Deliver until nothing is due; return how many messages were finished."""
        return await self._delivery.run()

    async def next_moment(self) -> datetime | None:
        """Return the next time at which something is due, as far as is known now, or None if nothing is."""
        async with self._contexts.open() as ctx:
            return await next_moment(ctx)

    def start(self) -> None:
        # A delivery that takes longer than a second is normal; APScheduler would log a warning each time.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._every(LOOK_EVERY, self.look)
        self._every(DELIVER_EVERY, self.deliver)
        self._scheduler.start()

    def _every(self, seconds: int, job: Callable[[], Awaitable[object]]) -> None:
        # No run is too late: after an outage the first one finds everything that was missed.
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
        """Finish the running work and send nothing more."""
        self._is_stopping = True
        if self._scheduler.running:
            self._scheduler.pause()
        await self._delivery.stop(within=within)
        async with self._looking:
            # Holding the lock means that no job is in the middle of its queries, and none begins again.
            pass
        if self._scheduler.running:
            # Shutdown cancels jobs that still wait for their turn and would log each with a traceback.
            logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
            self._scheduler.shutdown(wait=False)
            # APScheduler ends its timers and jobs only in the next round of the event loop.
            await asyncio.sleep(0)


class OnNews:
    """A job that goes through all duties and people, run only if something has happened that it could answer."""

    def __init__(self, job: Job, *, has_hours: bool = True) -> None:
        """`has_hours` if something can come for the job within a day, without anything having happened."""
        self._job = job
        self._has_hours = has_hours
        self._seen: Seen | None = None

    async def __call__(self, ctx: Context) -> None:
        if self._seen is not None and not await has_news(ctx, self._seen):
            return
        self._seen, entries = None, await count_entries(ctx)
        await self._job(ctx)
        self._seen = await seen_now(ctx, entries=entries, has_hours=self._has_hours)


async def _queue_all_reminders(ctx: Context) -> None:
    after: int | None = 0
    while after is not None:
        after = await queue_reminders(ctx, after=after)


async def _sweep(ctx: Context, *, files: FileStore) -> None:
    # One batch per run, so that nobody waits for a long one; the next run finds the rest.
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
    queue_announcements,
)
"""Jobs in the order in which they run: a duty that has just opened can be reminded of at once."""


def jobs_on_news() -> tuple[Job, ...]:
    """Return the jobs, of which those that go through everything remember what they have seen."""
    on_news: dict[Job, Job] = {
        # A duty opens with its day.
        open_duties: OnNews(open_duties, has_hours=False),
        _queue_all_reminders: OnNews(_queue_all_reminders),
    }
    return tuple(on_news.get(job, job) for job in JOBS)
