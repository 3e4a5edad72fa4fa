"""A report as it is read: each figure beside its target, last period and cluster median."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median

from domain.plans.plans import Better, Indicator
from domain.submissions.outliers import Outlier, outliers_of
from domain.submissions.returns import is_unlocked
from domain.typed_input.figures import change_in_percent, completion, is_within
from models.duties.duties import Duty
from models.submissions.reports import Figure
from models.submissions.submissions import Submission
from usecases.context import Context
from usecases.duties.estimates import Estimate, estimate_of
from usecases.duties.requirements import required_indicators
from usecases.duties.views import view_duties
from usecases.submissions.comparisons import Comparisons, comparisons, previous_period
from usecases.submissions.drafts import view_draft
from usecases.submissions.form import Question, Questionnaire, example_of
from usecases.submissions.returned_items import ReturnedView, awaits_correction, returned_items


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView(Question):
    """One line of a report."""

    target: Decimal | None
    previous: Decimal | None
    median: Decimal | None
    """Of the cluster's units that have handed in already."""
    value: Decimal | None
    reason: str | None
    achieved: Decimal | None
    """Per cent of the pledge, where more is better."""
    is_within: bool | None
    """Whether the pledged ceiling is kept, where less is better."""
    change: Decimal | None
    """Per cent against the last period."""
    outliers: tuple[Outlier, ...] = ()
    """For reviewers; nothing of an empty line."""
    entered_by: str | None
    """The colleague who entered it; None where it was the reader."""
    entered_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReportView(Questionnaire[FigureView]):
    estimate: Estimate | None = None
    """None where the period had closed when it was handed in."""
    previous_period: str = ""
    """What the previous figures are figures of: «6 tháng 2025»."""

    @property
    def with_figure(self) -> int:
        return sum(line.value is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class ReportRows:
    """All that a report is read from; whoever holds the duty's lock may write on it."""

    duty: Duty
    submissions: Sequence[Submission]
    """In any order: the draft, and what was handed in on paper."""
    figures: dict[str, Figure]
    """By indicator."""
    names: dict[int, str]
    """Of those who entered them, by person."""
    compared: Comparisons

    @property
    def draft(self) -> Submission | None:
        return next((one for one in self.submissions if not one.slot), None)


async def view_report(ctx: Context, duty: Duty) -> ReportView:
    """For those who are known to have the right to see it."""
    submissions = await ctx.uow.submissions.all_of([duty.id])
    return await view_rows(ctx, await report_rows(ctx, duty, submissions.get(duty.id, [])))


async def report_rows(ctx: Context, duty: Duty, submissions: Sequence[Submission]) -> ReportRows:
    draft = next((one for one in submissions if not one.slot), None)
    found = await ctx.uow.reports.with_names(draft.id) if draft else {}
    return ReportRows(
        duty,
        submissions,
        figures={code: figure for code, (figure, _) in found.items()},
        names={figure.entered_by: name for figure, name in found.values()},
        compared=await comparisons(ctx, duty),
    )


async def view_rows(ctx: Context, rows: ReportRows) -> ReportView:
    duty, draft = rows.duty, rows.draft
    back = await returned_items(ctx, draft)
    return ReportView(
        duty=(await view_duties(ctx, [duty], submissions={duty.id: rows.submissions}))[0],
        draft=await view_draft(ctx, draft, known=rows.names),
        lines=tuple(
            _line(ctx, number, indicator, rows.figures.get(indicator.code), rows.compared, rows.names, back)
            for number, indicator in enumerate(await required_indicators(ctx, duty), start=1)
        ),
        estimate=await estimate_of(ctx, duty, draft),
        previous_period=await previous_period(ctx, duty),
    )


def _line(
    ctx: Context,
    number: int,
    indicator: Indicator,
    figure: Figure | None,
    compared: Comparisons,
    names: dict[int, str],
    back: dict[str, ReturnedView],
) -> FigureView:
    value = figure.value if figure else None
    target, previous = compared.targets.get(indicator.code), compared.previous.get(indicator.code)
    neighbours = compared.neighbours.get(indicator.code, [])
    return FigureView(
        number=number,
        indicator=indicator.code,
        name=indicator.name,
        uom=indicator.uom,
        example=example_of(indicator),
        target=target,
        previous=previous,
        median=median(neighbours) if neighbours else None,
        outliers=outliers_of(value, pledged=target, previous=previous, neighbours=neighbours) if figure else (),
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
