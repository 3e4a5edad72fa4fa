"""The duty that is to be compiled: one of this year's, or that named at the command line by plan, code and year."""

from dataclasses import dataclass

from domain.errors import Refusal
from domain.plans.deadlines import WITH_FIGURES
from domain.plans.plans import Plan
from models.duties.duties import Duty
from models.plans.in_force import current_plan
from usecases.context import Context, query
from usecases.status.status import list_status
from usecases.status.views import StatusSummary


@dataclass(frozen=True, slots=True)
class DutyWanted:
    plan: str
    """Code of the plan."""
    duty: str
    """Code of the duty in the plan."""
    year: int
    turn: int | None = None
    """Quarter of a quarterly duty, or None if the duty has one turn a year."""
    authority: str | None = None
    """Code of the authority, or None for the plan's own."""


async def list_compilable(ctx: Context) -> tuple[StatusSummary, ...]:
    """Return this year's duties with figures, the one due next first. Raises Refusal like `list_status`."""
    return tuple(status for status in await list_status(ctx) if status.kind in WITH_FIGURES)


@query
async def find_duty(ctx: Context, wanted: DutyWanted) -> int:
    """Return the id of one unit's duty. Raises Refusal, which says what there is, if nothing or more than one fits."""
    plan = await _plan(ctx, wanted)
    rules = {rule.code: rule.title for rule in plan.deadlines if rule.is_owed_by_units}
    if wanted.duty not in rules:
        raise Refusal("duty-unknown", f"Kế hoạch «{plan.code}» không có việc «{wanted.duty}». Có: {', '.join(rules)}.")
    found = await ctx.uow.compilations.duties(plan.code, wanted.duty)
    of_year = [duty for duty in found if duty.year == wanted.year]
    if not of_year:
        years = ", ".join(str(year) for year in sorted({duty.year for duty in found})) or "chưa mở năm nào"
        raise Refusal("duty-year-unknown", f"Việc «{wanted.duty}» không có năm {wanted.year}. Có: {years}.")
    return _only_turn(of_year, wanted.turn).id


async def _plan(ctx: Context, wanted: DutyWanted) -> Plan:
    stored = await ctx.uow.plans.with_code(wanted.plan)
    if stored is None:
        codes = ", ".join(one.code for one in await ctx.uow.plans.all()) or "chưa nạp kế hoạch nào"
        raise Refusal("plan-unknown", f"Không có kế hoạch «{wanted.plan}». Có: {codes}.")
    owner = await ctx.uow.units.get(stored.authority_id)
    if wanted.authority not in (None, owner.code):
        if await ctx.uow.units.with_code(str(wanted.authority)) is None:
            raise Refusal("unit-unknown", f"Không có đơn vị mã «{wanted.authority}».")
        text = f"Kế hoạch «{stored.code}» là của «{owner.code}», không phải của «{wanted.authority}»."
        raise Refusal("plan-of-another-authority", text)
    return current_plan(stored)


def _only_turn(duties: list[Duty], turn: int | None) -> Duty:
    turns = {duty.turn: duty for duty in duties}
    if turn is None and len(turns) == 1:
        return next(iter(turns.values()))
    if turn not in turns:
        known = ", ".join(str(one) for one in sorted(turns))
        if turn is None:
            raise Refusal("turn-missing", f"Việc này có nhiều kỳ trong năm. Anh/chị ghi --turn: {known}.")
        raise Refusal("turn-unknown", f"Việc này không có kỳ {turn}. Có: {known if any(turns) else 'một kỳ cả năm'}.")
    return turns[turn]
