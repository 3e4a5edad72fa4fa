"""Changes of units that were entered and whose day has not come: they can be taken back as if never entered."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.audit import AuditAction
from domain.calendar import ONE_DAY
from domain.errors import Refusal
from domain.roles import Right
from domain.successions import UnitChange
from models.organisation.successions import Succession, UnitName
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.organisation.successions.checks import free_name
from usecases.organisation.successions.notices import SuccessionView, renamed, succeeded, tell_cancelled

_PASSED = "Thay đổi này đã có hiệu lực hoặc đã được hủy. Anh/chị xem lại danh sách."


@dataclass(frozen=True, slots=True)
class ScheduledSuccession:
    key: str
    """Names it as long as it is coming."""
    change: SuccessionView


@dataclass(frozen=True, slots=True)
class _Entered:
    """The rows that one confirmation wrote."""

    successions: tuple[Succession, ...] = ()
    name: UnitName | None = None

    @property
    def key(self) -> str:
        return f"name-{self.name.id}" if self.name else f"units-{self.successions[0].id}"


@query
async def list_scheduled(ctx: Context) -> tuple[ScheduledSuccession, ...]:
    """The nearest first."""
    found = [ScheduledSuccession(entered.key, await _view(ctx, entered)) for entered in await _entered(ctx)]
    return tuple(sorted(found, key=lambda one: one.change.day))


@command
async def cancel_succession(ctx: Context, key: str) -> SuccessionView:
    """The units stand as before, and whoever was told of the change is told that it is off."""
    found = [entered for entered in await _entered_for_update(ctx) if entered.key == key]
    if not found:
        raise Refusal("succession-passed", _PASSED)
    entered, view = found[0], await _view(ctx, found[0])

    if entered.name:
        concerned = [entered.name.unit_id]
        await ctx.uow.successions.remove(entered.name)
    else:
        concerned = await _restore(ctx, entered.successions)
    await tell_cancelled(ctx, view, concerned)
    audit(ctx, AuditAction.UNIT_CHANGE_CANCELLED, about=key, unit_id=concerned[0], change=view.change, day=view.day)
    await ctx.uow.commit()
    return view


async def _entered(ctx: Context) -> list[_Entered]:
    authorities = _arranged(ctx)
    rows = await ctx.uow.successions.coming(authorities, after=ctx.today)
    return _together(rows, await ctx.uow.successions.coming_names(authorities, after=ctx.today))


async def _entered_for_update(ctx: Context) -> list[_Entered]:
    authorities = _arranged(ctx)
    rows = await ctx.uow.successions.coming_for_update(authorities, after=ctx.today)
    return _together(rows, await ctx.uow.successions.coming_names_for_update(authorities, after=ctx.today))


def _arranged(ctx: Context) -> list[int]:
    """Authorities whose units the actor may arrange; raises Refusal if there are none."""
    posts = ctx.actor.units_where(Right.ARRANGE)
    if not posts:
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực được sắp xếp đơn vị.")
    return [post.unit_id for post in posts]


def _together(rows: Sequence[Succession], names: Sequence[UnitName]) -> list[_Entered]:
    groups: dict[tuple[object, ...], list[Succession]] = {}
    for row in rows:
        joined = row.successor_id if row.change is UnitChange.MERGE else row.unit_id
        groups.setdefault((row.at, row.change, row.day, joined), []).append(row)
    return [*(_Entered(tuple(rows)) for rows in groups.values()), *(_Entered(name=name) for name in names)]


async def _view(ctx: Context, entered: _Entered) -> SuccessionView:
    return await renamed(ctx, entered.name) if entered.name else await succeeded(ctx, entered.successions)


async def _restore(ctx: Context, rows: Sequence[Succession]) -> list[int]:
    """Gives the units that live on after all, and one that was to take them in."""
    day = rows[0].day
    ended = list(dict.fromkeys(row.unit_id for row in rows))
    heirs = list(dict.fromkeys(row.successor_id for row in rows if row.successor_id is not None))
    founded = [unit_id for unit_id in heirs if await _is_founded_by(ctx, unit_id, rows)]
    if await ctx.uow.successions.has_other_changes(founded, besides=[row.id for row in rows]):
        raise Refusal(
            "succession-built-upon", "Đơn vị mới của thay đổi này còn thay đổi khác. Anh/chị hủy thay đổi sau trước."
        )

    for unit_id in heirs:
        await _unseat(ctx, unit_id, rows)
    for unit_id in founded:
        # Hidden, not deleted: the trail and invites may name it already. There is no day on which it stands.
        unit = await ctx.uow.units.get(unit_id)
        unit.valid_to, unit.code = day - ONE_DAY, f"huy-{unit.id}"
    for row in rows:
        await ctx.uow.successions.remove(row)
    await ctx.uow.flush()
    for unit_id in ended:
        await _revive(ctx, unit_id, rows)
    return [*ended, *(unit_id for unit_id in heirs if unit_id not in founded)]


async def _is_founded_by(ctx: Context, unit_id: int, rows: Sequence[Succession]) -> bool:
    if await ctx.uow.units.existing([unit_id], day=rows[0].day - ONE_DAY):
        return False
    return await ctx.uow.successions.founding_succession(unit_id) in rows


async def _unseat(ctx: Context, unit_id: int, rows: Sequence[Succession]) -> None:
    for seat in await ctx.uow.clusters.memberships(unit_id, day=rows[0].day):
        if seat.valid_from == rows[0].day:
            await ctx.uow.successions.remove(seat)


async def _revive(ctx: Context, unit_id: int, rows: Sequence[Succession]) -> None:
    unit, last = await ctx.uow.units.get(unit_id), rows[0].day - ONE_DAY
    await free_name(ctx, unit.name, like=unit, day=rows[0].day, besides=[unit])
    unit.valid_to = None
    for seat in await ctx.uow.clusters.memberships(unit_id, day=last):
        seat.valid_to = None if seat.valid_to == last else seat.valid_to
