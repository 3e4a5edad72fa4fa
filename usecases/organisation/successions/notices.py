"""Who is told that units merge, split, close or are renamed: each of their people once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.calendar import ONE_DAY
from domain.roles import Role
from domain.successions import UnitChange
from models.message_kinds import MessageKind, Refs
from models.organisation.successions import Succession, UnitName
from usecases.context import Context, query
from usecases.outbox.queueing import Notice, accounts_of, put_message

_TOLD = tuple(role for role in Role if role is not Role.GUEST)


@dataclass(frozen=True, slots=True)
class SuccessionView:
    """What becomes of which units."""

    change: UnitChange
    day: date
    """The first day on which it holds."""
    old: tuple[str, ...]
    """Names of the units that end; of one renamed, its old name."""
    new: tuple[str, ...]
    takes_in: bool = False
    """The one new name is that of a unit that stood before."""
    told: int = 0
    """People who are written to."""


@dataclass(frozen=True, slots=True)
class UnitChangeNotice:
    """The change as one of the people concerned reads it."""

    change: SuccessionView
    has_come: bool
    """Its day is today or past."""


async def tell_succeeded(ctx: Context, rows: Sequence[Succession]) -> SuccessionView:
    """Does not commit."""
    await ctx.uow.flush()
    view = await succeeded(ctx, rows)
    units = {unit_id for row in rows for unit_id in (row.unit_id, row.successor_id) if unit_id is not None}
    # Whoever is to serve a unit that is not there yet is told as one of the old units' people.
    told = await _tell(ctx, sorted(units), key=f"units:{rows[0].id}", refs={"successions": [row.id for row in rows]})
    return replace(view, told=told)


async def tell_cancelled(ctx: Context, view: SuccessionView, unit_ids: Sequence[int]) -> int:
    """Its rows are gone by then, so the message carries what it is about. Does not commit."""
    said = json.dumps([view.change, view.day.isoformat(), view.old, view.new, view.takes_in])
    return await _tell(
        ctx, sorted(unit_ids), key=f"units-cancelled:{ctx.now:%Y%m%dT%H%M%S.%f}", refs={"cancelled": said}
    )


async def tell_renamed(ctx: Context, row: UnitName) -> SuccessionView:
    """Does not commit."""
    view = await renamed(ctx, row)
    told = await _tell(ctx, [row.unit_id], key=f"unit-name:{row.id}", refs={"name": row.id}, again=True)
    return replace(view, told=told)


async def _tell(ctx: Context, unit_ids: Sequence[int], *, key: str, refs: Refs, again: bool = False) -> int:
    everybody = await accounts_of(ctx, unit_ids, _TOLD)
    others = {person_id: account for person_id, account in everybody.items() if person_id != ctx.actor.person_id}
    for person_id, account in others.items():
        told: Refs = {"person": person_id, **refs}
        await put_message(ctx, Notice(MessageKind.UNIT_CHANGED, f"{key}:{person_id}", told), account, again=again)
    return len(others)


async def succeeded(ctx: Context, rows: Sequence[Succession]) -> SuccessionView:
    day = rows[0].day
    heirs = list(dict.fromkeys(row.successor_id for row in rows if row.successor_id is not None))
    ended = list(dict.fromkeys(row.unit_id for row in rows))
    names = await ctx.uow.successions.names({*heirs, *ended}, day=day)
    return SuccessionView(
        change=rows[0].change,
        day=day,
        old=tuple(names[unit_id] for unit_id in ended),
        new=tuple(names[unit_id] for unit_id in heirs),
        takes_in=bool(await ctx.uow.units.existing(heirs, day=day - ONE_DAY)),
    )


async def renamed(ctx: Context, row: UnitName) -> SuccessionView:
    before = await ctx.uow.successions.names({row.unit_id}, day=row.since - ONE_DAY)
    return SuccessionView(UnitChange.RENAME, row.since, old=(before[row.unit_id],), new=(row.name,))


@query
async def read_unit_change_notice(
    ctx: Context, *, person_id: int, succession_ids: Sequence[int], name_id: int | None
) -> UnitChangeNotice | None:
    """For the person it was written to, even if with the unit their post has ended; None for anybody else.

    None too where the change was cancelled before anybody heard of it.
    """
    if ctx.actor.person_id != person_id:
        return None
    view = await _name_view(ctx, name_id) if name_id is not None else await _change_view(ctx, succession_ids)
    return UnitChangeNotice(view, has_come=view.day <= ctx.today) if view else None


async def _name_view(ctx: Context, name_id: int) -> SuccessionView | None:
    row = await ctx.uow.successions.name(name_id)
    return await renamed(ctx, row) if row else None


async def _change_view(ctx: Context, succession_ids: Sequence[int]) -> SuccessionView | None:
    rows = await ctx.uow.successions.get(succession_ids)
    return await succeeded(ctx, rows) if rows else None


@query
async def read_cancelled_notice(ctx: Context, *, person_id: int, said: str) -> SuccessionView | None:
    """What will not happen after all, for the person it was written to."""
    if ctx.actor.person_id != person_id:
        return None
    change, day, old, new, takes_in = json.loads(said)
    return SuccessionView(UnitChange(change), date.fromisoformat(day), tuple(old), tuple(new), takes_in=takes_in)
