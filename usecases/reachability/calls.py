"""«Đã gọi»: a unit was telephoned; the standing body is not asked to call it about the same duties again."""

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.roles import Right
from models.duties.calls import UnitCall
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command


@command
async def note_call(ctx: Context, unit_id: int) -> str:
    """Remember that the unit was telephoned now, and return its name.

    Raises Refusal if the actor may not see the phones of the unit's people.
    """
    above = await ctx.uow.units.above(unit_id)
    if not any(post.unit_id in above for post in ctx.actor.units_where(Right.SEE_PHONES)):
        raise Refusal("standing-body-only", "Danh sách gọi dành cho cơ quan thường trực.", way=Way.BACK_HOME)
    name = await put_call(ctx, unit_id)
    await ctx.uow.commit()
    return name


async def put_call(ctx: Context, unit_id: int) -> str:
    """Store that the unit was telephoned now, and return its name. Asks for no right, does not commit."""
    call = await ctx.uow.calls.find_for_update(unit_id)
    name = (await ctx.uow.units.names({unit_id}))[unit_id]
    if call is None:
        ctx.uow.calls.add(UnitCall(unit_id=unit_id, at=ctx.now, by=acting_person(ctx)))
    else:
        call.at, call.by = ctx.now, acting_person(ctx)
    audit(ctx, AuditAction.UNIT_CALLED, about=unit_id, unit_id=unit_id)
    return name
