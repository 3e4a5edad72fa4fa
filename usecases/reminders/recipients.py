"""Who is told of a duty: one decision for the reminder that is queued and for the reminder that is sent."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.duties.duties import Standing
from domain.roles import SUBMITTERS, Actor, Role
from models.duties.duties import Duty
from models.duties.reminders import Addressee, RemindableDuty, Snooze
from models.people.officers import Appointment
from models.reviews.returns import Return
from usecases.context import Context
from usecases.duties.assignments import Assignment, assignments_of
from usecases.duties.leave_cover import LeaveCover, leave_covers
from usecases.reachability.escalations import Escalation, Escalations, unreachable_units


class ToldAs(StrEnum):
    """Why a person is told of a duty."""

    OFFICER = "OFFICER"
    """They are an officer of the unit that owes it."""
    ASSIGNEE = "ASSIGNEE"
    """A colleague handed the duty over to them, or to the person whose deputy they are."""
    SUBSTITUTE = "SUBSTITUTE"
    """They stand in for an officer of the unit who is on leave."""
    CONTACT = "CONTACT"
    """None of the unit's officers can be written to, and they are next in line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """The facts that decide who is told of some duties."""

    roles: Mapping[tuple[int, int], Set[Role]]
    """{(person_id, unit_id): roles held there today} of people who can be written to."""
    assignments: Mapping[int, Assignment]
    """{duty_id: its assignment}."""
    leave_covers: Mapping[tuple[int, int], LeaveCover]
    """{(id of the person on leave, unit_id): who stands in for them}."""
    escalations: Escalations
    """{person_id: {unit_id: the escalation of which the person is told}}."""
    returned: Mapping[int, Return]
    """{duty_id: its last return} of what the unit has not corrected."""
    put_off: Set[tuple[int, int]] = frozenset()
    """(person_id, duty_id) of what people asked not to be reminded of yet."""
    claimed: Set[int] = frozenset()
    """Ids of duties for whose hard copy the standing body is looking."""
    is_nudge: bool = False
    """Whether a leader asked for the reminder: assignments and snoozes then keep nobody from being told."""
    singled_out: Set[int] = frozenset()
    """Ids of duties about which something is known that does not hold of the unit's others."""

    def are_told(self, person_id: int, duty: Duty | RemindableDuty) -> bool:
        """Whether the person is told of the duty now."""
        return self._is_nudged(person_id, duty) if self.is_nudge else bool(self.told_as(person_id, duty))

    def told_as(self, person_id: int, duty: Duty | RemindableDuty) -> set[ToldAs]:
        """Return why the bot's own reminders tell the person of the duty; empty if they do not."""
        if self._is_answered_otherwise(person_id, duty) or self._is_left_alone(person_id, duty):
            return set()
        found: set[ToldAs] = set()
        if Role.OFFICER in self.roles_at(person_id, duty.unit_id):
            found.add(ToldAs.OFFICER)
        if self._is_assignee(person_id, duty):
            found.add(ToldAs.ASSIGNEE)
        if any(cover.for_officer for cover in self.covers_by(person_id, duty.unit_id)):
            found.add(ToldAs.SUBSTITUTE)
        if duty.unit_id in self.escalations.get(person_id, ()):
            found.add(ToldAs.CONTACT)
        return found

    def roles_at(self, person_id: int, unit_id: int) -> Set[Role]:
        return self.roles.get((person_id, unit_id), frozenset())

    def units_minded_by(self, person_id: int) -> list[int]:
        """Return the units where the person is an officer or stands in for a colleague on leave."""
        own = {unit_id for (id_, unit_id), roles in self.roles.items() if id_ == person_id and Role.OFFICER in roles}
        covered = {unit_id for (_, unit_id), cover in self.leave_covers.items() if cover.person_id == person_id}
        return [*(own | covered)]

    def covers_by(self, person_id: int, unit_id: int) -> list[LeaveCover]:
        """Return the leaves at the unit for which the person stands in."""
        covers = self.leave_covers.items()
        return [cover for (_, at), cover in covers if at == unit_id and cover.person_id == person_id]

    def _is_nudged(self, person_id: int, duty: Duty | RemindableDuty) -> bool:
        if self._is_answered_otherwise(person_id, duty):
            return False
        serves = not self.roles_at(person_id, duty.unit_id).isdisjoint(SUBMITTERS)
        return self._is_assignee(person_id, duty) or (serves and not self._is_on_leave(person_id, duty))

    def _is_answered_otherwise(self, person_id: int, duty: Duty | RemindableDuty) -> bool:
        """Whether the unit has said that the paper is on its way, or was telephoned about the duty."""
        escalation = self.escalations.get(person_id, {}).get(duty.unit_id)
        returned = self.returned.get(duty.id)
        asked_at = returned.at if returned else duty.opened_at
        return duty.id in self.claimed or (escalation is not None and escalation.is_settled(asked_at))

    def _is_left_alone(self, person_id: int, duty: Duty | RemindableDuty) -> bool:
        """Whether the person put the duty off, a colleague does it, or somebody stands in for the person."""
        if (person_id, duty.id) in self.put_off:
            return True
        return not self._is_assignee(person_id, duty) and (
            self._is_assigned(duty) or self._is_on_leave(person_id, duty)
        )

    def _is_assigned(self, duty: Duty | RemindableDuty) -> bool:
        assignment = self.assignments.get(duty.id)
        return assignment is not None and assignment.person_id is not None

    def _is_assignee(self, person_id: int, duty: Duty | RemindableDuty) -> bool:
        assignment = self.assignments.get(duty.id)
        return assignment is not None and assignment.person_id == person_id

    def _is_on_leave(self, person_id: int, duty: Duty | RemindableDuty) -> bool:
        # Where nobody can stand in there is no cover: better to remind who is on leave than nobody.
        return (person_id, duty.unit_id) in self.leave_covers


async def recipients_among(
    ctx: Context,
    posts: Collection[Appointment | Addressee],
    duties: Sequence[Duty | RemindableDuty],
    *,
    escalations: Escalations,
    snoozes: Iterable[Snooze],
) -> Recipients:
    """Return who of these people is told of the duties; the caller leaves out duties claimed on paper."""
    # Most duties are not returned, and a query with thousands of ids costs more than its answer.
    returned_ids = [duty.id for duty in duties if duty.standing is Standing.RETURNED]
    assignments = await assignments_of(ctx, duties)
    returned = await ctx.uow.returns.uncorrected(returned_ids) if returned_ids else {}
    put_off = _put_off(ctx, snoozes)
    return Recipients(
        roles=_roles((post.person_id, post.unit_id, post.role) for post in posts),
        assignments=assignments,
        leave_covers=await leave_covers(ctx, [post.unit_id for post in posts], of=SUBMITTERS),
        escalations=escalations,
        returned=returned,
        put_off=put_off,
        singled_out=assignments.keys() | returned.keys() | {duty_id for _, duty_id in put_off},
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """A person who is sent a reminder, and can be reached at this moment."""

    actor: Actor
    is_nudged: bool = False
    """Whether a leader asked for the reminder."""

    @property
    def person_id(self) -> int:
        assert self.actor.person_id is not None  # noqa: S101 (a guest has no reminder)
        return self.actor.person_id

    def units_as(self, roles: Collection[Role]) -> set[int]:
        return {post.unit_id for post in self.actor.posts if post.role in roles}


async def recipients_for(ctx: Context, readers: Sequence[Reader], duties: Sequence[Duty]) -> list[Recipients]:
    """Return the Recipients of each reader, with the reader as the only person."""
    duty_ids, units = [duty.id for duty in duties], {duty.unit_id for duty in duties}
    served = {unit_id for reader in readers for unit_id in reader.units_as(SUBMITTERS)}
    # An officer who is reached is reason enough for their unit not to be escalated.
    others = {unit_id for reader in readers for unit_id in units - reader.units_as([Role.OFFICER])}
    silent = await unreachable_units(ctx, others)
    returned = [duty.id for duty in duties if duty.standing is Standing.RETURNED] if silent else []
    assignments = await assignments_of(ctx, duties)
    covers = await leave_covers(ctx, sorted(served), of=SUBMITTERS)
    uncorrected = await ctx.uow.returns.uncorrected(returned) if returned else {}
    put_off = _put_off(ctx, await ctx.uow.reminders.snoozes([reader.person_id for reader in readers]))
    claimed = await ctx.uow.hard_copy_claims.without_reminders(duty_ids)
    return [
        Recipients(
            roles=_roles((reader.person_id, post.unit_id, post.role) for post in reader.actor.posts),
            assignments=assignments,
            leave_covers=covers,
            escalations={reader.person_id: _escalations_to(reader, silent)},
            returned=uncorrected,
            put_off=frozenset() if reader.is_nudged else put_off,
            claimed=claimed,
            is_nudge=reader.is_nudged,
        )
        for reader in readers
    ]


def _escalations_to(reader: Reader, silent: Mapping[int, Escalation]) -> dict[int, Escalation]:
    own = reader.units_as([Role.OFFICER])
    return {
        unit_id: found
        for unit_id, found in silent.items()
        if unit_id not in own and reader.person_id in found.receivers
    }


def named_in_group(duty: Duty, *, today: date) -> bool:
    """Whether the cluster's group hears that the unit owes the duty: not while it has a granted day ahead."""
    return duty.days.extended is None or duty.days.extended < today


def _roles(held: Iterable[tuple[int, int, Role]]) -> dict[tuple[int, int], set[Role]]:
    found: dict[tuple[int, int], set[Role]] = {}
    for person_id, unit_id, role in held:
        found.setdefault((person_id, unit_id), set()).add(role)
    return found


def _put_off(ctx: Context, snoozes: Iterable[Snooze]) -> frozenset[tuple[int, int]]:
    return frozenset((snooze.person_id, snooze.duty_id) for snooze in snoozes if is_put_off(ctx, snooze.until))


def is_put_off(ctx: Context, until: datetime) -> bool:
    return until > ctx.now
