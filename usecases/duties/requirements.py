"""Requirements of a duty: the plan's indicators for the unit, or a document if it has none for it."""

from domain.plans.deadlines import DutyKind
from domain.plans.plans import Indicator
from models.duties.duties import Duty
from models.plans.in_force import indicators_of_unit
from usecases.context import Context

_DOCUMENTS = (DutyKind.PLAN, DutyKind.TASK)


async def required_indicators(ctx: Context, duty: Duty) -> tuple[Indicator, ...]:
    """Return the plan's indicators for the unit that owes the duty; empty if it has none for it."""
    return await indicators_of_unit(ctx.uow, duty.plan_code, duty.unit_id)


async def requires_document(ctx: Context, duty: Duty) -> bool:
    """Whether the duty is handed in as a file; so is a report without an indicator to fill in."""
    if duty.kind is DutyKind.REPORT:
        return not await required_indicators(ctx, duty)
    return duty.kind in _DOCUMENTS
