"""Blank forms: the lines that a report or a pledge asks for, to be filled in on paper or by those who know them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.plans.deadlines import WITH_FIGURES
from domain.questions.readings import QuestionReading
from models.plans.in_force import plan_in_force
from usecases.context import Context
from usecases.duties.requirements import required_indicators
from usecases.questions.counts import duties_about
from usecases.questions.horizon import Horizon
from usecases.submissions.comparisons import comparisons


@dataclass(frozen=True, slots=True)
class FormLine:
    name: str
    uom: str
    pledged: Decimal | None = None
    previous: Decimal | None = None
    """The same report's figure a year before."""


@dataclass(frozen=True, slots=True)
class BlankForm:
    title: str
    """With its year: «Báo cáo 6 tháng 2026»."""
    unit_name: str
    """The asker's own unit, or empty: then the form has the lines of all kinds of units."""
    last_valid_day: date | None
    lines: tuple[FormLine, ...]


async def read_form(ctx: Context, horizon: Horizon, reading: QuestionReading) -> BlankForm | None:
    """Return the form of the duty for the asker's own unit, or for all units; None if it is handed in as a file."""
    own = next(iter(horizon.own_units), None)
    groups = await duties_about(ctx, horizon, reading.about(unit=reading.unit or own))
    found = [duty for group in groups.values() for duty in group if duty.kind in WITH_FIGURES]
    if own is not None and found:
        duty = found[0]
        compared = await comparisons(ctx, duty)
        lines = tuple(
            FormLine(one.name, one.uom, compared.targets.get(one.code), compared.previous.get(one.code))
            for one in await required_indicators(ctx, duty)
        )
        name = (await ctx.uow.units.names({duty.unit_id}))[duty.unit_id]
        return BlankForm(f"{duty.title} {duty.year}", name, duty.due_day, lines) if lines else None
    known = next((duty for duty in horizon.duties if reading.duty and duty.key == reading.duty.key), None)
    if known is None or known.kind not in WITH_FIGURES:
        return None
    plan = await plan_in_force(ctx.uow, known.key.partition(":")[0])
    lines = tuple(FormLine(one.name, one.uom) for one in plan.indicators)
    return BlankForm(known.title, "", known.last_valid_day, lines) if lines else None
