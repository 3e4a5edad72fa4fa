"""Units as of a date: merged, split, renamed, closed. What they handed in stays theirs; what comes after is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.audit import AuditAction
from domain.calendar import ONE_DAY
from domain.errors import Refusal
from domain.successions import UnitChange, refuse_day
from domain.typed_input.words import slug
from domain.units import ClusterRole
from models.organisation.clusters import Membership
from models.organisation.successions import Succession, UnitName
from models.organisation.units import Unit
from usecases.audit import audit
from usecases.context import Context, command
from usecases.organisation.successions.checks import (
    arranged,
    ending,
    free_name,
    refuse_mismatch,
    refuse_units_below,
    standing,
)
from usecases.organisation.successions.notices import SuccessionView, tell_renamed, tell_succeeded

_RANK = (ClusterRole.HEAD, ClusterRole.DEPUTY, ClusterRole.MEMBER)


@dataclass(frozen=True, slots=True)
class NewUnit:
    code: str
    """Empty for one made of the name."""
    name: str


@command
async def merge_units(ctx: Context, codes: Sequence[str], *, into: str | NewUnit, day: date) -> SuccessionView:
    """From this day on one unit stands for these: a new one, or one that stands already and takes them in."""
    view = await merging(ctx, codes, into=into, day=day)
    await ctx.uow.commit()
    return view


@command
async def split_unit(ctx: Context, code: str, *, into: Sequence[NewUnit], day: date) -> SuccessionView:
    """From this day on these new units stand for one; the first takes its place in the cluster, and its people."""
    view = await splitting(ctx, code, into=into, day=day)
    await ctx.uow.commit()
    return view


@command
async def close_unit(ctx: Context, code: str, *, day: date) -> SuccessionView:
    """From this day on the unit is no more, and nobody takes its place."""
    view = await closing(ctx, code, day=day)
    await ctx.uow.commit()
    return view


@command
async def rename_unit(ctx: Context, code: str, *, name: str, day: date) -> SuccessionView:
    """From this day on the unit is called so; papers of before keep the old name."""
    view = await renaming(ctx, code, name=name, day=day)
    await ctx.uow.commit()
    return view


@command
async def renew_names(ctx: Context) -> None:
    """Let every unit be known by the name whose day has come."""
    await _renew(ctx)
    await ctx.uow.commit()


# The same without the commit, so that it can be rehearsed.


async def merging(ctx: Context, codes: Sequence[str], *, into: str | NewUnit, day: date) -> SuccessionView:
    taker = into if isinstance(into, str) else None
    # Kept in one order, so that of two at once neither waits for the other.
    for code in sorted({*codes, *([taker] if taker else [])}):
        await ctx.uow.units.with_code_for_update(code)
    units = [await ending(ctx, code, day) for code in codes if code != taker or len(codes) == 1]
    successor = await standing(ctx, taker, day) if taker else None
    if len(set(codes)) < len(codes):
        raise Refusal("unit-chosen-twice", "Một đơn vị được chọn hai lần. Anh/chị chọn các đơn vị khác nhau.")
    await refuse_mismatch(ctx, units, successor)
    if successor is None and len(units) < 2:
        raise Refusal(
            "units-too-few", "Lập đơn vị mới cần từ hai đơn vị trở lên. Nếu chỉ đổi tên, anh/chị dùng việc đổi tên."
        )

    if isinstance(into, NewUnit):
        successor = await _found(ctx, into, like=units[0], day=day, instead_of=units)
    assert successor is not None  # noqa: S101 (one of the two kinds of `into`)
    await _seat(ctx, successor, await _seats_of(ctx, units, day), day=day)
    rows = [_succeed(ctx, unit, day=day, change=UnitChange.MERGE, successor=successor) for unit in units]
    for unit in units:
        await _end(ctx, unit, day=day)
    return await tell_succeeded(ctx, rows)


async def splitting(ctx: Context, code: str, *, into: Sequence[NewUnit], day: date) -> SuccessionView:
    unit = await ending(ctx, code, day)
    await refuse_units_below(ctx, unit, day)
    if len(into) < 2 or len({part.code for part in into if part.code}) < sum(bool(part.code) for part in into):
        raise Refusal("units-too-few", "Chia tách cần từ hai đơn vị mới trở lên, mỗi đơn vị một mã.")

    seats = await _seats_of(ctx, [unit], day)
    rows = []
    for number, part in enumerate(into):
        successor = await _found(ctx, part, like=unit, day=day, instead_of=[unit])
        mine = seats if number == 0 else dict.fromkeys(seats, ClusterRole.MEMBER)
        await _seat(ctx, successor, mine, day=day)
        rows.append(_succeed(ctx, unit, day=day, change=UnitChange.SPLIT, successor=successor))
    await _end(ctx, unit, day=day)
    return await tell_succeeded(ctx, rows)


async def closing(ctx: Context, code: str, *, day: date) -> SuccessionView:
    unit = await ending(ctx, code, day)
    await refuse_units_below(ctx, unit, day)

    row = _succeed(ctx, unit, day=day, change=UnitChange.CLOSE, successor=None)
    await _end(ctx, unit, day=day)
    return await tell_succeeded(ctx, [row])


async def renaming(ctx: Context, code: str, *, name: str, day: date) -> SuccessionView:
    unit = await arranged(ctx, code)
    if day < unit.valid_from or (unit.valid_to is not None and day > unit.valid_to):
        raise Refusal("unit-not-active", f"{unit.name} không hoạt động vào ngày {day:%d/%m/%Y}.")
    refuse_day(day, today=ctx.today)
    called = await free_name(ctx, name, like=unit, day=day, besides=[unit])
    if (await ctx.uow.successions.names({unit.id}, day=day))[unit.id] == called:
        raise Refusal("unit-name-unchanged", f"Đơn vị đã mang tên «{called}». Anh/chị nhập tên mới.")

    if not await ctx.uow.successions.has_names(unit.id):
        ctx.uow.successions.add(UnitName(unit_id=unit.id, name=unit.name, since=unit.valid_from))
        await ctx.uow.flush()
    row = await ctx.uow.successions.name_from(unit.id, day)
    if row is None:
        row = UnitName(unit_id=unit.id, name=called, since=day)
        ctx.uow.successions.add(row)
    row.name = called
    await ctx.uow.flush()
    view = await tell_renamed(ctx, row)
    await _renew(ctx)
    audit(ctx, AuditAction.UNIT_RENAMED, about=unit.code, unit_id=unit.id, name=called, day=day)
    return view


async def _renew(ctx: Context) -> None:
    for unit, name in await ctx.uow.successions.renamed(day=ctx.today):
        unit.name = name


async def _found(ctx: Context, new: NewUnit, *, like: Unit, day: date, instead_of: Sequence[Unit]) -> Unit:
    name = await free_name(ctx, new.name, like=like, day=day, besides=instead_of)
    if new.code and await ctx.uow.units.with_code(new.code) is not None:
        raise Refusal("unit-code-taken", f"Mã «{new.code}» đã có đơn vị khác dùng.")
    unit = Unit(
        code=new.code or await _free_code(ctx, name),
        name=name,
        kind=like.kind,
        authority_id=like.authority_id,
        office=like.office,
        valid_from=day,
        valid_to=None,
    )
    ctx.uow.units.add(unit)
    await ctx.uow.flush()
    return unit


async def _free_code(ctx: Context, name: str) -> str:
    """«phuong-moi», and where that is taken «phuong-moi-2»."""
    code = first = slug(name)[:36].strip("-") or "don-vi"
    number = 1
    while await ctx.uow.units.with_code(code) is not None:
        number += 1
        code = f"{first}-{number}"
    return code


async def _seats_of(ctx: Context, units: Sequence[Unit], day: date) -> dict[int, ClusterRole]:
    """By cluster, the highest role that one of the units has there."""
    seats: dict[int, ClusterRole] = {}
    for unit in units:
        for seat in await ctx.uow.clusters.memberships(unit.id, day=day):
            seats[seat.cluster_id] = min(seat.role, seats.get(seat.cluster_id, seat.role), key=_RANK.index)
    return seats


async def _seat(ctx: Context, unit: Unit, seats: dict[int, ClusterRole], *, day: date) -> None:
    if await ctx.uow.clusters.memberships(unit.id, day=day):
        # Who takes others in stays where it is.
        return
    # Units of several clusters that become one stand in the first of these.
    for cluster_id, role in list(seats.items())[:1]:
        ctx.uow.clusters.add(
            Membership(cluster_id=cluster_id, unit_id=unit.id, role=role, valid_from=day, valid_to=None)
        )


async def _end(ctx: Context, unit: Unit, *, day: date) -> None:
    """Its places in clusters end with it; its people go on when the day has come (effects.py)."""
    unit.valid_to = day - ONE_DAY
    for seat in await ctx.uow.clusters.memberships(unit.id, day=day):
        seat.valid_to = unit.valid_to


def _succeed(ctx: Context, unit: Unit, *, day: date, change: UnitChange, successor: Unit | None) -> Succession:
    row = Succession(
        unit_id=unit.id,
        successor_id=successor.id if successor else None,
        change=change,
        day=day,
        by=ctx.actor.person_id,
        at=ctx.now,
    )
    ctx.uow.successions.add(row)
    audit(
        ctx,
        AuditAction.UNIT_ENDED,
        about=unit.code,
        unit_id=unit.id,
        change=change,
        day=day,
        successor=row.successor_id,
    )
    return row
