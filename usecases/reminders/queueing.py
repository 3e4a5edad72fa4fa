"""Queue reminders for people: of the steps that have come, and of what they asked to be reminded of again."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from models.duties.reminders import SaidSteps
from models.outbox import OTHERS, OutboxMessage
from usecases.batches import write_in_batches
from usecases.context import Context, command, query
from usecases.outbox.queueing import Digest, digest_key, put_digests
from usecases.outbox.sending import SENT, is_being_sent
from usecases.reminders.news import has_entries, newest_entry
from usecases.reminders.wanted import REMINDED, WantedReminder, read_wanted

BATCH = 500
"""People looked at together, so that a province's reminders need no more memory than a commune's."""
WRITTEN_FIRST = 50
"""People whose reminders are queued in the first transaction."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Who of some people has something to be told."""

    wanted: Sequence[WantedReminder]
    last: int | None
    """After which person to go on; None if all were looked at."""
    entries: int
    """Number of the audit log's newest entry before they were looked at."""


async def queue_reminders(ctx: Context, *, after: int = 0) -> int | None:
    """Queue a reminder for each of the next people who have something to be told.

    A step missed during an outage counts as one that has come. `after` is the last person looked at before. Return
    after which person to go on; None if all were looked at.
    """
    found = await _find(ctx, after=after)
    queue = partial(_queue_some, ctx, entries=found.entries)
    await write_in_batches(found.wanted, queue, first=WRITTEN_FIRST)
    return found.last


@query
async def _find(ctx: Context, *, after: int) -> _Found:
    """Find out whom to tell what. Reading takes far longer than writing, and nobody who writes has to wait for it."""
    # Not by a query of its own, which would end the read-only transaction and leave the rest to one that can write.
    entries = await newest_entry(ctx)
    people = await ctx.uow.reminders.people(REMINDED, day=ctx.today, after=after, limit=BATCH)
    wanted = await read_wanted(ctx, people)
    return _Found(wanted, people[-1] if len(people) == BATCH else None, entries)


@command
async def _queue_some(ctx: Context, wanted: Sequence[WantedReminder], *, entries: int) -> None:
    """Queue these reminders; who is told is decided again if something has happened since it was read."""
    if await has_entries(ctx, since=entries) or any(one.again for one in wanted):
        wanted = await read_wanted(ctx, [one.person_id for one in wanted], locks=True)
    await _queue_digests(ctx, wanted)
    await ctx.uow.commit()


async def queue_reminder_for(ctx: Context, person_id: int) -> None:
    """Queue a reminder for one person if they have something to be told. Does not commit."""
    await _queue_digests(ctx, await read_wanted(ctx, [person_id], locks=True))


async def _queue_digests(ctx: Context, wanted: Sequence[WantedReminder]) -> None:
    """Queue one message a day at most to each: merged into one that waits, and left for tomorrow after one sent today.

    People are told at once all the same of what they asked to be reminded of at this hour.
    """
    queued = await ctx.uow.outbox.all_keyed_for_update([digest_key(one.person_id) for one in wanted])
    units = await ctx.uow.units.records({one.to.unit_id for one in wanted})
    said: list[SaidSteps] = []
    ended: list[int] = []
    digests = []
    for one in wanted:
        standing = queued.get(digest_key(one.person_id))
        steps = _steps_to_say(ctx, one, standing)
        if (standing and is_being_sent(ctx, standing)) or not (steps or one.again):
            continue
        said += steps
        ended += [snooze.id for snooze in one.again]
        duties = one.asked.union(step.duty_id for step in steps)
        digests.append(Digest(one.to, duties, authority_id=units[one.to.unit_id].authority_id or OTHERS))
    await ctx.uow.reminders.add_sent(said, day=ctx.today)
    await ctx.uow.reminders.end_snoozes(ended, at=ctx.now)
    await put_digests(ctx, digests, queued=queued)


def _steps_to_say(ctx: Context, wanted: WantedReminder, standing: OutboxMessage | None) -> Sequence[SaidSteps]:
    """Return the steps that are said now: after a message today only those of what the person asked for."""
    if standing and _was_sent_today(ctx, standing):
        return [step for step in wanted.steps if step.duty_id in wanted.asked]
    return wanted.steps


def _was_sent_today(ctx: Context, message: OutboxMessage) -> bool:
    return message.done_at is not None and message.outcome == SENT and ctx.calendar.day_of(message.done_at) == ctx.today
