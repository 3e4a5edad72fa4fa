"""When the scheduler has to look next: the nearest of all instants at which something comes."""

from collections.abc import Collection
from datetime import date, datetime, time
from functools import lru_cache

from domain.duties.reminders import LOOK_BACK, STEPS, next_slot_after, next_weekly_hour
from domain.people.data_requests import next_alarm
from domain.plans.occurrences import opening_days
from domain.submissions.hard_copies import lapses_at
from usecases.context import Context, query
from usecases.duties.schedule import schedule_of, schedules_in_force
from usecases.plans.loading import parsed


@query
async def next_moment(ctx: Context) -> datetime:
    """Return the next instant at which something comes that has an hour of its own."""
    hours = [
        next_weekly_hour(ctx.now, calendar=ctx.calendar),
        await _next_step(ctx),
        await ctx.uow.reminders.next_snooze(after=ctx.now),
        *await _openings(ctx),
        *await _lapses_of_claims(ctx),
        *await _alarms_of_data_requests(ctx),
        *await _successions(ctx),
    ]
    return min(hour for hour in hours if hour is not None and hour > ctx.now)


async def _next_step(ctx: Context) -> datetime | None:
    """Return when the next step of a duty comes that somebody owes or has not corrected."""
    schedules = await schedules_in_force(ctx)
    owed = await ctx.uow.reminders.days_owed(since=ctx.today - LOOK_BACK)
    days = {(day, schedules.get(code, STEPS)) for code, day in owed}
    for uncorrected in await ctx.uow.returns.days_uncorrected():
        day, steps = schedule_of(ctx, uncorrected, schedules, uncorrected.correct_by)
        if day is not None:
            days.add((day, steps))
    return next_slot_after(ctx.now, schedules=days, calendar=ctx.calendar)


async def _openings(ctx: Context) -> list[datetime]:
    days = {day for stored in await ctx.uow.plans.all() for day in _opening_days(stored.text, ctx.today.year)}
    return [ctx.calendar.at(day, time.min) for day in days]


@lru_cache(maxsize=64)
def _opening_days(text: str, year: int) -> Collection[date]:
    return opening_days(parsed(text), year=year)


async def _lapses_of_claims(ctx: Context) -> list[datetime]:
    """Return when units are reminded again that said they handed in on paper."""
    return [lapses_at(claim.at, calendar=ctx.calendar) for claim in await ctx.uow.hard_copy_claims.waiting()]


async def _alarms_of_data_requests(ctx: Context) -> list[datetime]:
    waiting = await ctx.uow.data_requests.waiting()
    return [next_alarm(request.due_day, now=ctx.now, calendar=ctx.calendar) for request in waiting]


async def _successions(ctx: Context) -> list[datetime]:
    return [ctx.calendar.at(day, time.min) for day in await ctx.uow.successions.days_ahead(day=ctx.today)]
