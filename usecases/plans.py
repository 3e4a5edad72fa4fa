"""Plans in force: loading one for an authority, and reading it again."""

from functools import lru_cache

from domain.errors import Refusal
from domain.plans import Plan
from models.plans import StoredPlan
from models.unit_of_work import UnitOfWork
from usecases.catalogue import parse_plan
from usecases.context import Context, action


@action
async def load_plan(ctx: Context, text: str, *, authority: str, file: str) -> Plan:
    """Put a plan in force for the units of an authority, or replace it; `authority` is the unit's code."""
    plan = parse_plan(text, file=file)
    unit = await ctx.uow.units.coded(authority)
    stored = await ctx.uow.plans.coded(plan.code)

    if unit is None:
        raise Refusal(f"Chưa có đơn vị mã «{authority}». Anh/chị nhập danh sách đơn vị trước.")
    if stored is not None and stored.authority_id != unit.id:
        raise Refusal(f"Kế hoạch «{plan.code}» đã thuộc về một cơ quan khác.")

    if stored is None:
        ctx.uow.plans.add(StoredPlan(code=plan.code, authority_id=unit.id, text=text, loaded_at=ctx.now))
    elif stored.text != text:
        stored.text, stored.loaded_at = text, ctx.now
    await ctx.uow.commit()
    return plan


async def plan_in_force(uow: UnitOfWork, code: str) -> Plan:
    stored = await uow.plans.coded(code)
    if stored is None:
        raise Refusal("Kế hoạch này không còn trong bot. Anh/chị hỏi cơ quan thường trực giúp.")
    return parsed(stored.text)


@lru_cache(maxsize=64)
def parsed(text: str) -> Plan:
    return parse_plan(text, file="database")
