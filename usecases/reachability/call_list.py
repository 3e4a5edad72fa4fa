"""The call list: units where no officer can be written to, since when, who is told instead, and whom to call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.audit import AuditAction
from domain.duties.reachability import EscalationLevel, Reason
from domain.errors import Refusal, Way
from domain.roles import SUBMITTERS, Right, Role
from models.people.officers import Appointment, Person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.reachability.escalations import Escalation, unreachable_units


@dataclass(frozen=True, slots=True)
class UnreachedView:
    """A unit where no officer can be written to."""

    unit_id: int
    unit_name: str
    cluster_name: str | None
    reason: Reason
    since: datetime
    level: EscalationLevel
    """Level of the people who are told instead."""
    told_on: date | None
    """The last day on which they were told."""
    invited_until: date | None
    """Last day of an invite that nobody has used."""
    has_run_out: bool = False
    """Whether that invite has expired."""
    called_at: datetime | None = None
    """When the standing body or the cluster head telephoned the unit, in local time."""
    called_by: str | None = None
    """Name of the person who telephoned."""
    called_days_ago: int = 0
    returned_on: date | None = None
    """When the oldest return that the unit has not corrected was sent back."""


@dataclass(frozen=True, slots=True)
class ReachView:
    units: tuple[UnreachedView, ...]
    total: int
    """How many units there are in all."""
    at: datetime
    may_call: bool


@dataclass(frozen=True, slots=True)
class CallPerson:
    name: str
    position: str
    phone: str | None
    role: Role
    unit_name: str
    has_left: bool = False
    """Whether they were the last to hold the post and gave it up."""
    former_phone: str | None = None
    """The number before, while nobody has been reached on the new one."""
    person_id: int = 0


@dataclass(frozen=True, slots=True)
class CallView:
    """The people to call about a unit: its own, or those of the unit that heads its cluster if it has none."""

    unit: UnreachedView
    people: tuple[CallPerson, ...]


@query
async def read_unreached(ctx: Context) -> ReachView:
    """Return the unreached units below the actor's authorities, longest unreached first.

    Raises Refusal if the actor may not see how units stand.
    """
    posts = ctx.actor.units_where(Right.SEE_STATUS)
    if not posts:
        raise Refusal("leaders-only", "Lệnh này dành cho lãnh đạo và cơ quan thường trực.", way=Way.DUTIES_OF_ONES_UNIT)
    units = await _below(ctx, [post.unit_id for post in posts])
    return ReachView(
        units=await _unreached(ctx, units),
        total=len(units),
        at=ctx.local(ctx.now),
        may_call=bool(ctx.actor.units_where(Right.SEE_PHONES)),
    )


@query
async def count_unreached(ctx: Context) -> int:
    """Return how many units below the actor's authorities have no officer who can be written to."""
    units = await _below(ctx, [post.unit_id for post in ctx.actor.units_where(Right.SEE_STATUS)])
    return len(await unreachable_units(ctx, units))


@command
async def open_call_list(ctx: Context) -> None:
    """Note in the audit log that the actor looks at the phone numbers; raises Refusal like `read_calls`."""
    calls = await _calls(ctx)
    audit(ctx, AuditAction.PHONES_SEEN, about="call-list", units=[call.unit.unit_id for call in calls])
    await ctx.uow.commit()


@query
async def read_calls(ctx: Context) -> tuple[CallView, ...]:
    """Return whom to call about each unreached unit; raises Refusal if the actor may not see phone numbers."""
    return await _calls(ctx)


@command
async def export_calls(ctx: Context) -> tuple[CallView, ...]:
    """`read_calls` for a file, recorded in the audit log as an export."""
    calls = await _calls(ctx)
    audit(ctx, AuditAction.EXPORTED, about="call-list", units=[call.unit.unit_id for call in calls])
    await ctx.uow.commit()
    return calls


async def _calls(ctx: Context) -> tuple[CallView, ...]:
    posts = ctx.actor.units_where(Right.SEE_PHONES)
    if not posts:
        raise Refusal("standing-body-only", "Danh sách gọi dành cho cơ quan thường trực.", way=Way.BACK_HOME)
    views = await _unreached(ctx, await _below(ctx, [post.unit_id for post in posts]))
    people = await whom_to_call(ctx, [view.unit_id for view in views])
    return tuple(CallView(view, people[view.unit_id]) for view in views)


async def whom_to_call(ctx: Context, unit_ids: Sequence[int]) -> dict[int, tuple[CallPerson, ...]]:
    """Return {unit_id: its people, or those of its cluster's head if it has none}. Asks for no right."""
    heading = await ctx.uow.reachability.cluster_heads(unit_ids, day=ctx.today)
    places = {*unit_ids, *heading.values()}
    people = await ctx.uow.reachability.people(places, SUBMITTERS, day=ctx.today)
    names = await ctx.uow.units.names(places)
    return {unit_id: _whom_to_call(ctx, unit_id, people, heading, names) for unit_id in unit_ids}


async def _below(ctx: Context, authority_ids: Sequence[int]) -> dict[int, str]:
    """Return {unit_id: name} of the units below these authorities."""
    names: dict[int, str] = {}
    for authority_id in dict.fromkeys(authority_ids):
        names |= await ctx.uow.units.names_below(authority_id, day=ctx.today)
    return names


async def _unreached(ctx: Context, names: Mapping[int, str]) -> tuple[UnreachedView, ...]:
    escalations = sorted(
        (await unreachable_units(ctx, names)).values(), key=lambda escalation: (escalation.since, escalation.unit_id)
    )
    if not escalations:
        return ()
    invites = await ctx.uow.reachability.invited([escalation.unit_id for escalation in escalations])
    returned = await ctx.uow.returns.first_uncorrected([escalation.unit_id for escalation in escalations])
    first_day = ctx.calendar.day_of(escalations[0].since)
    callers = await ctx.uow.calls.with_callers([one.unit_id for one in escalations if one.called_at])
    told = await ctx.uow.reachability.last_reminded([escalation.unit_id for escalation in escalations], since=first_day)
    found = []
    for escalation in escalations:
        cluster = await ctx.uow.clusters.of_unit(escalation.unit_id, day=ctx.today)
        invite = invites.get(escalation.unit_id)
        found.append(
            UnreachedView(
                unit_id=escalation.unit_id,
                unit_name=names[escalation.unit_id],
                cluster_name=cluster.name if cluster else None,
                reason=escalation.reason,
                since=ctx.local(escalation.since),
                level=escalation.level,
                called_at=ctx.local(escalation.called_at) if escalation.called_at else None,
                called_by=callers[escalation.unit_id][1] if escalation.called_at else None,
                called_days_ago=(ctx.today - ctx.calendar.day_of(escalation.called_at)).days
                if escalation.called_at
                else 0,
                told_on=_told_on(escalation, told.get(escalation.unit_id, {})),
                invited_until=ctx.calendar.day_of(invite.expires_at) if invite else None,
                has_run_out=invite is not None and invite.expires_at <= ctx.now,
                returned_on=ctx.calendar.day_of(returned[escalation.unit_id])
                if escalation.unit_id in returned
                else None,
            )
        )
    return tuple(found)


def _told_on(escalation: Escalation, told: Mapping[int, date]) -> date | None:
    return max((day for person_id, day in told.items() if person_id in escalation.receivers), default=None)


def _whom_to_call(
    ctx: Context,
    unit_id: int,
    people: Sequence[tuple[Appointment, Person]],
    heading: Mapping[int, int],
    names: Mapping[int, str],
) -> tuple[CallPerson, ...]:
    def at(place: int | None, *, holding: bool) -> list[CallPerson]:
        return [
            _person(post, person, names, has_left=not holding)
            for post, person in people
            if post.unit_id == place and _holds(ctx, post) is holding and (holding or person.phone)
        ]

    own = at(unit_id, holding=True)
    last = [] if any(person.role is Role.OFFICER for person in own) else at(unit_id, holding=False)[:1]
    return (*own, *last) or tuple(at(heading.get(unit_id), holding=True))


def _holds(ctx: Context, post: Appointment) -> bool:
    return post.valid_to is None or post.valid_to >= ctx.today


def _person(post: Appointment, person: Person, names: Mapping[int, str], *, has_left: bool) -> CallPerson:
    return CallPerson(
        person.name,
        person.position,
        person.phone,
        post.role,
        names[post.unit_id],
        has_left,
        former_phone=person.former_phone,
        person_id=person.id,
    )
