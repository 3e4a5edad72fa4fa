"""Figures for answers: of one unit's report line by line, or of one indicator among many units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.plans.deadlines import DutyKind
from domain.plans.plans import Better, Indicator
from domain.questions.readings import Reading
from domain.submissions.submissions import HANDED_IN
from domain.typed_input.figures import completion, is_within
from models.duties.duties import Duty
from models.plans.in_force import plan_in_force
from models.submissions.submissions import Submission
from usecases.context import Context
from usecases.duties.estimates import estimate_of
from usecases.questions.counts import duties_about
from usecases.questions.horizon import Horizon
from usecases.submissions.report_sheet import FigureView, ReportView, view_report


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """The figure of one unit beside what it pledged."""

    unit_name: str
    value: Decimal
    pledged: Decimal | None
    achieved: Decimal | None
    """Per cent of the pledge, if more is better."""
    is_within: bool | None
    """Whether the pledged ceiling is kept, if less is better."""


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """One indicator among the units that a question is about."""

    name: str
    uom: str
    report: str
    """The report with its year: «Báo cáo 6 tháng 2026»."""
    owed: int
    """Number of units that report this indicator."""
    handed_in: int
    figures: tuple[UnitFigure, ...]
    """Units that have handed in a figure, the highest first."""
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class UnitReport:
    """Lines of one unit's report that the asker may see."""

    unit_name: str
    report: str
    is_handed_in: bool
    lines: tuple[FigureView, ...]
    """Empty while others read a report that is not handed in."""
    previous_period: str
    is_estimate: bool


async def read_unit_reports(ctx: Context, horizon: Horizon, reading: Reading) -> tuple[UnitReport, ...]:
    """Return the reports of the unit; of another unit's draft nothing but that it is not handed in."""
    groups = await duties_about(ctx, horizon, reading)
    reports = [duty for group in groups.values() for duty in group if duty.kind is DutyKind.REPORT]
    return tuple([_unit_report(await view_report(ctx, duty), horizon, reading) for duty in reports])


def _unit_report(sheet: ReportView, horizon: Horizon, reading: Reading) -> UnitReport:
    is_handed_in = sheet.draft.state in HANDED_IN
    may_see = is_handed_in or sheet.duty.unit_id in horizon.own
    code = reading.indicator.key if reading.indicator else None
    shown = [line for line in sheet.lines if code in (None, line.indicator)]
    return UnitReport(
        unit_name=sheet.duty.unit_name,
        report=sheet.duty.title,
        is_handed_in=is_handed_in,
        lines=tuple(shown) if may_see else (),
        previous_period=sheet.previous_period,
        is_estimate=sheet.estimate is not None,
    )


async def read_indicator(ctx: Context, horizon: Horizon, reading: Reading) -> tuple[IndicatorTable, ...]:
    """Return a table for each open report that has the indicator, with handed-in figures only."""
    groups = await duties_about(ctx, horizon, reading.about(duty=None))
    wanted = reading.duty.key if reading.duty else None
    pledges = [duty for group in groups.values() for duty in group if duty.kind is DutyKind.PLEDGE]
    reports = [
        group for key, group in groups.items() if group and group[0].kind is DutyKind.REPORT and wanted in (None, key)
    ]
    code = reading.indicator.key if reading.indicator else ""
    return tuple([table for group in reports if (table := await _table(ctx, group, pledges, horizon, code))])


async def _table(
    ctx: Context, group: Sequence[Duty], pledges: Sequence[Duty], horizon: Horizon, code: str
) -> IndicatorTable | None:
    plan = await plan_in_force(ctx.uow, group[0].plan_code)
    indicator = next((one for one in plan.indicators if one.code == code), None)
    if indicator is None:
        return None
    units = {duty.unit_id: horizon.units[duty.unit_id] for duty in group if duty.unit_id in horizon.units}
    asked = [
        duty
        for duty in group
        if (unit := units.get(duty.unit_id)) and indicator in plan.indicators_of(unit.kind, unit.name)
    ]
    drafts = await _handed_in(ctx, asked)
    values = await ctx.uow.reports.values([draft.id for draft in drafts.values()])
    pledged = await _pledged(ctx, [duty for duty in pledges if _belongs(duty, group[0])], code)
    found = {unit_id: values[draft.id][code] for unit_id, draft in drafts.items() if code in values.get(draft.id, {})}
    lines = [_line(units[unit_id].name, value, pledged.get(unit_id), indicator) for unit_id, value in found.items()]
    first = next((duty for duty in asked if duty.unit_id in drafts), None)
    return IndicatorTable(
        name=indicator.name,
        uom=indicator.uom,
        report=f"{group[0].title} {group[0].year}",
        owed=len(asked),
        handed_in=len(drafts),
        figures=tuple(sorted(lines, key=lambda line: (-line.value, line.unit_name))),
        is_estimate=first is not None and await estimate_of(ctx, first, drafts[first.unit_id]) is not None,
    )


def _belongs(pledge: Duty, report: Duty) -> bool:
    return pledge.plan_code == report.plan_code and pledge.year == report.year


async def _handed_in(ctx: Context, duties: Sequence[Duty]) -> dict[int, Submission]:
    """Return {unit_id: the submission that holds its figures}, only of units that have handed in."""
    found = await ctx.uow.submissions.all_of([duty.id for duty in duties])
    return {
        duty.unit_id: draft
        for duty in duties
        for draft in found.get(duty.id, [])
        if not draft.slot and draft.state in HANDED_IN
    }


async def _pledged(ctx: Context, pledges: Sequence[Duty], code: str) -> Mapping[int, Decimal]:
    """Return {unit_id: pledged value}.

    A unit into which others have merged is left out: its own pledge is only a part of what its figure is measured by.
    """
    drafts = await _handed_in(ctx, pledges)
    heirs = {heir for heir, _ in await ctx.uow.successions.predecessors(list(drafts), day=ctx.today)} if drafts else {}
    values = await ctx.uow.pledges.values([draft.id for draft in drafts.values()]) if drafts else {}
    return {
        unit_id: values[draft.id][code]
        for unit_id, draft in drafts.items()
        if unit_id not in heirs and code in values.get(draft.id, {})
    }


def _line(name: str, value: Decimal, pledged: Decimal | None, indicator: Indicator) -> UnitFigure:
    is_higher = indicator.better is Better.HIGHER
    return UnitFigure(
        unit_name=name,
        value=value,
        pledged=pledged,
        achieved=completion(value, pledged, indicator.better) if is_higher and pledged is not None else None,
        is_within=is_within(value, pledged, indicator.better),
    )
