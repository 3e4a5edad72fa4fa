"""`compile_duty`: the figures of all units for one duty, put together at this moment, complete or not."""

import asyncio
from dataclasses import dataclass
from operator import itemgetter

from domain.plans.deadlines import WITH_FIGURES, DutyKind
from domain.plans.periods import a_year_before
from domain.plans.plans import Plan
from models.duties.duties import Duty
from models.plans.in_force import plan_in_force
from usecases.compilation.indicators import compiled_indicator
from usecases.compilation.measures import EarlierDuty, EarlierFigures, Mergers, merged_into
from usecases.compilation.standings import (
    Comparable,
    EnteredFigures,
    HandIn,
    OwingUnit,
    UnitRows,
    UnitStandings,
)
from usecases.compilation.units_of_measure import units_of_measure
from usecases.compilation.views import Compilation, CompiledIndicator, CompiledUnit
from usecases.context import Context, query
from usecases.status.status import owed_by_nobody, watched_duty


@query
async def compile_duty(ctx: Context, duty_id: int) -> Compilation:
    """Compile the duty of any one unit for all units that owe it.

    Raises Refusal like `read_status`. What units begin or withdraw does not count, nor what was returned to them.
    """
    duty = await watched_duty(ctx, duty_id)
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    rows = await _read_rows(ctx, duty)
    figures = await _read_figures(ctx, duty, plan, rows)
    last = max((unit.last_valid_day for unit in rows.units if unit.last_valid_day), default=None)
    authority = await ctx.uow.units.get(duty.authority_id)
    # The rest is arithmetic, a second of it for a province: others go on meanwhile.
    indicators, units = await asyncio.to_thread(_compile, ctx, plan, rows, figures)
    period = plan.period_of(duty.code, year=duty.year, turn=duty.turn, day=duty.last_valid_day)
    return Compilation(
        duty_id=duty.id,
        plan_code=duty.plan_code,
        code=duty.code,
        kind=duty.kind,
        year=duty.year,
        turn=duty.turn,
        title=rows.title,
        period=period.name if period else f"năm {duty.year}",
        previous_period=a_year_before(period.name) if period else f"năm {duty.year - 1}",
        authority_id=authority.id,
        authority_name=authority.name,
        office_name=authority.office_name,
        issuer=plan.issuer,
        at=ctx.local(ctx.now),
        last_valid_day=last,
        owed=len(units),
        handed_in=sum(unit.is_handed_in for unit in units),
        indicators=indicators,
        units=units,
    )


async def _read_rows(ctx: Context, duty: Duty) -> UnitRows:
    found = ctx.uow.compilations
    units = [OwingUnit(*row) for row in await found.units(duty, day=ctx.today)]
    if not units:
        raise owed_by_nobody()
    last = max((unit.last_valid_day for unit in units if unit.last_valid_day), default=ctx.today)
    clusters: dict[int, tuple[int, str]] = {}
    for unit_id, cluster_id, name in await found.clusters(duty.authority_id, day=min(last, ctx.today)):
        clusters.setdefault(unit_id, (cluster_id, name))
    return UnitRows(
        kind=duty.kind,
        title=duty.name,
        year=duty.year,
        units=units,
        hand_ins=[HandIn(*row) for row in await found.submissions(duty)],
        claimed=await found.claimed(duty),
        clusters=clusters,
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of all units, and what they are compared with."""

    entered: EnteredFigures
    pledged: EarlierFigures
    previous: EarlierFigures


async def _read_figures(ctx: Context, duty: Duty, plan: Plan, rows: UnitRows) -> _Figures:
    """Read the figures, the pledges of the year and the same report a year before; of a pledge, the last pledge."""
    found, is_pledge = ctx.uow.compilations, duty.kind is DutyKind.PLEDGE
    year = duty.year - is_pledge
    pledges = [EarlierDuty(*row) for row in await found.pledges(duty, year=year)]
    reports = [] if is_pledge else [EarlierDuty(*row) for row in await found.reports_before(duty)]
    uoms = await units_of_measure(ctx, plan, {plan.code, *(one.plan_code for one in (*pledges, *reports))})
    mergers = await _mergers(ctx, duty, rows)
    entered, targets, before = (
        EnteredFigures(plan.code, uoms),
        EarlierFigures(pledges, uoms, mergers, ctx.calendar),
        EarlierFigures(reports, uoms, mergers, ctx.calendar),
    )
    async for batch in (found.pledged_figures if is_pledge else found.figures)(duty):
        entered.add(batch)
    async for batch in found.targets(duty, year=year):
        targets.add(batch)
    if not is_pledge:
        async for batch in found.figures_before(duty):
            before.add(batch)
    return _Figures(entered, before, targets) if is_pledge else _Figures(entered, targets, before)


async def _mergers(ctx: Context, duty: Duty, rows: UnitRows) -> Mergers:
    day = min(duty.last_valid_day or ctx.today, ctx.today)
    merges = await ctx.uow.compilations.merges(day=day)
    merged = merged_into(merges, [unit.unit_id for unit in rows.units])
    named = {*merged, *(part for parts in merged.values() for part in parts)}
    days = {heir: on for _, heir, on in sorted(merges, key=itemgetter(2))}
    return Mergers(merged, await ctx.uow.compilations.lifetimes(sorted(named)) if named else {}, days)


def _compile(
    ctx: Context, plan: Plan, rows: UnitRows, figures: _Figures
) -> tuple[tuple[CompiledIndicator, ...], tuple[CompiledUnit, ...]]:
    compared = Comparable(figures.pledged.by_unit(), figures.previous.by_unit())
    units = UnitStandings(rows, plan, figures.entered, compared, ctx.local(ctx.now)).units()
    indicators = tuple(
        compiled_indicator(
            indicator,
            units,
            other_uom=figures.entered.other_uoms.get(indicator.code),
            previous_uom=figures.previous.other_uoms.get(indicator.code),
        )
        for indicator in (plan.indicators if rows.kind in WITH_FIGURES else ())
        if any(indicator.code in unit.asked for unit in units)
    )
    return indicators, units
