"""Values to compare a unit's figures with: its pledge, and the same report a year before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.plans.periods import a_year_before
from domain.submissions.past_reports import holds_for_all
from domain.successions import combine
from models.duties.duties import Duty
from models.submissions.measures import Measure, UnitMeasures
from usecases.context import Context, once
from usecases.plans.loading import plan_in_force

ByIndicator = dict[str, Decimal]
"""{indicator code: value}."""


@dataclass(frozen=True, slots=True)
class Comparisons:
    targets: ByIndicator
    """Targets that the unit pledged for the year."""
    previous: ByIndicator
    """Figures of the same report a year before."""
    is_past_open: bool
    """Whether figures of a year before may be entered for the unit: it did not hand in that report through the bot."""


NOT_COMPARED = Comparisons(targets={}, previous={}, is_past_open=False)


async def comparisons(ctx: Context, duty: Duty) -> Comparisons:
    """Return the pledge for the year, and the same report's figures a year before; they are read once until a command
    has run.

    A half-year is compared with a half-year; a draft pledge does not count. If other units have merged into the unit,
    the values of all of them are combined as far as they add up.
    """
    return await once(ctx, _compare, duty)


async def _compare(ctx: Context, duty: Duty) -> Comparisons:
    measured = await ctx.uow.measures.of(
        duty, pledged_in=duty.year, reported_in=duty.year - 1, day=_together_by(ctx, duty)
    )
    return Comparisons(
        targets=await _combined(ctx, duty, measured, measured.pledges),
        previous=await _reported(ctx, duty, measured),
        is_past_open=all(one.past is not None for one in measured.reports if one.unit_id == duty.unit_id),
    )


async def targets_of(ctx: Context, duty: Duty, *, year: int) -> ByIndicator:
    """Return what the duty's unit, with the units merged into it, pledged for the year."""
    measured = await ctx.uow.measures.of(duty, pledged_in=year, reported_in=None, day=_together_by(ctx, duty))
    return await _combined(ctx, duty, measured, measured.pledges)


async def _reported(ctx: Context, duty: Duty, measured: UnitMeasures) -> ByIndicator:
    combined = await _combined(ctx, duty, measured, measured.reports)
    return combined | await _entered_whole(ctx, duty, measured)


async def _entered_whole(ctx: Context, duty: Duty, measured: UnitMeasures) -> ByIndicator:
    """Return the past figures that were entered for the unit after others had merged into it: they hold for all."""
    past = (one for one in measured.reports if one.past and one.unit_id == duty.unit_id)
    own = next((one.submission_id for one in past if one.submission_id), None)
    if own is None or len(measured.unit_ids) < 2:
        return {}
    merged = (await ctx.uow.successions.last_mergers(day=_together_by(ctx, duty))).get(duty.unit_id)
    figures = await ctx.uow.reports.figures(own)
    return {
        code: figure.value
        for code, figure in figures.items()
        if figure.value is not None and holds_for_all(ctx.calendar.day_of(figure.entered_at), merged=merged)
    }


async def previous_period(ctx: Context, duty: Duty) -> str:
    """Return the period of the previous figures: «6 tháng 2025», «năm 2025»."""
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    period = plan.period_of(duty.code, year=duty.year, turn=duty.turn, day=duty.last_valid_day)
    return a_year_before(period.name) if period else f"năm {duty.year - 1}"


def _together_by(ctx: Context, duty: Duty) -> date:
    """Return the last day on which a merger counts for this duty: its last valid day, or today if that is earlier."""
    return min(duty.last_valid_day or ctx.today, ctx.today)


async def _combined(ctx: Context, duty: Duty, measured: UnitMeasures, found: Sequence[Measure]) -> ByIndicator:
    """Combine the values of all units."""
    if len(measured.unit_ids) > 1 and await _is_one_missing(ctx, measured.unit_ids, found):
        return {}
    each = [one.values for one in found]
    if len(each) < 2:
        return each[0] if each else {}
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    sums = {
        indicator.code: combine([values[indicator.code] for values in each], indicator.uom)
        for indicator in plan.indicators
        if all(indicator.code in values for values in each)
    }
    return {code: value for code, value in sums.items() if value is not None}


async def _is_one_missing(ctx: Context, unit_ids: Sequence[int], found: Sequence[Measure]) -> bool:
    """Whether a unit existed then but has no duty in the bot: a sum without it would look off the trend."""
    day = found[0].last_valid_day if found else None
    lived = await ctx.uow.successions.lived(unit_ids, day=day) if day else []
    return not {*lived} <= {one.unit_id for one in found}


async def handed_in_figures(ctx: Context, report: Duty) -> ByIndicator:
    """Return the figures of the report; empty if it is not handed in."""
    draft = await ctx.uow.submissions.of_duty(report.id)
    if draft is None or draft.submitted_at is None:
        return {}
    return (await ctx.uow.reports.values([draft.id])).get(draft.id, {})
