"""Search for the cluster, unit or duty meant by the words after «/tinhhinh»; and the status of one unit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from domain.duties.duties import is_current
from domain.errors import Refusal, Way
from domain.roles import Right
from domain.typed_input.listing import listed, shortened
from domain.typed_input.words import means, plain
from models.organisation.units import UnitRecord
from usecases.context import Context, query
from usecases.duties.progress import urgency
from usecases.duties.views import DutyView, view_duties
from usecases.status.status import ClusterView, list_clusters, list_status
from usecases.status.views import StatusSummary

T = TypeVar("T")
SHORTEST_PART = 2
"""Shortest part of a name that is searched for (letters)."""
CLUSTER_WORDS = ("cum", "khoi")


@dataclass(frozen=True, slots=True)
class StatusFound:
    """At most one of the ids; without any, `unfound` says why and where to go on."""

    cluster_id: int | None = None
    unit_id: int | None = None
    duty_id: int | None = None
    unfound: Refusal | None = None


@dataclass(frozen=True, slots=True)
class UnitStatusView:
    """The duties of one unit this year, most urgent first."""

    name: str
    cluster_name: str | None
    duties: tuple[DutyView, ...]
    at: datetime


@query
async def find_status(ctx: Context, text: str) -> StatusFound:
    """Find a cluster, else a unit, else a duty, by its whole name or a part of it, without accents.

    Raises Refusal if the actor sees no status.
    """
    clusters = await list_clusters(ctx)
    statuses = await list_status(ctx)
    # Read last: each query above ends the transaction of the rows read before it.
    units = await _units(ctx)

    if cluster := _only(_named(clusters, text, _name)):
        return StatusFound(cluster_id=cluster.id)
    if unit := _only(_exactly(units, text, _name) or _named(units, text, _name)):
        return StatusFound(unit_id=unit.id)
    alike = _containing(units, text, _name)
    if unit := _only(alike):
        return StatusFound(unit_id=unit.id)
    if duties := _containing(statuses, text, _title):
        return StatusFound(duty_id=duties[0].duty_id)
    return StatusFound(unfound=_unknown(text, clusters, alike))


@query
async def read_unit_status(ctx: Context, unit_id: int) -> UnitStatusView:
    """Return the duties of a unit. Raises Refusal if it is not below an authority whose status the actor sees."""
    unit = next((unit for unit in await _units(ctx) if unit.id == unit_id), None)
    if unit is None:
        raise Refusal("status-hidden", "Anh/chị không có quyền xem tình hình này.", way=Way.HOME)
    cluster = await ctx.uow.clusters.of_unit(unit.id, day=ctx.today)
    authorities = _authorities(ctx)
    found = [
        duty
        for duty in await ctx.uow.duties.of_units([unit.id], day=ctx.today)
        if duty.authority_id in authorities and is_current(duty.year, duty.due_day, today=ctx.today)
    ]
    return UnitStatusView(
        name=unit.name,
        cluster_name=cluster.name if cluster else None,
        duties=tuple(sorted(await view_duties(ctx, found), key=urgency)),
        at=ctx.local(ctx.now),
    )


def _authorities(ctx: Context) -> set[int]:
    return {post.unit_id for post in ctx.actor.units_where(Right.SEE_STATUS)}


async def _units(ctx: Context) -> list[UnitRecord]:
    return [
        unit
        for authority_id in sorted(_authorities(ctx))
        for unit in await ctx.uow.units.records_below(authority_id, day=ctx.today)
    ]


def _name(item: ClusterView | UnitRecord) -> str:
    return item.name


def _title(status: StatusSummary) -> str:
    return status.title


def _only(found: Sequence[T]) -> T | None:
    return found[0] if len(found) == 1 else None


def _exactly(items: Sequence[T], text: str, name: Callable[[T], str]) -> list[T]:
    return [item for item in items if plain(name(item)) == plain(text)]


def _named(items: Sequence[T], text: str, name: Callable[[T], str]) -> list[T]:
    return [item for item in items if means(text, name(item))]


def _containing(items: Sequence[T], text: str, name: Callable[[T], str]) -> list[T]:
    part = plain(text)
    return [item for item in items if len(part) >= SHORTEST_PART and part in plain(name(item))]


def _unknown(text: str, clusters: Sequence[ClusterView], alike: Sequence[UnitRecord]) -> Refusal:
    asked = shortened(" ".join(text.split()), 60)
    if alike:
        names = listed((unit.name for unit in alike), room=150)
        return Refusal("unit-ambiguous", f"Có {len(alike)} đơn vị giống «{asked}»: {names}. Anh/chị gõ đủ tên đơn vị.")
    names = listed((cluster.name for cluster in clusters), room=150, more="cụm khác") or "chưa có cụm nào"
    if plain(text).split()[:1] and plain(text).split()[0] in CLUSTER_WORDS:
        return Refusal("cluster-unknown", f"Không có cụm «{asked}». Các cụm: {names}.", way=Way.STATUS_OF_CLUSTER)
    return Refusal(
        "status-unknown",
        f"Không có cụm, đơn vị hay việc nào tên «{asked}». Các cụm: {names}.",
        way=Way.STATUS_OF_CLUSTER_OR_UNIT,
    )
