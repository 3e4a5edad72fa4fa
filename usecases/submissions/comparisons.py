"""What a unit's figures are compared with: its pledge, the same report a year before, the others of its cluster."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.plans.periods import a_year_before
from domain.successions import combine
from models.duties.duties import Duty
from usecases.context import Context
from usecases.plans.loading import plan_in_force

ByIndicator = dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Comparisons:
    targets: ByIndicator
    previous: ByIndicator
    neighbours: dict[str, list[Decimal]]
    """What the other units of the cluster have handed in."""


async def comparisons(ctx: Context, duty: Duty) -> Comparisons:
    return Comparisons(
        targets=await targets_of(ctx, duty, year=duty.year),
        previous=await previous_of(ctx, duty),
        neighbours=await _neighbours(ctx, duty),
    )


async def targets_of(ctx: Context, duty: Duty, *, year: int) -> ByIndicator:
    """What the duty's unit pledged for the year; a draft pledge is no pledge.

    Of a unit into which others have merged since, it is what all of them pledged, as far as that adds up.
    """
    units = await _together(ctx, duty)
    pledges = await ctx.uow.duties.pledges_of(units, year=year)
    return await _combined(ctx, duty, units, pledges, _pledged)


async def previous_of(ctx: Context, duty: Duty) -> ByIndicator:
    """The same report's figures a year before: a half-year is compared with a half-year.

    Of a unit into which others have merged since, it is the sum of all of them, where figures add up.
    """
    units = await _together(ctx, duty)
    before = await ctx.uow.duties.same(duty, units, year=duty.year - 1)
    return await _combined(ctx, duty, units, before, handed_in_figures)


async def previous_period(ctx: Context, duty: Duty) -> str:
    """What the previous figures are figures of, as officers say it: «6 tháng 2025», «năm 2025»."""
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    period = plan.period_of(duty.code, year=duty.year, turn=duty.turn, day=duty.last_valid_day)
    return a_year_before(period.name) if period else f"năm {duty.year - 1}"


async def _together(ctx: Context, duty: Duty) -> list[int]:
    """The duty's unit, and those that are part of it by now; who merges after the last valid day is not in it."""
    day = min(duty.last_valid_day or ctx.today, ctx.today)
    return [duty.unit_id, *await ctx.uow.successions.merged_into(duty.unit_id, day=day)]


async def _combined(
    ctx: Context,
    duty: Duty,
    unit_ids: Sequence[int],
    found: Sequence[Duty],
    values_of: Callable[[Context, Duty], Awaitable[ByIndicator]],
) -> ByIndicator:
    if len(unit_ids) > 1 and await _is_one_missing(ctx, unit_ids, found):
        return {}
    each = [await values_of(ctx, one) for one in found]
    if len(each) < 2:
        return each[0] if each else {}
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    sums = {
        indicator.code: combine([values[indicator.code] for values in each], indicator.uom)
        for indicator in plan.indicators
        if all(indicator.code in values for values in each)
    }
    return {code: value for code, value in sums.items() if value is not None}


async def _is_one_missing(ctx: Context, unit_ids: Sequence[int], found: Sequence[Duty]) -> bool:
    """Whether one of the units was there then, but not in the bot: a sum without it would look off the trend."""
    day = found[0].last_valid_day if found else None
    lived = await ctx.uow.units.living(unit_ids, day=day) if day else []
    return not {*lived} <= {duty.unit_id for duty in found}


async def _pledged(ctx: Context, pledge: Duty) -> ByIndicator:
    draft = await ctx.uow.submissions.of_duty(pledge.id)
    if draft is None or draft.submitted_at is None:
        return {}
    return {code: target.value for code, target in (await ctx.uow.pledges.targets(draft.id)).items()}


async def handed_in_figures(ctx: Context, report: Duty) -> ByIndicator:
    draft = await ctx.uow.submissions.of_duty(report.id)
    if draft is None or draft.submitted_at is None:
        return {}
    figures = await ctx.uow.reports.figures(draft.id)
    return {code: figure.value for code, figure in figures.items() if figure.value is not None}


async def _neighbours(ctx: Context, duty: Duty) -> dict[str, list[Decimal]]:
    cluster = await ctx.uow.clusters.of_unit(duty.unit_id, day=ctx.today)
    if cluster is None:
        return {}
    others = [unit.id for unit in await ctx.uow.clusters.members(cluster.id, day=ctx.today) if unit.id != duty.unit_id]
    return await ctx.uow.reports.values_of(duty, others)
