"""Arranging units step by step: what can be chosen, what would happen, and then doing it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.duties.duties import is_current
from domain.errors import Refusal
from domain.roles import Right
from domain.successions import UnitChange
from domain.typed_input.words import plain
from models.organisation.units import Unit
from usecases.context import Context, command, query
from usecases.duties.views import DutyView, view_duties
from usecases.organisation.successions.commands import NewUnit, closing, merging, renaming, splitting
from usecases.organisation.successions.notices import SuccessionView


@dataclass(frozen=True, slots=True)
class UnitChoice:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class SuccessionRequest:
    """What the standing body asks for."""

    change: UnitChange
    units: tuple[int, ...]
    day: date
    names: tuple[str, ...] = ()
    """Of the new units; of one renamed, its new name."""
    keeps: int | None = None
    """Of units that merge the one that stays and takes the others in; None for a new one."""


@dataclass(frozen=True, slots=True)
class SuccessionPreview:
    """What would happen, before it is confirmed."""

    change: SuccessionView
    kept: int
    """Duties handed in that are over by that day, and stay as they are."""
    passed_on: tuple[str, ...]
    """Titles of duties open now that the new units owe from that day."""
    again: tuple[str, ...]
    """Those among them that one of the old units has handed in already: figures of a part."""
    overdue: int
    """Duties not handed in that fell due before that day; the same people still may."""
    officers: int
    """People who go on with the first new unit."""
    below: int
    """Units that will owe to the new one."""
    cluster: str | None


@query
async def list_changeable_units(ctx: Context, *, search: str = "") -> tuple[UnitChoice, ...]:
    """The actor's units of which no end is known; `search` is any part of a name, accents or not."""
    posts = ctx.actor.units_where(Right.ARRANGE)
    if not posts:
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực được sắp xếp đơn vị.")
    found = {unit.id: unit for post in posts for unit in await ctx.uow.units.below(post.unit_id, day=ctx.today)}
    wanted = plain(search)
    return tuple(
        UnitChoice(unit.id, unit.name)
        for unit in found.values()
        if unit.valid_to is None and wanted in plain(unit.name)
    )


@command
async def preview_succession(ctx: Context, wish: SuccessionRequest) -> SuccessionPreview:
    """What would happen; refuses what `apply_succession` would refuse, and leaves no trace."""
    units = await _units(ctx, wish)
    forecast = await _forecast(ctx, wish, units)
    return replace(forecast, change=await _do(ctx, wish, units))


@command
async def apply_succession(ctx: Context, wish: SuccessionRequest) -> SuccessionView:
    change = await _do(ctx, wish, await _units(ctx, wish))
    await ctx.uow.commit()
    return change


async def _units(ctx: Context, wish: SuccessionRequest) -> list[Unit]:
    """In the order in which they were chosen."""
    return [await ctx.uow.units.get(unit_id) for unit_id in wish.units]


async def _do(ctx: Context, wish: SuccessionRequest, units: list[Unit]) -> SuccessionView:
    codes, day = [unit.code for unit in units], wish.day
    match wish.change:
        case UnitChange.MERGE:
            kept = next((unit.code for unit in units if unit.id == wish.keeps), None)
            return await merging(ctx, codes, into=kept or NewUnit("", wish.names[0]), day=day)
        case UnitChange.SPLIT:
            return await splitting(ctx, codes[0], into=[NewUnit("", name) for name in wish.names], day=day)
        case UnitChange.CLOSE:
            return await closing(ctx, codes[0], day=day)
        case UnitChange.RENAME:
            return await renaming(ctx, codes[0], name=wish.names[0], day=day)


async def _forecast(ctx: Context, wish: SuccessionRequest, units: list[Unit]) -> SuccessionPreview:
    ended = [unit.id for unit in units if unit.id != wish.keeps]
    duties = await _current_duties(ctx, ended)
    coming = [duty for duty in duties if duty.last_valid_day is None or duty.last_valid_day >= wish.day]
    over = [duty for duty in duties if duty not in coming]
    people = {post.person_id for id_ in ended for post in await ctx.uow.officers.appointments(id_, day=ctx.today)}
    return SuccessionPreview(
        change=SuccessionView(wish.change, wish.day, (), ()),
        kept=sum(not duty.is_owed for duty in over),
        passed_on=tuple(dict.fromkeys(duty.title for duty in coming)),
        again=tuple(dict.fromkeys(duty.title for duty in coming if not duty.is_owed)),
        overdue=sum(duty.is_owed for duty in over),
        officers=len(people),
        below=sum([len(await ctx.uow.units.below(unit_id, day=wish.day)) for unit_id in ended]),
        cluster=await _cluster(ctx, [wish.keeps] if wish.keeps else ended, day=wish.day),
    )


async def _current_duties(ctx: Context, unit_ids: Sequence[int]) -> list[DutyView]:
    found = await ctx.uow.duties.of_units(unit_ids, day=ctx.today)
    return await view_duties(
        ctx, [duty for duty in found if is_current(duty.year, duty.last_valid_day, today=ctx.today)]
    )


async def _cluster(ctx: Context, unit_ids: Sequence[int], *, day: date) -> str | None:
    """In which the unit will stand: that of the first of these that is in one."""
    for unit_id in unit_ids:
        if cluster := await ctx.uow.clusters.of_unit(unit_id, day=day):
            return cluster.name
    return None
