"""Audiences: the units to which an announcement can go, and the people who can be written to there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.announcements import Audience, AudienceKind
from domain.errors import Refusal, Way
from domain.roles import SUBMITTERS, Right
from domain.units import UNIT_KIND_NAMES, UnitKind
from usecases.context import Context, query
from usecases.duties.leave_cover import leave_covers
from usecases.outbox.queueing import OutboxAddress
from usecases.status.status import duties_like, list_status, status_of

_UNITS_AT_ONCE = 300
"""Units whose people are read together, so that nobody else waits long."""


@dataclass(frozen=True, slots=True)
class AudienceView:
    audience: Audience
    name: str
    units: int


@dataclass(frozen=True, slots=True)
class AudienceUnits:
    """An audience with its units as they are now."""

    audience: Audience
    name: str
    units: Mapping[int, str]
    """{unit_id: name}."""


@dataclass(frozen=True, slots=True)
class AudienceMember:
    """A person who receives an announcement, once, for all the units that they serve."""

    person_id: int
    address: OutboxAddress
    unit_ids: tuple[int, ...]


@query
async def list_audiences(ctx: Context, kind: AudienceKind) -> tuple[AudienceView, ...]:
    """Return the audiences of this kind below the actor's authorities, without those that have no unit.

    Raises Refusal unless the actor may announce.
    """
    found: list[AudienceView] = []
    for authority_id in announcing_authorities(ctx):
        found += await _audiences(ctx, authority_id, kind)
    return tuple(view for view in found if view.units)


def announcing_authorities(ctx: Context) -> list[int]:
    """Return the ids of the actor's authorities. Raises Refusal unless the actor may announce somewhere."""
    posts = ctx.actor.units_where(Right.ANNOUNCE)
    if not posts:
        raise Refusal("standing-body-only", "Thông báo dành cho cơ quan thường trực.", way=Way.BACK_HOME)
    return list(dict.fromkeys(post.unit_id for post in posts))


async def _audiences(ctx: Context, authority_id: int, kind: AudienceKind) -> list[AudienceView]:
    if kind is AudienceKind.DUTY:
        return await _owed_duties(ctx, authority_id)
    if kind is AudienceKind.CLUSTER:
        clusters = await ctx.uow.clusters.of_authority(authority_id, day=ctx.today)
        of_unit = await ctx.uow.clusters.by_unit(authority_id, day=ctx.today)
        members = [cluster.id for cluster in of_unit.values()]
        return [
            AudienceView(Audience(kind, authority_id, str(cluster.id)), cluster.name, members.count(cluster.id))
            for cluster in clusters
        ]
    counts = await ctx.uow.units.count_kinds(authority_id, day=ctx.today)
    if kind is AudienceKind.ALL:
        name = await _name_of_all(ctx, authority_id)
        return [AudienceView(Audience(kind, authority_id), name, sum(counts.values()))]
    return [
        AudienceView(Audience(kind, authority_id, found), UNIT_KIND_NAMES[found], counts.get(found, 0))
        for found in UnitKind
    ]


async def _name_of_all(ctx: Context, authority_id: int) -> str:
    """Return «Tất cả đơn vị», with the authority's name for an actor who announces for several."""
    if len(announcing_authorities(ctx)) == 1:
        return "Tất cả đơn vị"
    return f"Tất cả đơn vị của {(await ctx.uow.units.get(authority_id)).name}"


async def _owed_duties(ctx: Context, authority_id: int) -> list[AudienceView]:
    statuses = [status for status in await list_status(ctx) if status.missing_count]
    duties = await ctx.uow.duties.counted([status.duty_id for status in statuses], day=ctx.today)
    here = {duty.id for duty in duties if duty.authority_id == authority_id}
    return [
        AudienceView(
            Audience(AudienceKind.DUTY, authority_id, str(status.duty_id)),
            f"Chưa nộp {status.title}",
            status.missing_count,
        )
        for status in statuses
        if status.duty_id in here
    ]


def refuse_foreign_audience(ctx: Context, audience: Audience) -> None:
    """Raise Refusal if the actor may not announce to these units."""
    if not ctx.actor.may(Right.ANNOUNCE, unit_id=audience.authority_id):
        raise _not_yours()


async def audience_units(ctx: Context, audience: Audience) -> AudienceUnits:
    """Return the units of the audience. Raises Refusal if the actor may not announce to them, or there are none."""
    refuse_foreign_audience(ctx, audience)
    found = await _members(ctx, audience)
    if not found.units:
        raise Refusal("audience-empty", f"«{found.name}» hiện không có đơn vị nào. Anh/chị chọn nơi nhận khác.")
    return found


async def _members(ctx: Context, audience: Audience) -> AudienceUnits:
    if audience.kind is AudienceKind.CLUSTER:
        return await _of_cluster(ctx, audience)
    if audience.kind is AudienceKind.DUTY:
        return await _of_duty(ctx, audience)
    kind = None if audience.kind is AudienceKind.ALL else UnitKind(audience.target)
    name = UNIT_KIND_NAMES[kind] if kind else await _name_of_all(ctx, audience.authority_id)
    units = await ctx.uow.units.names_below(audience.authority_id, day=ctx.today, kind=kind)
    return AudienceUnits(audience, name, units)


async def _of_cluster(ctx: Context, audience: Audience) -> AudienceUnits:
    clusters = await ctx.uow.clusters.of_authority(audience.authority_id, day=ctx.today)
    cluster = next((cluster for cluster in clusters if cluster.id == int(audience.target)), None)
    if cluster is None:
        raise _not_yours()
    members = await ctx.uow.clusters.members(cluster.id, day=ctx.today)
    return AudienceUnits(audience, cluster.name, {unit.id: unit.name for unit in members})


async def _of_duty(ctx: Context, audience: Audience) -> AudienceUnits:
    """Return the units that have not handed in; for one that ended, the unit that took it over."""
    group = await duties_like(ctx, int(audience.target), right=Right.ANNOUNCE)
    if group[0].authority_id != audience.authority_id:
        raise _not_yours()
    status = await status_of(ctx, group, cluster_id=None)
    missing = {unit.unit_id for unit in status.missing}
    heirs = await ctx.uow.successions.last_successors(missing, day=ctx.today)
    names = await ctx.uow.units.names({heirs.get(unit_id, unit_id) for unit_id in missing})
    return AudienceUnits(audience, f"Chưa nộp {status.title}", names)


def _not_yours() -> Refusal:
    return Refusal(
        "audience-hidden", "Anh/chị không gửi thông báo cho các đơn vị này được. Anh/chị chọn nơi nhận khác."
    )


async def members_at(ctx: Context, unit_ids: Sequence[int], *, since: datetime) -> tuple[AudienceMember, ...]:
    """Return the officers and heads at these units who can be written to, ordered by person id.

    People on leave are left out where somebody stands in for them, and posts that began after `since`.
    """
    covered = await _covered(ctx, unit_ids)
    addresses: dict[int, OutboxAddress] = {}
    units: dict[int, set[int]] = {}
    for first in range(0, len(unit_ids), _UNITS_AT_ONCE):
        some = unit_ids[first : first + _UNITS_AT_ONCE]
        rows = await ctx.uow.officers.chats(some, SUBMITTERS, day=ctx.today, since=since)
        for person_id, unit_id, channel, chat_id in rows:
            if (person_id, unit_id) not in covered:
                units.setdefault(person_id, set()).add(unit_id)
                addresses.setdefault(person_id, OutboxAddress(channel, chat_id))
    return tuple(
        AudienceMember(person_id, addresses[person_id], tuple(sorted(units[person_id]))) for person_id in sorted(units)
    )


async def _covered(ctx: Context, unit_ids: Sequence[int]) -> Collection[tuple[int, int]]:
    """Return (person_id, unit_id) of those on leave for whom somebody else at the unit stands in."""
    absent = [leave.person_id for leave in await ctx.uow.leaves.on(ctx.today)]
    posts = await ctx.uow.officers.posts_of(absent, SUBMITTERS, unit_ids=unit_ids, day=ctx.today) if absent else ()
    return await leave_covers(ctx, sorted({post.unit_id for post in posts}), of=SUBMITTERS) if posts else ()
