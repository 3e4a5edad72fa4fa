"""Who is told of a duty: one decision for the reminder that is queued and for the reminder that is sent."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.roles import SUBMITTERS, Role
from models.duties.duties import Duty
from models.duties.reminders import Snooze
from models.people.officers import Account, Appointment
from models.submissions.reviews import Return
from usecases.actor import acting_person
from usecases.context import Context
from usecases.duties.assignments import Assignment, assignments_of
from usecases.duties.leave_cover import LeaveCover, leave_covers
from usecases.reachability.escalations import Escalations, unreachable_units


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


NOT_TOLD: frozenset[ToldAs] = frozenset()


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

    def are_told(self, person_id: int, duty: Duty) -> bool:
        """Whether the person is told of the duty now."""
        return self._is_nudged(person_id, duty) if self.is_nudge else bool(self.told_as(person_id, duty))

    def told_as(self, person_id: int, duty: Duty) -> frozenset[ToldAs]:
        """Return why the bot's own reminders tell the person of the duty; empty if they do not."""
        if self._is_answered_otherwise(person_id, duty) or self._is_left_alone(person_id, duty):
            return NOT_TOLD
        holds = {
            ToldAs.OFFICER: Role.OFFICER in self.roles_at(person_id, duty.unit_id),
            ToldAs.ASSIGNEE: self._is_assignee(person_id, duty),
            ToldAs.SUBSTITUTE: any(cover.for_officer for cover in self.covers_by(person_id, duty.unit_id)),
            ToldAs.CONTACT: duty.unit_id in self.escalations.get(person_id, {}),
        }
        return frozenset(reason for reason, is_so in holds.items() if is_so)

    def roles_at(self, person_id: int, unit_id: int) -> Set[Role]:
        return self.roles.get((person_id, unit_id), frozenset())

    def units_minded_by(self, person_id: int) -> list[int]:
        """Return the units where the person is an officer or stands in for a colleague on leave."""
        own = {unit_id for (id_, unit_id), roles in self.roles.items() if id_ == person_id and Role.OFFICER in roles}
        covered = {unit_id for (_, unit_id), cover in self.leave_covers.items() if cover.person_id == person_id}
        return [*(own | covered)]

    def covers_by(self, person_id: int, unit_id: int) -> list[LeaveCover]:
        """Return the leaves at the unit for which the person stands in."""
        found = (cover for (_, at), cover in self.leave_covers.items() if at == unit_id)
        return [cover for cover in found if cover.person_id == person_id]

    def _is_nudged(self, person_id: int, duty: Duty) -> bool:
        if self._is_answered_otherwise(person_id, duty):
            return False
        serves = not self.roles_at(person_id, duty.unit_id).isdisjoint(SUBMITTERS)
        return self._is_assignee(person_id, duty) or (serves and not self._is_on_leave(person_id, duty))

    def _is_answered_otherwise(self, person_id: int, duty: Duty) -> bool:
        """Whether the unit has said that the paper is on its way, or was telephoned about the duty."""
        escalation = self.escalations.get(person_id, {}).get(duty.unit_id)
        returned = self.returned.get(duty.id)
        asked_at = returned.at if returned else duty.opened_at
        return duty.id in self.claimed or (escalation is not None and escalation.is_settled(asked_at))

    def _is_left_alone(self, person_id: int, duty: Duty) -> bool:
        """Whether the person put the duty off, a colleague does it, or somebody stands in for the person."""
        if (person_id, duty.id) in self.put_off:
            return True
        return not self._is_assignee(person_id, duty) and (
            self._is_assigned(duty) or self._is_on_leave(person_id, duty)
        )

    def _is_assigned(self, duty: Duty) -> bool:
        assignment = self.assignments.get(duty.id)
        return assignment is not None and assignment.person_id is not None

    def _is_assignee(self, person_id: int, duty: Duty) -> bool:
        assignment = self.assignments.get(duty.id)
        return assignment is not None and assignment.person_id == person_id

    def _is_on_leave(self, person_id: int, duty: Duty) -> bool:
        # Where nobody can stand in there is no cover: better to remind who is on leave than nobody.
        return (person_id, duty.unit_id) in self.leave_covers


async def recipients_among(
    ctx: Context,
    posts: Collection[tuple[Appointment, Account]],
    duties: Sequence[Duty],
    *,
    escalations: Escalations,
    snoozes: Iterable[Snooze],
) -> Recipients:
    """Return who of these people is told of the duties; the caller leaves out duties claimed on paper."""
    duty_ids = [duty.id for duty in duties]
    return Recipients(
        roles=_roles((post.person_id, post.unit_id, post.role) for post, _ in posts),
        assignments=await assignments_of(ctx, duties),
        leave_covers=await leave_covers(ctx, [post.unit_id for post, _ in posts], of=SUBMITTERS),
        escalations=escalations,
        returned=await ctx.uow.reviews.uncorrected(duty_ids),
        put_off=_put_off(ctx, snoozes),
    )


async def actor_among_recipients(ctx: Context, duties: Sequence[Duty], *, is_nudge: bool) -> Recipients:
    """Return the Recipients with the actor as the only person; the actor can be reached at this moment."""
    person_id = acting_person(ctx)
    duty_ids = [duty.id for duty in duties]
    roles = _roles((person_id, post.unit_id, post.role) for post in ctx.actor.posts)
    served = [unit_id for (_, unit_id), held in roles.items() if not held.isdisjoint(SUBMITTERS)]
    # An officer who is reached is reason enough for their unit not to be escalated.
    own = {unit_id for (_, unit_id), held in roles.items() if Role.OFFICER in held}
    silent = await unreachable_units(ctx, {duty.unit_id for duty in duties} - own)
    escalations = {unit_id: found for unit_id, found in silent.items() if person_id in found.receivers}
    return Recipients(
        roles=roles,
        assignments=await assignments_of(ctx, duties),
        leave_covers=await leave_covers(ctx, served, of=SUBMITTERS),
        escalations={person_id: escalations},
        returned=await ctx.uow.reviews.uncorrected(duty_ids) if escalations else {},
        put_off=frozenset() if is_nudge else _put_off(ctx, await ctx.uow.reminders.snoozes([person_id])),
        claimed=await ctx.uow.hard_copy_claims.without_reminders(duty_ids),
        is_nudge=is_nudge,
    )


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
