"""Entering an organisation: authorities, units and clusters, all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.errors import Refusal
from domain.roles import Actor, Post, Role
from domain.units import ClusterKind, ClusterRole, UnitKind
from models.units import Cluster, Membership, Unit
from usecases.context import Context, action, question


@dataclass(frozen=True, slots=True)
class UnitEntry:
    code: str
    name: str
    kind: UnitKind
    authority: str | None
    """Code of the unit that it owes to; None for a topmost authority."""
    office: str | None = None


@dataclass(frozen=True, slots=True)
class ClusterEntry:
    code: str
    name: str
    kind: ClusterKind
    authority: str
    members: tuple[tuple[str, ClusterRole], ...]
    """Codes of units, with their roles."""


@action
async def found_organisation(
    ctx: Context, *, units: Sequence[UnitEntry], clusters: Sequence[ClusterEntry], since: date
) -> None:
    """Enter units and clusters that are not known yet; an authority has to come before its units."""
    for entry in units:
        if await ctx.uow.units.coded(entry.code) is None:
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
    for group in clusters:
        await _enter_cluster(ctx, group, since=since)
    await ctx.uow.commit()


async def _enter_cluster(ctx: Context, entry: ClusterEntry, *, since: date) -> None:
    if await ctx.uow.clusters.coded(entry.code) is not None:
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
    unit = await ctx.uow.units.coded(code)
    if unit is None:
        raise Refusal(f"Không có đơn vị mã «{code}».")
    return unit


@question
async def caretaker(ctx: Context) -> Actor:
    """Who acts at the command line: the standing body of every topmost authority."""
    roots = await ctx.uow.units.roots()
    return Actor(
        person_id=None,
        name="Người quản trị",
        posts=tuple(Post(Role.STANDING_BODY, unit.id, unit.name) for unit in roots),
    )
