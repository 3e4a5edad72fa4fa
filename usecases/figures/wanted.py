"""The indicators whose figures are looked for in a text, with what a unit calls them and what it last reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.errors import Refusal, Way
from domain.figures.readings import Wanted
from domain.plans.deadlines import DutyKind
from domain.plans.periods import Period
from domain.plans.plans import Indicator
from domain.roles import Right
from models.duties.duties import Duty
from usecases.context import Context
from usecases.duties.requirements import required_indicators
from usecases.duties.views import duty_for, duty_for_update
from usecases.plans.loading import plan_in_force
from usecases.submissions.comparisons import comparisons, targets_of
from usecases.submissions.form import figure_format


@dataclass(frozen=True, slots=True)
class LastFigures:
    """What the figures of a form are compared with, {indicator code: figure}."""

    previous: Mapping[str, Decimal]
    pledged: Mapping[str, Decimal]


async def duty_of_figures(ctx: Context, duty_id: int) -> Duty:
    """Return the report or pledge. Raises Refusal if the actor may not hand it in, or the duty asks for no figures."""
    return await _asking_figures(ctx, await duty_for(ctx, duty_id, right=Right.SUBMIT))


async def duty_of_figures_for_update(ctx: Context, duty_id: int) -> Duty:
    """Lock the report or pledge and return it, with the same refusals."""
    return await _asking_figures(ctx, await duty_for_update(ctx, duty_id, right=Right.SUBMIT))


async def _asking_figures(ctx: Context, duty: Duty) -> Duty:
    if duty.kind not in (DutyKind.REPORT, DutyKind.PLEDGE) or not await required_indicators(ctx, duty):
        raise Refusal("duty-without-figures", "Việc này không nộp bằng số liệu.", way=Way.RIGHT_DUTY)
    return duty


async def last_figures(ctx: Context, duty: Duty) -> LastFigures:
    if duty.kind is DutyKind.PLEDGE:
        return LastFigures(previous=await targets_of(ctx, duty, year=duty.year - 1), pledged={})
    compared = await comparisons(ctx, duty)
    return LastFigures(previous=compared.previous, pledged=compared.targets)


async def wanted_for(ctx: Context, duty: Duty) -> tuple[Wanted, ...]:
    """Return the indicators of the duty as the reader looks for them."""
    last, names = await last_figures(ctx, duty), await own_names(ctx, duty)
    return tuple(
        wanted_of(
            indicator,
            synonyms=names.get(indicator.code, ()),
            previous=last.previous.get(indicator.code),
            pledged=last.pledged.get(indicator.code),
        )
        for indicator in await required_indicators(ctx, duty)
    )


def wanted_of(
    indicator: Indicator,
    *,
    synonyms: tuple[str, ...] = (),
    previous: Decimal | None = None,
    pledged: Decimal | None = None,
) -> Wanted:
    return Wanted(
        code=indicator.code,
        name=indicator.name,
        form=figure_format(indicator),
        synonyms=(*indicator.synonyms, *synonyms),
        previous=previous,
        pledged=pledged,
    )


async def period_of(ctx: Context, duty: Duty) -> Period | None:
    """Return the period that the figures of the duty are of, or None if its plan does not have the duty any more."""
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    return plan.period_of(duty.code, year=duty.year, turn=duty.turn, day=duty.last_valid_day)


async def own_names(ctx: Context, duty: Duty) -> dict[str, tuple[str, ...]]:
    """Return {indicator code: what the unit calls it}, learned from its corrections."""
    found: dict[str, tuple[str, ...]] = {}
    for words, indicator in await ctx.uow.figure_synonyms.meanings(duty.unit_id, duty.plan_code):
        found[indicator] = (*found.get(indicator, ()), words)
    return found
