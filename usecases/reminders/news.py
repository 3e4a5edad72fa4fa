"""Whether anything has happened since a look at all duties and people that another look could answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.audit import AuditAction
from domain.duties.reminders import remindable_due_days
from usecases.context import Context, query
from usecases.reminders.next_moment import next_moment

LOOKED_AGAIN_AFTER = timedelta(minutes=10)
"""Longest time without a whole look, whatever the audit log says."""
_SAYS_NOTHING = (AuditAction.MESSAGE_SENT,)
"""Actions that make nothing due."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A whole look that has ended: its instant, what it knew, and the next instant at which something comes."""

    at: datetime
    entries: int
    """Number of the audit log's newest entry before the look began; what came later may have been missed."""
    next_at: datetime | None
    """None if what comes next comes with a day, or with something that happens."""


@query
async def count_entries(ctx: Context) -> int:
    return await newest_entry(ctx)


async def newest_entry(ctx: Context) -> int:
    """Return the number of the audit log's newest entry."""
    head = await ctx.uow.audit_log.head()
    return head.count if head else 0


async def has_entries(ctx: Context, *, since: int) -> bool:
    """Whether an action that can make something due was noted after this entry."""
    return await ctx.uow.audit_log.has_other_since(since, than=_SAYS_NOTHING)


async def seen_now(ctx: Context, *, entries: int, has_hours: bool) -> Seen:
    """Return what a look has seen; `has_hours` if something can come for it within a day."""
    return Seen(ctx.now, entries, await next_moment(ctx) if has_hours else None)


@query
async def has_news(ctx: Context, since: Seen) -> bool:
    """Whether an action was noted, an hour has come or somebody's own hour was set since that look.

    Every action that concerns who owes what, or who is told, has an entry in the audit log; a person's own hour has
    none and is asked for.
    """
    again_at = since.at + LOOKED_AGAIN_AFTER
    if not since.at <= ctx.now < min(again_at, since.next_at or again_at):
        return True
    # The hours of sending begin and end, and posts and leaves begin and end with the day.
    if remindable_due_days(ctx.now, first_step=0, calendar=ctx.calendar) != remindable_due_days(
        since.at, first_step=0, calendar=ctx.calendar
    ) or ctx.today != ctx.calendar.day_of(since.at):
        return True
    if await has_entries(ctx, since=since.entries):
        return True
    snooze = await ctx.uow.reminders.next_snooze(after=since.at)
    return snooze is not None and snooze <= ctx.now
