"""What a plan asks of one unit: its target lines, or, where it has none for that unit, a document."""

from domain.plans.deadlines import DutyKind
from domain.plans.plans import Indicator
from models.duties.duties import Duty
from models.plans.in_force import plan_in_force
from usecases.context import Context

_DOCUMENTS = (DutyKind.PLAN, DutyKind.TASK)


async def required_indicators(ctx: Context, duty: Duty) -> tuple[Indicator, ...]:
    """The target lines of the unit that owes the duty."""
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    unit = await ctx.uow.units.get(duty.unit_id)
    return plan.indicators_of(unit.kind, unit.name)


async def requires_document(ctx: Context, duty: Duty) -> bool:
    """Whether it is handed in as a file; a report without a figure to fill in is one, too."""
    if duty.kind is DutyKind.REPORT:
        return not await required_indicators(ctx, duty)
    return duty.kind in _DOCUMENTS
