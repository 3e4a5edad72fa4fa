"""Entering an organisation: authorities, units and clusters, all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.audit import AuditAction
from domain.errors import Refusal
from domain.people.people import read_name, read_position
from domain.roles import Actor, Post, Right, Role
from domain.units import ClusterKind, ClusterRole, UnitKind
from models.organisation.clusters import Cluster, Membership
from models.organisation.units import Unit
from models.people.officers import Appointment, Person
from usecases.audit import audit
from usecases.context import Context, command, query

Cells = Mapping[str, str]
"""{field: cell of the file that it was read from, such as «Đơn vị!D5»}."""


@dataclass(frozen=True, slots=True)
class UnitEntry:
    code: str
    name: str
    kind: UnitKind
    authority: str | None
    """Code of the authority to which the unit owes its duties, or None for a topmost authority."""
    office: str | None = None
    cells: Cells = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class ClusterEntry:
    code: str
    name: str
    kind: ClusterKind
    authority: str
    members: tuple[tuple[str, ClusterRole], ...]
    """(code of the unit, its role) of each member."""
    cells: Cells = field(default_factory=dict, compare=False)
    """The cell of a member stands under the member's code."""


@dataclass(frozen=True, slots=True)
class OfficerEntry:
    """A person who is to be invited by name."""

    unit: str
    name: str
    position: str | None
    phone: str | None
    role: Role
    cells: Cells = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Contents of a file."""

    units: tuple[UnitEntry, ...]
    clusters: tuple[ClusterEntry, ...]
    officers: tuple[OfficerEntry, ...] = ()
    faults: tuple[str, ...] = ()
    """Faults found, each with its cell; faulty lines are left out above."""


@command
async def found_organisation(
    ctx: Context, *, units: Sequence[UnitEntry], clusters: Sequence[ClusterEntry], since: date
) -> None:
    """Enter the units and clusters that are not known yet, valid from `since`; an authority comes before its units.

    Raises Refusal if the code of an authority or of a member is unknown.
    """
    entered = []
    for entry in units:
        if await ctx.uow.units.with_code(entry.code) is None:
            entered.append(entry.code)
            ctx.uow.units.add(
                Unit(
                    code=entry.code,
                    name=entry.name,
                    kind=entry.kind,
                    authority_id=(await _known(ctx, entry.authority)).id if entry.authority else None,
                    office=entry.office,
                    valid_from=since,
                    valid_to=None,
                )
            )
            await ctx.uow.flush()
    for cluster in clusters:
        await _enter_cluster(ctx, cluster, since=since)
    codes = [cluster.code for cluster in clusters]
    audit(ctx, AuditAction.UNITS_ENTERED, units=entered, clusters=codes, since=since)
    await ctx.uow.commit()


async def _enter_cluster(ctx: Context, entry: ClusterEntry, *, since: date) -> None:
    if await ctx.uow.clusters.with_code(entry.code) is not None:
        return
    authority = await _known(ctx, entry.authority)
    cluster = Cluster(
        code=entry.code, name=entry.name, kind=entry.kind, authority_id=authority.id, valid_from=since, valid_to=None
    )
    ctx.uow.clusters.add(cluster)
    await ctx.uow.flush()
    for code, role in entry.members:
        unit = await _known(ctx, code)
        ctx.uow.clusters.add(
            Membership(cluster_id=cluster.id, unit_id=unit.id, role=role, valid_from=since, valid_to=None)
        )


async def _known(ctx: Context, code: str) -> Unit:
    unit = await ctx.uow.units.with_code(code)
    if unit is None:
        raise Refusal("unit-unknown", f"Không có đơn vị mã «{code}».")
    return unit


@command
async def enroll_officer(ctx: Context, *, unit: str, name: str, position: str, until: date | None = None) -> Actor:
    """Enter an officer who serves a unit from today, before or without joining by messenger.

    Raises Refusal if the unit is unknown, if the actor may not invite there, and for a faulty name or position.
    """
    row = await _known(ctx, unit)
    if not ctx.actor.may(Right.INVITE, unit_id=row.id, above=await ctx.uow.units.above(row.id)):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực được ghi tên cán bộ.")

    person = Person(name=read_name(name), position=read_position(position), phone=None, joined_at=ctx.now)
    ctx.uow.officers.add(person)
    await ctx.uow.flush()
    ctx.uow.officers.add(
        Appointment(
            person_id=person.id,
            unit_id=row.id,
            role=Role.OFFICER,
            since=ctx.now,
            valid_from=ctx.today,
            valid_to=until,
        )
    )
    audit(ctx, AuditAction.ROLE_GIVEN, unit_id=row.id, role=Role.OFFICER, person=person.id, until=until)
    await ctx.uow.commit()
    return Actor(person.id, person.name, (Post(Role.OFFICER, row.id, row.name),))


@query
async def caretaker(ctx: Context) -> Actor:
    """Return the actor of the command line: the standing body of every topmost authority, without a person id."""
    roots = await ctx.uow.units.roots()
    return Actor(
        person_id=None,
        name="Người quản trị",
        posts=tuple(Post(Role.STANDING_BODY, unit.id, unit.name) for unit in roots),
    )
