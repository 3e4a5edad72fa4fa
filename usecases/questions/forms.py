"""Blank forms: the lines that a report or a pledge asks for, to be filled in on paper or by those who know them."""

from domain.plans.deadlines import WITH_FIGURES
from domain.questions.readings import QuestionReading
from models.plans.in_force import plan_in_force
from usecases.context import Context
from usecases.figures.forms import FigureForm, blank_lines, form_of
from usecases.questions.counts import duties_about
from usecases.questions.horizon import Horizon


async def read_form(ctx: Context, horizon: Horizon, reading: QuestionReading) -> FigureForm | None:
    """Return the form of the duty for the asker's own unit, or for all units; None if it is handed in as a file."""
    own = next(iter(horizon.own_units), None)
    groups = await duties_about(ctx, horizon, reading.about(unit=reading.unit or own))
    found = [duty for group in groups.values() for duty in group if duty.kind in WITH_FIGURES]
    if own is not None and found:
        form = await form_of(ctx, found[0])
        return form if form is None or found[0].unit_id in horizon.own else form.without_draft()
    known = next((duty for duty in horizon.duties if reading.duty and duty.key == reading.duty.key), None)
    if known is None or known.kind not in WITH_FIGURES:
        return None
    plan = await plan_in_force(ctx.uow, known.key.partition(":")[0])
    return FigureForm(known.title, "", known.last_valid_day, blank_lines(plan.indicators)) if plan.indicators else None
