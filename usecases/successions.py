"""Units as of a date: merged, split, renamed, closed. What they handed in stays theirs; what comes after is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.errors import Refusal
from domain.roles import Right
from domain.successions import Change
from domain.trail import Deed
from domain.units import ClusterRole
from models.successions import Succession, UnitName
from models.units import Membership, Unit
from usecases.context import Context, action
from usecases.trail import record

_ONE_DAY = timedelta(days=1)
_RANK = (ClusterRole.HEAD, ClusterRole.DEPUTY, ClusterRole.MEMBER)


@dataclass(frozen=True, slots=True)
class NewUnit:
    code: str
    name: str


@action
async def merge_units(ctx: Context, codes: Sequence[str], *, into: str | NewUnit, day: date) -> None:
    """From this day on one unit stands for these: a new one, or one that stands already and takes them in."""
    units = [await _ending(ctx, code, day) for code in dict.fromkeys(codes)]
    successor = await _standing(ctx, into, day) if isinstance(into, str) else None
    if successor is not None and successor in units:
        raise Refusal(f"{successor.name} không thể sáp nhập vào chính mình.")
    if len({unit.authority_id for unit in [*units, *([successor] if successor else [])]}) != 1:
        raise Refusal("Các đơn vị sáp nhập phải cùng thuộc một cơ quan.")
    if successor is None and len(units) < 2:
        raise Refusal("Lập đơn vị mới cần từ hai đơn vị trở lên. Nếu chỉ đổi tên, anh/chị dùng việc đổi tên.")

    if isinstance(into, NewUnit):
        successor = await _found(ctx, into, like=units[0], day=day)
    assert successor is not None  # noqa: S101 (one of the two kinds of `into`)
    await _seat(ctx, successor, await _seats_of(ctx, units, day), day=day)
    for unit in units:
        await _end(ctx, unit, day=day, change=Change.MERGE, successor=successor)
    await ctx.uow.commit()


@action
async def split_unit(ctx: Context, code: str, *, into: Sequence[NewUnit], day: date) -> None:
    """From this day on these new units stand for one; the first takes its place in the cluster."""
    unit = await _ending(ctx, code, day)
    if len({part.code for part in into}) < 2:
        raise Refusal("Chia tách cần từ hai đơn vị mới trở lên, mỗi đơn vị một mã.")

    seats = await _seats_of(ctx, [unit], day)
    for number, part in enumerate(into):
        successor = await _found(ctx, part, like=unit, day=day)
        mine = seats if number == 0 else dict.fromkeys(seats, ClusterRole.MEMBER)
        await _seat(ctx, successor, mine, day=day)
        _succeed(ctx, unit, day=day, change=Change.SPLIT, successor=successor)
    await _end(ctx, unit, day=day)
    await ctx.uow.commit()


@action
async def close_unit(ctx: Context, code: str, *, day: date) -> None:
    """From this day on the unit is no more, and nobody takes its place."""
    unit = await _ending(ctx, code, day)

    await _end(ctx, unit, day=day, change=Change.CLOSE)
    await ctx.uow.commit()


@action
async def rename_unit(ctx: Context, code: str, *, name: str, day: date) -> None:
    """From this day on the unit is called so; papers of before keep the old name."""
    unit = await _arranged(ctx, code)
    called = _name(name)
    if day < unit.valid_from or (unit.valid_to is not None and day > unit.valid_to):
        raise Refusal(f"{unit.name} không hoạt động vào ngày {day:%d/%m/%Y}.")

    if not await ctx.uow.successions.has_names(unit.id):
        ctx.uow.successions.add(UnitName(unit_id=unit.id, name=unit.name, since=unit.valid_from))
        await ctx.uow.flush()
    standing = await ctx.uow.successions.name_from(unit.id, day)
    if standing is None:
        ctx.uow.successions.add(UnitName(unit_id=unit.id, name=called, since=day))
    else:
        standing.name = called
    await ctx.uow.flush()
    await _renew(ctx)
    record(ctx, Deed.UNIT_RENAMED, about=unit.code, unit_id=unit.id, name=called, day=day)
    await ctx.uow.commit()


@action
async def renew_names(ctx: Context) -> None:
    """Let every unit be known by the name whose day has come."""
    await _renew(ctx)
    await ctx.uow.commit()


async def _renew(ctx: Context) -> None:
    for unit, name in await ctx.uow.successions.renamed(day=ctx.today):
        unit.name = name


async def _arranged(ctx: Context, code: str) -> Unit:
    """A unit whose authority's standing body acts."""
    unit = await ctx.uow.units.coded(code)
    if unit is None:
        raise Refusal(f"Không có đơn vị mã «{code}».")
    above = await ctx.uow.units.above(unit.id)
    if not above or not ctx.actor.may(Right.ARRANGE, unit_id=above[0], above=above[1:]):
        raise Refusal("Chỉ cơ quan thường trực được sắp xếp đơn vị.")
    return unit


async def _ending(ctx: Context, code: str, day: date) -> Unit:
    unit = await _arranged(ctx, code)
    if day <= unit.valid_from:
        raise Refusal(f"Ngày {day:%d/%m/%Y} quá sớm: {unit.name} hoạt động từ {unit.valid_from:%d/%m/%Y}.")
    if unit.valid_to is not None:
        raise Refusal(f"{unit.name} thôi hoạt động sau ngày {unit.valid_to:%d/%m/%Y}.")
    if below := await ctx.uow.units.below(unit.id, day=day):
        raise Refusal(f"{unit.name} còn {len(below)} đơn vị trực thuộc. Anh/chị sắp xếp các đơn vị ấy trước.")
    return unit


async def _standing(ctx: Context, code: str, day: date) -> Unit:
    unit = await _arranged(ctx, code)
    # Who is to end succeeds nobody; so there is never a circle of successors.
    if day < unit.valid_from or unit.valid_to is not None:
        raise Refusal(f"{unit.name} không tiếp nhận được đơn vị nào từ ngày {day:%d/%m/%Y}.")
    return unit


async def _found(ctx: Context, new: NewUnit, *, like: Unit, day: date) -> Unit:
    if await ctx.uow.units.coded(new.code) is not None:
        raise Refusal(f"Mã «{new.code}» đã có đơn vị khác dùng.")
    unit = Unit(
        code=new.code,
        name=_name(new.name),
        kind=like.kind,
        authority_id=like.authority_id,
        office=like.office,
        valid_from=day,
        valid_to=None,
    )
    ctx.uow.units.add(unit)
    await ctx.uow.flush()
    return unit


def _name(name: str) -> str:
    plain = " ".join(name.split())
    if not 2 <= len(plain) <= 200:
        raise Refusal("Tên đơn vị dài từ 2 đến 200 ký tự. Ví dụ: Phường 5")
    return plain


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


async def _end(
    ctx: Context, unit: Unit, *, day: date, change: Change | None = None, successor: Unit | None = None
) -> None:
    """Its places in clusters and its officers' posts end with it."""
    if change is not None:
        _succeed(ctx, unit, day=day, change=change, successor=successor)
    last = day - _ONE_DAY
    unit.valid_to = last
    for seat in await ctx.uow.clusters.memberships(unit.id, day=day):
        seat.valid_to = last
    for post in await ctx.uow.officers.appointments(unit.id, day=day):
        post.valid_to = last


def _succeed(ctx: Context, unit: Unit, *, day: date, change: Change, successor: Unit | None) -> None:
    ctx.uow.successions.add(
        Succession(
            unit_id=unit.id,
            successor_id=successor.id if successor else None,
            change=change,
            day=day,
            by=ctx.actor.person_id,
            at=ctx.now,
        )
    )
    heir = successor.id if successor else None
    record(ctx, Deed.UNIT_ENDED, about=unit.code, unit_id=unit.id, change=change, day=day, successor=heir)
