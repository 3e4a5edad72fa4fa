"""Escalations: who is reminded instead if none of a unit's officers can be written to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from domain.calendar import ONE_DAY
from domain.duties.reachability import (
    Contact,
    EscalationLevel,
    Reason,
    Unreachability,
    level_reached,
    unreachability_of,
)
from domain.roles import SUBMITTERS, Role
from models.duties.reminders import Addressee
from models.people.officers import Account, Appointment
from usecases.context import Context
from usecases.duties.leave_cover import leave_covers, present

CALLERS = (Role.STANDING_BODY,)
"""Roles of the people who telephone units."""
_NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Escalation:
    """A unit whose officers cannot be written to, and the people who are told in their place."""

    unit_id: int
    reason: Reason
    since: datetime
    owed_from: datetime
    level: EscalationLevel
    receivers: frozenset[int]
    """Ids of the people who are told; empty if nobody of the standing body can be written to either."""
    called_at: datetime | None = None
    """When the standing body last telephoned the unit, if that was after it could no longer be written to."""

    def is_settled(self, asked_at: datetime) -> bool:
        """Whether a duty that was opened or returned at this hour was discussed on the telephone."""
        return self.level is EscalationLevel.CALL_LIST and self.called_at is not None and asked_at <= self.called_at


Escalations = Mapping[int, Mapping[int, Escalation]]
"""{person_id: {unit_id: the escalation of which the person is told}}."""


async def escalations_to(ctx: Context, posts: Iterable[Addressee]) -> Escalations:
    """Return the escalations of which the people with these posts are told."""
    held = {(post.role, post.unit_id) for post in posts}
    own = {unit_id for role, unit_id in held if role is Role.UNIT_HEAD}
    headed = await ctx.uow.reachability.cluster_members(_units(held, (Role.OFFICER,)), day=ctx.today)
    below = await ctx.uow.reachability.below(_units(held, CALLERS), day=ctx.today)
    found: dict[int, dict[int, Escalation]] = {}
    for escalation in (await unreachable_units(ctx, own | headed | below)).values():
        for person_id in escalation.receivers:
            found.setdefault(person_id, {})[escalation.unit_id] = escalation
    return found


def _units(held: Iterable[tuple[Role, int]], roles: Sequence[Role]) -> set[int]:
    return {unit_id for role, unit_id in held if role in roles}


async def reachable_people(ctx: Context, unit_ids: Sequence[int]) -> Sequence[tuple[int, Appointment, Account]]:
    """Return (unit_id, post, account) of the people who are written to about these units.

    They are the officers or their substitutes, or the unit's head if none of those can be written to. For a unit that
    ended, they are the people of the unit that took over its people.
    """
    heirs = await ctx.uow.successions.last_successors(unit_ids, day=ctx.today)
    asked = {heirs.get(unit_id, unit_id) for unit_id in unit_ids}
    there = await present(ctx, list(asked), (Role.OFFICER,))
    silent = asked - {post.unit_id for post, _ in there}
    heads = await ctx.uow.officers.serving(list(silent), (Role.UNIT_HEAD,), day=ctx.today) if silent else ()
    at: dict[int, list[tuple[Appointment, Account]]] = {}
    for post, account in (*there, *heads):
        at.setdefault(post.unit_id, []).append((post, account))
    return [(unit_id, *row) for unit_id in unit_ids for row in at.get(heirs.get(unit_id, unit_id), ())]


async def unreachable_units(ctx: Context, unit_ids: Collection[int]) -> dict[int, Escalation]:
    """Return {unit_id: its escalation}, only of units where neither officers nor their substitutes can be reached."""
    silent = await ctx.uow.reachability.unreachable(unit_ids, Role.OFFICER, day=ctx.today) if unit_ids else ()
    if not silent:
        return {}
    causes = await _causes(ctx, silent)
    people = await _people_by_level(ctx, causes)
    called = await ctx.uow.calls.last(causes)
    found = (
        _escalation(unit_id, cause, people[unit_id], called_at=called.get(unit_id)) for unit_id, cause in causes.items()
    )
    return {escalation.unit_id: escalation for escalation in found if escalation.level is not EscalationLevel.DEPUTY}


def _escalation(
    unit_id: int, cause: Unreachability, people: Mapping[EscalationLevel, frozenset[int]], *, called_at: datetime | None
) -> Escalation:
    level = level_reached([level for level, reached in people.items() if reached])
    return Escalation(
        unit_id,
        cause.reason,
        cause.since,
        cause.owed_from,
        level,
        people.get(level, _NOBODY),
        called_at=called_at if called_at is not None and called_at >= cause.since else None,
    )


async def _causes(ctx: Context, unit_ids: Sequence[int]) -> dict[int, Unreachability]:
    officers = await _contacts(ctx, unit_ids, (Role.OFFICER,))
    left = await ctx.uow.reachability.last_left(unit_ids, Role.OFFICER, day=ctx.today)
    asked = await ctx.uow.reachability.first_asked(unit_ids)
    returned = await ctx.uow.returns.first_uncorrected(unit_ids)
    found = {}
    for unit_id in unit_ids:
        left_at = ctx.calendar.at(left[unit_id] + ONE_DAY, time.min) if unit_id in left else None
        contacts = officers.get((Role.OFFICER, unit_id), [])
        cause = unreachability_of(
            contacts,
            left_at=left_at,
            asked_at=asked.get(unit_id),
            now=ctx.now,
            returned_at=returned.get(unit_id),
        )
        if cause is not None:
            found[unit_id] = cause
    return found


async def _contacts(
    ctx: Context, unit_ids: Collection[int], roles: Sequence[Role]
) -> dict[tuple[Role, int], list[Contact]]:
    """Return {(role, unit_id): people who have joined}; a person is reached if one of their messengers is."""
    people: dict[tuple[Role, int], dict[int, Contact]] = {}
    for post, account in await ctx.uow.reachability.serving(unit_ids, roles, day=ctx.today):
        if account is not None:
            known = people.setdefault((post.role, post.unit_id), {})
            before = known.get(post.person_id)
            if before is None or (before.lost_at and not account.blocked_at):
                known[post.person_id] = Contact(post.person_id, post.since, account.blocked_at, account.loss)
    return {place: list(contacts.values()) for place, contacts in people.items()}


async def _people_by_level(ctx: Context, unit_ids: Collection[int]) -> dict[int, dict[EscalationLevel, frozenset[int]]]:
    """Return {unit_id: {level: ids of the people there who can be written to}} for the levels above its officers."""
    heading = await ctx.uow.reachability.cluster_heads(unit_ids, day=ctx.today)
    authorities = await ctx.uow.reachability.authorities(unit_ids)
    places = {*unit_ids, *heading.values(), *authorities.values()}
    contacts = await _contacts(ctx, places, (*SUBMITTERS, *CALLERS))
    covered = await leave_covers(ctx, list(unit_ids), of=(Role.OFFICER,))

    def reached(role: Role, unit_id: int | None) -> frozenset[int]:
        found = contacts.get((role, unit_id), []) if unit_id is not None else []
        return frozenset(contact.person_id for contact in found if contact.is_reached)

    return {
        unit_id: {
            EscalationLevel.DEPUTY: frozenset(cover.person_id for (_, at), cover in covered.items() if at == unit_id),
            EscalationLevel.UNIT_HEAD: reached(Role.UNIT_HEAD, unit_id),
            EscalationLevel.CLUSTER_HEAD: reached(Role.OFFICER, heading.get(unit_id)),
            EscalationLevel.CALL_LIST: reached(Role.STANDING_BODY, authorities.get(unit_id)),
        }
        for unit_id in unit_ids
    }
