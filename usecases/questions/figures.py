"""Figures for answers: of one unit's report line by line, or of many units as the compilation counts them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.plans.deadlines import DutyKind
from domain.plans.indicators import Better
from domain.questions.readings import Intent, QuestionReading
from domain.submissions.submissions import HANDED_IN
from domain.typed_input.figures import completion, is_within
from usecases.compilation.compiling import compile_duty
from usecases.compilation.views import Compilation, CompiledIndicator, CompiledUnit
from usecases.context import Context
from usecases.questions.counts import duties_about, is_of_kind
from usecases.questions.horizon import Horizon
from usecases.submissions.report_sheet import FigureView, ReportView, view_report


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """The figure of one unit beside what it pledged."""

    unit_id: int
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
    asked: int
    """Number of units that report this indicator."""
    figures: tuple[UnitFigure, ...]
    """Units that have handed in a figure, the highest first."""
    whole: Decimal | None
    """Value of all of them as the plan puts them together, or None if it does not say or only a kind is asked about."""
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator of a cluster or of all units, put together."""

    name: str
    uom: str
    value: Decimal | None
    achieved: Decimal | None
    """Per cent of what those pledged that have both."""
    counted: int
    """Number of units in the value."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Every indicator of one report, put together over the units that a question is about."""

    report: str
    handed_in: int
    owed: int
    lines: tuple[IndicatorLine, ...]
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


async def read_unit_reports(ctx: Context, horizon: Horizon, reading: QuestionReading) -> tuple[UnitReport, ...]:
    """Return the reports of the unit; of another unit's draft nothing but that it is not handed in."""
    groups = await duties_about(ctx, horizon, reading)
    reports = [duty for group in groups.values() for duty in group if duty.kind is DutyKind.REPORT]
    return tuple([_unit_report(await view_report(ctx, duty, beside=False), horizon, reading) for duty in reports])


def _unit_report(sheet: ReportView, horizon: Horizon, reading: QuestionReading) -> UnitReport:
    is_handed_in = sheet.draft.state in HANDED_IN
    may_see = is_handed_in or sheet.duty.unit_id in horizon.own
    code = reading.indicator.key if reading.indicator else None
    shown = [line for line in sheet.lines if code in (None, line.indicator)]
    is_against = reading.intent is Intent.AGAINST_PLEDGE
    return UnitReport(
        unit_name=sheet.duty.unit_name,
        report=sheet.duty.title,
        is_handed_in=is_handed_in,
        lines=tuple(sorted(shown, key=_worst_first) if is_against else shown) if may_see else (),
        previous_period=sheet.previous_period,
        is_estimate=sheet.estimate is not None,
    )


def _worst_first(line: FigureView) -> tuple[bool, Decimal, int]:
    """Return the sort key: what falls short of its pledge most, then what is met, then what is not pledged."""
    share = line.achieved if line.achieved is not None else Decimal(100 if line.is_within else 0)
    return line.achieved is None and line.is_within is None, share, line.number


async def read_compiled(ctx: Context, horizon: Horizon, reading: QuestionReading) -> tuple[Compilation, ...]:
    """Return the compilation of each open report that the reading is about."""
    groups = await duties_about(ctx, horizon, reading.about(cluster=None, kind=None))
    reports = [group[0].id for group in groups.values() if group and group[0].kind is DutyKind.REPORT]
    return tuple([await compile_duty(ctx, duty_id) for duty_id in reports])


def indicator_tables(
    found: Sequence[Compilation], horizon: Horizon, reading: QuestionReading
) -> tuple[IndicatorTable, ...]:
    """Return a table of the indicator for each report that has it, with handed-in figures only."""
    code = reading.indicator.key if reading.indicator else ""
    return tuple(
        _indicator_table(compiled, indicator, horizon, reading)
        for compiled in found
        for indicator in compiled.indicators
        if indicator.code == code
    )


def _indicator_table(
    compiled: Compilation, indicator: CompiledIndicator, horizon: Horizon, reading: QuestionReading
) -> IndicatorTable:
    units = [unit for unit in _units(compiled, horizon, reading) if indicator.code in unit.asked]
    counted = [unit for unit in units if unit.is_handed_in and indicator.code in unit.values]
    lines = [_line(unit, indicator) for unit in counted]
    return IndicatorTable(
        name=indicator.name,
        uom=indicator.uom,
        report=compiled.title,
        asked=len(units),
        figures=tuple(sorted(lines, key=lambda line: (-line.value, line.unit_name))),
        whole=None if reading.kind else _whole(indicator, reading)[0],
        is_estimate=any(unit.as_of for unit in counted),
    )


def _line(unit: CompiledUnit, indicator: CompiledIndicator) -> UnitFigure:
    value, pledged = unit.values[indicator.code], unit.pledged.get(indicator.code)
    is_higher = indicator.better is Better.HIGHER
    return UnitFigure(
        unit_id=unit.unit_id,
        unit_name=unit.name,
        value=value,
        pledged=pledged,
        achieved=completion(value, pledged, indicator.better) if is_higher and pledged is not None else None,
        is_within=is_within(value, pledged, indicator.better),
    )


def report_tables(found: Sequence[Compilation], horizon: Horizon, reading: QuestionReading) -> tuple[ReportTable, ...]:
    """Return all indicators of each report, put together over the cluster or over all units."""
    return tuple(_report_table(compiled, horizon, reading) for compiled in found)


def _report_table(compiled: Compilation, horizon: Horizon, reading: QuestionReading) -> ReportTable:
    units = _units(compiled, horizon, reading)
    return ReportTable(
        report=compiled.title,
        handed_in=sum(unit.is_handed_in for unit in units),
        owed=len(units),
        lines=tuple(_compiled_line(indicator, reading) for indicator in compiled.indicators),
        is_estimate=any(unit.as_of for unit in units if unit.is_handed_in),
    )


def _compiled_line(indicator: CompiledIndicator, reading: QuestionReading) -> IndicatorLine:
    value, counted = _whole(indicator, reading)
    both = indicator.against_pledge if reading.cluster is None else None
    achieved = both.percent if both and indicator.better is Better.HIGHER else None
    return IndicatorLine(indicator.name, indicator.uom, value, achieved, counted)


def _whole(indicator: CompiledIndicator, reading: QuestionReading) -> tuple[Decimal | None, int]:
    """Return (value, number of units in it) of the cluster, or of all units."""
    if reading.cluster is None:
        return indicator.value, indicator.counted
    group = next((group for group in indicator.clusters if group.name == reading.cluster.name), None)
    return (group.value, group.counted) if group else (None, 0)


def _units(compiled: Compilation, horizon: Horizon, reading: QuestionReading) -> list[CompiledUnit]:
    cluster_id = reading.cluster.id if reading.cluster else None
    found = [unit for unit in compiled.units if cluster_id is None or unit.cluster_id == cluster_id]
    if reading.kind is None:
        return found
    kind = reading.kind.key
    known = {unit.unit_id: horizon.units[unit.unit_id] for unit in found if unit.unit_id in horizon.units}
    return [unit for unit in found if unit.unit_id in known and is_of_kind(known[unit.unit_id], kind)]
