"""Which unit may end, take others in, or bear a name from a day on; whatever may not be is refused in one sentence."""

from collections.abc import Collection, Sequence
from datetime import date

from domain.errors import Refusal
from domain.roles import Right
from domain.successions import read_unit_name, refuse_day
from domain.typed_input.words import plain
from models.organisation.units import Unit
from usecases.context import Context


async def arranged(ctx: Context, code: str) -> Unit:
    """A unit whose authority's standing body acts; kept from others until the transaction ends."""
    unit = await ctx.uow.units.with_code_for_update(code)
    if unit is None:
        raise Refusal("unit-unknown", f"Không có đơn vị mã «{code}».")
    above = await ctx.uow.units.above(unit.id)
    if not above or not ctx.actor.may(Right.ARRANGE, unit_id=above[0], above=above[1:]):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực được sắp xếp đơn vị.")
    return unit


async def ending(ctx: Context, code: str, day: date) -> Unit:
    """A unit that may end the day before."""
    unit = await arranged(ctx, code)
    if unit.valid_to is not None:
        raise Refusal("unit-ended", f"{unit.name} thôi hoạt động sau ngày {unit.valid_to:%d/%m/%Y}.")
    if day <= unit.valid_from:
        raise Refusal(
            "day-before-unit", f"Ngày {day:%d/%m/%Y} quá sớm: {unit.name} hoạt động từ {unit.valid_from:%d/%m/%Y}."
        )
    refuse_day(day, today=ctx.today)
    # Who takes others in on a day has to be there on that day; so there is never a circle of successors.
    if coming := await ctx.uow.successions.succession_into(unit.id, day):
        name = (await ctx.uow.units.get(coming.unit_id)).name
        raise Refusal(
            "unit-takes-over-later",
            f"{unit.name} tiếp nhận {name} từ {coming.day:%d/%m/%Y}, nên chưa kết thúc trước ngày ấy được.",
        )
    return unit


async def refuse_units_below(ctx: Context, unit: Unit, day: date) -> None:
    """Of a unit that ends without one heir nobody knows whom those below would owe to."""
    if below := await ctx.uow.units.below(unit.id, day=day):
        raise Refusal(
            "unit-has-units-below",
            f"{unit.name} còn {len(below)} đơn vị trực thuộc. Anh/chị sắp xếp các đơn vị ấy trước.",
        )


async def standing(ctx: Context, code: str, day: date) -> Unit:
    """A unit that stands from this day on without a known end: it may take others in."""
    unit = await arranged(ctx, code)
    if day < unit.valid_from or unit.valid_to is not None:
        raise Refusal("unit-cannot-take-over", f"{unit.name} không tiếp nhận được đơn vị nào từ ngày {day:%d/%m/%Y}.")
    return unit


async def refuse_mismatch(ctx: Context, units: Sequence[Unit], successor: Unit | None) -> None:
    """Units that become one owe to one authority, and of those that run plans themselves there is only one."""
    together = [*units, *([successor] if successor else [])]
    if successor is not None and successor in units:
        raise Refusal("unit-into-itself", f"{successor.name} không thể sáp nhập vào chính mình.")
    for unit in together:
        if above := [other for other in together if other.id == unit.authority_id]:
            raise Refusal(
                "unit-below-the-other",
                f"{unit.name} trực thuộc {above[0].name}, hai đơn vị này không sáp nhập vào nhau được.",
            )
    if len({unit.authority_id for unit in together}) != 1:
        raise Refusal("units-of-different-authorities", "Các đơn vị sáp nhập phải cùng thuộc một cơ quan.")
    running = await ctx.uow.plans.run_by([unit.id for unit in together])
    if len(running) > 1:
        names = " và ".join(unit.name for unit in together if unit.id in running)
        raise Refusal(
            "units-with-plans-each",
            f"{names} đều có kế hoạch riêng cho đơn vị trực thuộc. Gộp lại thì đơn vị trực thuộc nợ hai lần.",
        )


async def free_name(ctx: Context, name: str, *, like: Unit, day: date, besides: Collection[Unit]) -> str:
    """A name that no other unit of the authority bears on this day."""
    called = read_unit_name(name)
    assert like.authority_id is not None  # noqa: S101 (asked of units that are arranged by one)
    others = {unit.id for unit in await ctx.uow.units.below(like.authority_id, day=day)} - {one.id for one in besides}
    for other in (await ctx.uow.successions.names(others, day=day)).values():
        if plain(other) == plain(called):
            raise Refusal("unit-name-taken", f"Đã có đơn vị tên «{other}». Anh/chị đặt tên khác.")
    return called
