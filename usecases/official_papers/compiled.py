"""The draft of the authority's compiled report."""

from datetime import date

from domain.duties.names import name_of
from domain.errors import Refusal
from domain.official_papers import PaperKind, formal_day, with_year
from domain.plans.deadlines import Deadline, DeadlineRule
from domain.plans.occurrences import term_of
from domain.plans.plans import Plan
from models.plans.in_force import plan_in_force
from usecases.compilation.compiling import compile_duty
from usecases.context import Context, command
from usecases.official_papers.frames import frame_of_office
from usecases.official_papers.of_duties import note_export
from usecases.official_papers.views import CompiledPaper, PaperFrame
from usecases.status.status import duties_like

_MOST_NEXT = 3
"""Most coming duties that the report names."""


async def draft_compiled(ctx: Context, duty_id: int) -> CompiledPaper:
    """Return the report of all units for the duty, complete or not; it has an audit entry.

    Raises Refusal if the actor may not see the status, or the duty has no indicators.
    """
    compiled = await compile_duty(ctx, duty_id)
    if not compiled.indicators:
        raise Refusal("nothing-to-compile", "Việc này không có chỉ tiêu để tổng hợp.")
    frame, coming = await _frame(ctx, duty_id)
    return CompiledPaper(frame, compiled, coming)


@command
async def _frame(ctx: Context, duty_id: int) -> tuple[PaperFrame, tuple[str, ...]]:
    duty = (await duties_like(ctx, duty_id))[0]
    frame = await frame_of_office(ctx, PaperKind.COMPILED_REPORT, duty)
    coming = _coming(await plan_in_force(ctx.uow, duty.plan_code), ctx.today)
    await note_export(ctx, frame, duty=duty_id)
    return frame, coming


def _named(rule: DeadlineRule, deadline: Deadline, year: int) -> str:
    term = term_of(rule, deadline, year)
    return name_of(rule.title, year=year, term=term) if term else with_year(rule.title, year)


def _coming(plan: Plan, today: date) -> tuple[str, ...]:
    """Return the plan's next duties, each with its last valid day."""
    found = sorted(
        (deadline.last_valid_day, _named(rule, deadline, year))
        for year in (today.year, today.year + 1)
        for rule, deadline in plan.deadlines_in(year)
        if deadline.last_valid_day is not None and deadline.last_valid_day > today
    )
    return tuple(f"{title}: chậm nhất ngày {formal_day(day)}" for day, title in found[:_MOST_NEXT])
