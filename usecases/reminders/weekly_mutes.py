"""Duties that a reader of the weekly list has seen and does not want in it any more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.duties.duties import Duty
from models.duties.weekly import WeeklyMute
from usecases.actor import acting_person
from usecases.context import Context, command, query
from usecases.status.status import watched_duty
from usecases.status.views import StatusView

Occurrence = tuple[str, str, int, int]
"""(plan, code, year, turn) of a duty, the same for all units."""


@dataclass(frozen=True, slots=True)
class WatchedDuty:
    id: int
    title: str


@query
async def list_watched(ctx: Context, duty_ids: Sequence[int]) -> tuple[WatchedDuty, ...]:
    """Return the duties, at most a list's worth. Raises Refusal if the actor may not see the status of one."""
    return tuple([_watched(await watched_duty(ctx, duty_id)) for duty_id in duty_ids])


@command
async def mute_duty(ctx: Context, duty_id: int) -> WatchedDuty:
    """Leave the duty out of the actor's weekly lists, for its period; its status can be read as before.

    Raises Refusal if the actor may not see its status.
    """
    duty = await watched_duty(ctx, duty_id)
    if await _mute_of(ctx, duty) is None:
        plan_code, code, year, turn = occurrence_of(duty)
        ctx.uow.weekly_notes.add(
            WeeklyMute(person_id=acting_person(ctx), plan_code=plan_code, code=code, year=year, turn=turn, at=ctx.now)
        )
        await ctx.uow.commit()
    return _watched(duty)


@command
async def unmute_duty(ctx: Context, duty_id: int) -> WatchedDuty:
    """Put the duty into the actor's weekly lists again, when something changes. Raises Refusal like `mute_duty`."""
    duty = await watched_duty(ctx, duty_id)
    mute = await _mute_of(ctx, duty)
    if mute is not None:
        await ctx.uow.weekly_notes.unmute(mute)
        await ctx.uow.commit()
    return _watched(duty)


async def muted_among(ctx: Context, statuses: Sequence[StatusView]) -> set[int]:
    """Return the ids of the duties, as `StatusView.duty_id`, that the actor has muted."""
    muted = {
        (mute.plan_code, mute.code, mute.year, mute.turn)
        for mute in await ctx.uow.weekly_notes.mutes_of(acting_person(ctx))
    }
    if not muted:
        return set()
    duties: Iterable[Duty] = await ctx.uow.duties.counted([status.duty_id for status in statuses], day=ctx.today)
    return {duty.id for duty in duties if occurrence_of(duty) in muted}


def occurrence_of(duty: Duty) -> Occurrence:
    return duty.plan_code, *duty.occurrence


async def _mute_of(ctx: Context, duty: Duty) -> WeeklyMute | None:
    mutes = await ctx.uow.weekly_notes.mutes_of(acting_person(ctx))
    found = (mute for mute in mutes if (mute.plan_code, mute.code, mute.year, mute.turn) == occurrence_of(duty))
    return next(found, None)


def _watched(duty: Duty) -> WatchedDuty:
    return WatchedDuty(duty.id, duty.name)
