"""Notices to a unit, through the people who can be reached, with a report of who they are."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from domain.duties.reachability import Reason
from domain.roles import SUBMITTERS, Right, Role
from models.duties.duties import Duty
from models.duties.reminders import Addressee
from models.message_kinds import MessageKind
from models.people.officers import Account, Appointment
from usecases.context import Context
from usecases.duties.leave_cover import leave_covers, present
from usecases.outbox.queueing import notify, put_digest
from usecases.reachability.call_list import CallPerson, whom_to_call
from usecases.reachability.escalations import CALLERS, Escalation, unreachable_units


@dataclass(frozen=True, slots=True)
class ReachedPost:
    """The people of one role at one unit to whom a message goes."""

    role: Role
    unit_name: str
    people: int
    """Number of people."""


@dataclass(frozen=True, slots=True)
class UnitNotice:
    """The people whom a message to a unit reaches."""

    unit_name: str
    reached: tuple[ReachedPost, ...]
    """People of the unit; empty if none of them can be written to."""
    reason: Reason | None = None
    """Reason why nobody of the unit can be written to."""
    passed_to: tuple[ReachedPost, ...] = ()
    """People who are asked to tell the unit instead."""
    calls: tuple[CallPerson, ...] = ()
    """People to call; only for an actor who may see phone numbers."""


async def notify_unit(
    ctx: Context, kind: MessageKind, duty: Duty, *, key: str, first: int | None = None, **refs: int
) -> UnitNotice:
    """Queue a message about the duty to its unit, and return who is reached. Does not commit.

    `first` is the person it concerns: only they are told, or their deputy while they are on leave; if they left the
    unit, everybody there is. If nobody of the unit can be written to, the duty is escalated like a reminder.
    """
    people = await people_of(ctx, duty.unit_id, first=first)
    await notify(ctx, kind, {id_: account for id_, (_, account) in people.items()}, key=key, **refs)
    name = (await ctx.uow.units.names({duty.unit_id}))[duty.unit_id]
    if people:
        return UnitNotice(name, await _counted(ctx, [post for post, _ in people.values()]))
    return await _pass_on(ctx, duty, name)


async def people_of(ctx: Context, unit_id: int, *, first: int | None) -> Mapping[int, tuple[Appointment, Account]]:
    """Return {person_id: (post, account)} of those at the unit who are told: deputies instead of people on leave."""
    there = {post.person_id: (post, account) for post, account in await present(ctx, [unit_id], SUBMITTERS)}
    if first is not None and first not in there:
        cover = (await leave_covers(ctx, [unit_id], of=SUBMITTERS)).get((first, unit_id))
        first = cover.person_id if cover else None
    return {first: there[first]} if first in there else there


async def _pass_on(ctx: Context, duty: Duty, name: str) -> UnitNotice:
    escalation = (await unreachable_units(ctx, [duty.unit_id])).get(duty.unit_id)
    passed_to = await _ask_to_pass_on(ctx, duty, escalation) if escalation else ()
    calls = await whom_to_call(ctx, [duty.unit_id]) if ctx.actor.units_where(Right.SEE_PHONES) else {}
    reason = escalation.reason if escalation else Reason.NEVER_JOINED
    return UnitNotice(name, (), reason, passed_to, calls.get(duty.unit_id, ()))


async def _ask_to_pass_on(ctx: Context, duty: Duty, escalation: Escalation) -> tuple[ReachedPost, ...]:
    """Queue a reminder for each person in the escalation, except the actor, who is told on the screen."""
    receivers = sorted(escalation.receivers - {ctx.actor.person_id})
    posts = await ctx.uow.reminders.posts(receivers, (*SUBMITTERS, *CALLERS), day=ctx.today)
    asked = {post.person_id: post for post in reversed(posts)}
    for post in asked.values():
        await put_digest(ctx, post, duties={duty.id})
    return await _counted(ctx, asked.values())


async def _counted(ctx: Context, posts: Collection[Appointment | Addressee]) -> tuple[ReachedPost, ...]:
    counts = Counter((post.role, post.unit_id) for post in posts)
    names = await ctx.uow.units.names({unit_id for _, unit_id in counts})
    return tuple(ReachedPost(role, names[unit_id], people) for (role, unit_id), people in sorted(counts.items()))
