"""Telephone calls by cluster heads: whose numbers they may see, and «Đã gọi» (decision 0033)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.people.people import NAMES_CLUSTER_HEADS
from domain.roles import SUBMITTERS, Role
from models.people.officers import Appointment, Person
from usecases.audit import audit
from usecases.clusters.duties import group_of, status_in
from usecases.clusters.heads import headed_cluster, own_units
from usecases.context import Context, command, query
from usecases.duties.tallies import UnitLine
from usecases.people.office_contacts import ContactView
from usecases.reachability.calls import put_call


@dataclass(frozen=True, slots=True)
class ClusterContact:
    """A person whose number the cluster head may see."""

    name: str
    position: str
    phone: str


@dataclass(frozen=True, slots=True)
class UnitToCall:
    """A unit that still owes a duty, with the people whom the cluster head may call about it."""

    line: UnitLine
    people: tuple[ClusterContact, ...]
    hidden: int
    """How many other people of the unit have not agreed that a cluster head sees their number, or gave none."""
    called_at: datetime | None
    """Local time of the last call to the unit, whoever made it."""
    called_by: str | None
    called_days_ago: int | None


@dataclass(frozen=True, slots=True)
class ClusterCallsView:
    title: str
    units: tuple[UnitToCall, ...]
    office: str
    contacts: tuple[ContactView, ...]
    """Numbers of the standing body, for units where nobody's number may be shown."""


@command
async def open_calls(ctx: Context, cluster_id: int, duty_id: int) -> None:
    """Note in the audit log that the actor looks at the phone numbers; raises Refusal like `read_cluster_calls`."""
    calls = await _calls(ctx, cluster_id, duty_id)
    units = [unit.line.unit_id for unit in calls.units if unit.people]
    audit(ctx, AuditAction.PHONES_SEEN, about=duty_id, cluster=cluster_id, units=units)
    await ctx.uow.commit()


@query
async def read_cluster_calls(ctx: Context, cluster_id: int, duty_id: int) -> ClusterCallsView:
    """Return whom to call about the other units of the cluster that still owe the duty.

    Raises Refusal unless the actor's unit heads the cluster today, or if none of its units owes the duty.
    """
    return await _calls(ctx, cluster_id, duty_id)


async def _calls(ctx: Context, cluster_id: int, duty_id: int) -> ClusterCallsView:
    cluster = await headed_cluster(ctx, cluster_id)
    status = await status_in(ctx, cluster, await group_of(ctx, cluster, duty_id))
    members = {one.unit_id for one in await ctx.uow.clusters.memberships_in(cluster.id) if one.is_valid_on(ctx.today)}
    # Who has left the cluster since the deadline is still counted in it, but is no longer the head's to call.
    lines = [unit for unit in status.missing if unit.unit_id in members - own_units(ctx)]
    unit_ids = [line.unit_id for line in lines]
    people = await ctx.uow.officers.holders(unit_ids, SUBMITTERS, versions=NAMES_CLUSTER_HEADS, day=ctx.today)
    called = await ctx.uow.calls.with_callers(unit_ids)
    office = await ctx.uow.units.get(cluster.authority_id)
    contacts = await ctx.uow.office_contacts.of([cluster.authority_id])
    return ClusterCallsView(
        status.title,
        tuple(_unit(ctx, line, people, called.get(line.unit_id)) for line in lines),
        office.office_name,
        tuple(ContactView(one.id, one.name, one.phone, one.hours) for one in contacts),
    )


def _unit(
    ctx: Context,
    line: UnitLine,
    people: Sequence[tuple[Appointment, Person, bool]],
    called: tuple[datetime, str] | None,
) -> UnitToCall:
    own = [(post, person, has_agreed) for post, person, has_agreed in people if post.unit_id == line.unit_id]
    officers = [row for row in own if row[0].role is Role.OFFICER]
    # Only a unit without officers is called through its head.
    asked = {person.id: (person, has_agreed) for _, person, has_agreed in officers or own}
    shown = tuple(
        ClusterContact(person.name, person.position, person.phone)
        for person, has_agreed in asked.values()
        if has_agreed and person.phone
    )
    at = ctx.local(called[0]) if called else None
    return UnitToCall(
        line,
        shown,
        hidden=len(asked) - len(shown),
        called_at=at,
        called_by=called[1] if called else None,
        called_days_ago=(ctx.today - at.date()).days if at else None,
    )


@command
async def note_cluster_call(ctx: Context, cluster_id: int, unit_id: int) -> str:
    """Store that a unit of the cluster was telephoned now, and return its name.

    Raises Refusal unless the actor's unit heads the cluster today, or if the other unit is not in it.
    """
    cluster = await headed_cluster(ctx, cluster_id)
    members = {unit.id for unit in await ctx.uow.clusters.members(cluster.id, day=ctx.today)}
    if unit_id not in members:
        raise Refusal("unit-not-of-cluster", f"Đơn vị này hiện không thuộc {cluster.name}.", way=Way.CLUSTER)

    name = await put_call(ctx, unit_id)
    await ctx.uow.commit()
    return name
