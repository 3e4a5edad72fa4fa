"""A report to read: each figure with its target, last period and cluster median."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from domain.plans.plans import Better, Indicator
from domain.roles import Right
from domain.submissions.outliers import NeighbourFigures, Outlier, outliers_of
from domain.submissions.returns import is_unlocked
from domain.typed_input.figures import change_in_percent, completion, is_within
from models.duties.duties import Duty
from models.submissions.reports import EnteredFigure, FilledReport
from models.submissions.submissions import Submission
from usecases.context import Context
from usecases.duties.estimates import Estimate, estimate_of
from usecases.duties.requirements import required_indicators
from usecases.duties.views import DutyView, view_duties
from usecases.submissions.comparisons import NOT_COMPARED, Comparisons, comparisons, previous_period
from usecases.submissions.drafts import view_draft
from usecases.submissions.form import Question, Questionnaire, example_of
from usecases.submissions.late_reasons import late_reason_of
from usecases.submissions.returned_items import ReturnedView, awaits_correction, returned_items

_NOBODY = NeighbourFigures()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView(Question):
    """One line of a report."""

    target: Decimal | None
    previous: Decimal | None
    neighbours: NeighbourFigures = field(repr=False)
    """What the other units of the cluster have handed in; it changes while somebody reads, and is nothing to act on."""
    value: Decimal | None
    reason: str | None
    achieved: Decimal | None
    """Per cent of the pledge, if more is better."""
    is_within: bool | None
    """Whether the pledged ceiling is kept, if less is better."""
    change: Decimal | None
    """Change against the last period (per cent)."""
    entered_by: str | None
    """Name of the colleague who entered it, or None if the reader did."""
    entered_at: datetime | None
    """Time of the entry, or None if the line is empty."""

    @property
    def median(self) -> Decimal | None:
        """Median of the other units of the cluster that have handed in."""
        return self.neighbours.median

    @property
    def outliers(self) -> tuple[Outlier, ...]:
        """Comparisons in which the value is far off, for reviewers; empty for an empty line."""
        if self.entered_at is None:
            return ()
        return outliers_of(self.value, pledged=self.target, previous=self.previous, neighbours=self.neighbours)


@dataclass(frozen=True, slots=True)
class ReportView(Questionnaire[FigureView]):
    estimate: Estimate | None = None
    """The estimate, or None if the period had closed when it was handed in."""
    previous_period: str = ""
    """Period of the previous figures: «6 tháng 2025»."""
    may_enter_past: bool = False
    """Whether the reader may enter figures of that period, and one is missing."""

    @property
    def with_figure(self) -> int:
        """Number of lines that have a figure."""
        return sum(line.value is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class ReportRows:
    """Rows that a report is made of; they may be changed while the duty is locked."""

    duty: Duty
    filled: FilledReport
    figures: dict[str, EnteredFigure]
    """{indicator code: row}."""
    names: dict[int, str]
    """{person id: name} of the people who entered the figures."""
    compared: Comparisons
    neighbours: dict[str, NeighbourFigures]
    """{indicator code: figures of the other units of the cluster}."""

    @property
    def draft(self) -> Submission | None:
        return next((one for one in self.filled.submissions if not one.slot), None)


async def view_report(ctx: Context, duty: Duty, *, beside: bool = True) -> ReportView:
    """Return the view; without `beside`, it has no figures of other units. The caller has checked that the actor may
    see it.
    """
    return await view_rows(ctx, await report_rows(ctx, duty, await ctx.uow.reports.filled(duty.id), beside=beside))


async def report_rows(
    ctx: Context, duty: Duty, filled: FilledReport, *, compares: bool = True, beside: bool = True
) -> ReportRows:
    """Return the rows; without `compares`, there is nothing in them to compare the figures with, without `beside` no
    figures of other units.
    """
    return ReportRows(
        duty,
        filled,
        figures={code: figure for code, (figure, _) in filled.entered.items()},
        names={figure.entered_by: name for figure, name in filled.entered.values()},
        compared=await comparisons(ctx, duty) if compares else NOT_COMPARED,
        neighbours=await ctx.uow.reports.values_beside(duty, day=ctx.today) if compares and beside else {},
    )


async def view_next(ctx: Context, rows: ReportRows, indicator: str) -> ReportView:
    """Return the view after an answer to this line, with the cluster's figures of the line that is asked next alone."""
    sheet = await view_rows(ctx, rows)
    asked = sheet.next_open(indicator)
    if asked is None:
        return sheet
    beside = await ctx.uow.reports.values_beside(rows.duty, day=ctx.today, indicator=asked.indicator)
    compared = replace(asked, neighbours=beside.get(asked.indicator, _NOBODY))
    return replace(sheet, lines=tuple(compared if line is asked else line for line in sheet.lines))


async def view_rows(ctx: Context, rows: ReportRows) -> ReportView:
    duty, draft = rows.duty, rows.draft
    back = await returned_items(ctx, draft)
    lines = tuple(
        _line(ctx, rows, number, indicator, back)
        for number, indicator in enumerate(await required_indicators(ctx, duty), start=1)
    )
    is_own = ctx.actor.may(Right.ENTER_OWN_PAST, unit_id=duty.unit_id)
    return ReportView(
        duty=await _view_duty(ctx, rows),
        draft=await view_draft(ctx, draft, known=rows.names),
        lines=lines,
        late=await late_reason_of(ctx, duty, draft),
        estimate=await estimate_of(ctx, duty, draft),
        previous_period=await previous_period(ctx, duty),
        may_enter_past=is_own and rows.compared.is_past_open and any(line.previous is None for line in lines),
    )


async def _view_duty(ctx: Context, rows: ReportRows) -> DutyView:
    duty, filled = rows.duty, rows.filled
    claimed = None if filled.is_claimed is None else {duty.id} if filled.is_claimed else frozenset()
    return (await view_duties(ctx, [duty], submissions={duty.id: filled.submissions}, claimed=claimed))[0]


def _line(
    ctx: Context, rows: ReportRows, number: int, indicator: Indicator, back: dict[str, ReturnedView]
) -> FigureView:
    figure, compared, names = rows.figures.get(indicator.code), rows.compared, rows.names
    value = figure.value if figure else None
    target, previous = compared.targets.get(indicator.code), compared.previous.get(indicator.code)
    return FigureView(
        number=number,
        indicator=indicator.code,
        name=indicator.name,
        uom=indicator.uom,
        example=example_of(indicator),
        target=target,
        previous=previous,
        neighbours=rows.neighbours.get(indicator.code, _NOBODY),
        value=value,
        reason=figure.reason if figure else None,
        is_answered=figure is not None and not awaits_correction(back, indicator.code),
        back=back.get(indicator.code),
        is_locked=bool(back) and not is_unlocked(indicator.code, returned=back.keys()),
        achieved=_achieved(value, target, indicator.better),
        is_within=is_within(value, target, indicator.better),
        change=change_in_percent(value, previous) if value is not None else None,
        entered_by=names.get(figure.entered_by) if figure and figure.entered_by != ctx.actor.person_id else None,
        entered_at=ctx.local(figure.entered_at) if figure else None,
    )


def _achieved(value: Decimal | None, target: Decimal | None, better: Better) -> Decimal | None:
    if value is None or target is None or better is Better.LOWER:
        return None
    return completion(value, target, better)
