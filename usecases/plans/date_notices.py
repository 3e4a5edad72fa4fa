"""Notices of days that the standing body set or cleared: one message for all changes, worded when it is sent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.duties.duties import OWING, standing_of
from domain.plans.plans import Plan
from domain.roles import Actor, Right
from models.duties.duties import Duty
from models.message_kinds import MessageKind, Refs
from models.people.officers import Account
from models.plans.plans import StoredPlan
from usecases.context import Context, query
from usecases.duties.opening import open_duties_of
from usecases.duties.views import DutyView, view_duties
from usecases.outbox.queueing import Notice, ids_waiting, put_message
from usecases.plans.sync_duties import sync_duties
from usecases.reachability.escalations import reachable_people

MERGED_WITHIN = timedelta(minutes=5)
"""Time that a notice waits, so that days set one after another are one message."""


@dataclass(frozen=True, slots=True)
class NoticeReach:
    """The units that a notice reaches, and those it does not."""

    units: int
    """Number of units where somebody is told."""
    unreached: tuple[str, ...] = ()
    """Names of units where nobody can be written to."""


Days = Mapping[int, date | None]
"""{duty_id: last valid day}."""


@dataclass(frozen=True, slots=True)
class DateNotice:
    duties: tuple[DutyView, ...]
    """Duties that the reader still owes, with the days that hold now."""
    gone: tuple[str, ...] = ()
    """Names of duties that are owed no more, such as those of an event that was called off."""


async def sync_and_notify(ctx: Context, plan: Plan, *, opening: StoredPlan | None = None) -> NoticeReach:
    """Bring open duties to the days set, and tell the units whose day moved. Does not commit.

    With `opening`, the stored plan, its duties are opened too, and units are told of those that come and go.
    """
    before = await _days(ctx, plan)
    await ctx.uow.flush()
    await sync_duties(ctx, plan)
    if opening is not None:
        await open_duties_of(ctx, opening, await ctx.uow.successions.successor_ids())
        await ctx.uow.flush()
    states = await ctx.uow.duties.states(plan.code)
    moved = [
        duty
        for duty in await ctx.uow.duties.of_plan(plan.code, day=ctx.today)
        if (duty.id in before or opening is not None) and before.get(duty.id) != duty.last_valid_day
        if standing_of(states.get(duty.id, [])) in OWING
    ]
    gone = [] if opening is None else await ctx.uow.duties.withdrawn(list(before))
    return await _tell(ctx, [*moved, *gone])


async def _days(ctx: Context, plan: Plan) -> Days:
    return {duty.id: duty.last_valid_day for duty in await ctx.uow.duties.of_plan(plan.code, day=ctx.today)}


async def _tell(ctx: Context, duties: Sequence[Duty]) -> NoticeReach:
    """Queue a notice, merged into the one that still waits for the same person."""
    of_unit: dict[int, list[int]] = {}
    for duty in duties:
        of_unit.setdefault(duty.unit_id, []).append(duty.id)
    told: dict[int, set[int]] = {}
    accounts: dict[int, Account] = {}
    reached: set[int] = set()
    for unit_id, post, account in await reachable_people(ctx, sorted(of_unit)):
        told.setdefault(post.person_id, set()).update(of_unit[unit_id])
        accounts.setdefault(post.person_id, account)
        reached.add(unit_id)
    for person_id, account in accounts.items():
        key = f"dates:{person_id}"
        queued = await ctx.uow.outbox.keyed_for_update(key)
        refs: Refs = {"person": person_id, "duties": sorted(told[person_id] | ids_waiting(queued, "duties"))}
        notice = Notice(MessageKind.DATE_SET, key, refs, after=MERGED_WITHIN, authority_id=duties[0].authority_id)
        await put_message(ctx, notice, account, again=True)
    names = await ctx.uow.units.names(set(of_unit) - reached)
    return NoticeReach(len(reached), tuple(names[unit_id] for unit_id in sorted(names)))


@query
async def read_date_notices(ctx: Context, asked: Sequence[tuple[Actor, Collection[int]]]) -> list[DateNotice | None]:
    """Return, for each reader and these duties, those that they still owe or owe no more, None if there are none.

    Many are read with as few queries as one.
    """
    ids = sorted({duty_id for _, duty_ids in asked for duty_id in duty_ids})
    views = await view_duties(ctx, await ctx.uow.duties.counted(ids, day=ctx.today))
    withdrawn = await ctx.uow.duties.withdrawn(ids)
    return [_date_notice(reader, duty_ids, views, withdrawn) for reader, duty_ids in asked]


def _date_notice(
    reader: Actor, duty_ids: Collection[int], views: Sequence[DutyView], withdrawn: Sequence[Duty]
) -> DateNotice | None:
    served = {post.unit_id for post in reader.units_where(Right.SUBMIT)}
    owed = tuple(view for view in views if view.id in duty_ids and view.unit_id in served and view.is_owed)
    names = (duty.name for duty in withdrawn if duty.id in duty_ids and duty.unit_id in served)
    gone = tuple(dict.fromkeys(names))
    return DateNotice(owed, gone) if owed or gone else None
