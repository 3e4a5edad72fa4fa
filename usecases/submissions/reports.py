"""Reports: one question at a time, each figure beside its target, last period and cluster median."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median

from domain.errors import Refusal, Way
from domain.plans.deadlines import DutyKind
from domain.plans.plans import Better, Indicator
from domain.roles import Right
from domain.submissions.outliers import Outlier, outliers_of
from domain.submissions.returns import is_unlocked
from domain.typed_input.figures import Otherwise, asks_reason, change_in_percent, completion, is_within
from domain.typed_input.words import read_sentence
from models.duties.duties import Duty
from models.submissions.reports import Figure
from models.submissions.submissions import Submission
from usecases.actor import acting_person
from usecases.context import Context, command, query
from usecases.duties.estimates import Estimate, estimate_of
from usecases.duties.requirements import required_indicators, requires_document
from usecases.duties.views import duty_for, view_duties
from usecases.submissions.comparisons import Comparisons, comparisons, previous_of, previous_period, targets_of
from usecases.submissions.form import (
    Answer,
    AnswerOutcome,
    Colleagues,
    Question,
    Questionnaire,
    Replacing,
    bounded,
    example_of,
    indicator_of,
    readings,
)
from usecases.submissions.handing_in import ReceiptView, draft_for, hand_in, touch_item, view_draft
from usecases.submissions.replaced_figures import tell_replaced
from usecases.submissions.returned_items import ReturnedView, awaits_correction, returned_items

_REASON_EXAMPLE = "Chưa có kết quả điều tra"
_TREND_EXAMPLE = "Năm nay dồn sang quý sau"


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


@query
async def read_report(ctx: Context, duty_id: int) -> ReportView:
    duty = await _report_duty(ctx, duty_id, right=Right.SEE_UNIT)
    return await view_report(ctx, duty)


@command
async def answer(ctx: Context, duty_id: int, *, indicator: str, text: str, is_edit: bool = False) -> Answer:
    """Take a typed figure if it is clear, on the trend and replaces nobody's; else say what has to be asked back.

    `is_edit` is of a message sent before: then one's own figure is not replaced without a question either.
    """
    duty = await _report_duty(ctx, duty_id, right=Right.SUBMIT)
    draft = await draft_for(ctx, duty, item=indicator)
    asked = await indicator_of(ctx, duty, indicator)

    previous, pledged = await _measures(ctx, duty, indicator)
    values = readings(text, asked, near=previous or pledged, otherwise=Otherwise.SAY_NONE)
    if len(values) > 1:
        return Answer(AnswerOutcome.TWO_READINGS, values)
    if standing := await _standing(ctx, draft, indicator, values[0], own=is_edit):
        return Answer(AnswerOutcome.REPLACES, values, standing)
    outcome = _judge(asked, values[0], previous=previous, pledged=pledged)

    if outcome is AnswerOutcome.TAKEN:
        await _enter(ctx, duty, draft, indicator, value=values[0], reason=None)
        await ctx.uow.commit()
    return Answer(outcome, values)


def _judge(indicator: Indicator, value: Decimal, *, previous: Decimal | None, pledged: Decimal | None) -> AnswerOutcome:
    is_odd = asks_reason(value, previous, better=indicator.better, pledged=pledged, whole=indicator.whole)
    return AnswerOutcome.OFF_TREND if is_odd else AnswerOutcome.TAKEN


async def _measures(ctx: Context, duty: Duty, indicator: str) -> tuple[Decimal | None, Decimal | None]:
    """The figure of the last period, and what was pledged."""
    previous, pledged = await previous_of(ctx, duty), await targets_of(ctx, duty, year=duty.year)
    return previous.get(indicator), pledged.get(indicator)


@command
async def enter_value(
    ctx: Context,
    duty_id: int,
    *,
    indicator: str,
    value: Decimal,
    reason: str | None = None,
    replacing: Replacing = (),
) -> Answer:
    """Take one of the readings, or a figure off the trend with its reason, or one that replaces `replacing`."""
    duty = await _report_duty(ctx, duty_id, right=Right.SUBMIT)
    draft = await draft_for(ctx, duty, item=indicator)
    asked = await indicator_of(ctx, duty, indicator)

    bounded(value, asked)
    if standing := await _standing(ctx, draft, indicator, value, replacing=replacing):
        return Answer(AnswerOutcome.REPLACES, (value,), standing)
    previous, pledged = await _measures(ctx, duty, indicator)
    outcome = AnswerOutcome.TAKEN if reason else _judge(asked, value, previous=previous, pledged=pledged)

    instead = None
    if outcome is AnswerOutcome.TAKEN:
        instead = await _enter(
            ctx,
            duty,
            draft,
            indicator,
            value=value,
            reason=read_sentence(reason, example=_TREND_EXAMPLE) if reason else None,
        )
        await ctx.uow.commit()
    return Answer(outcome, (value,), instead)


@command
async def explain_missing(
    ctx: Context, duty_id: int, *, indicator: str, reason: str, replacing: Replacing = ()
) -> Answer:
    """There is no figure, and this is why; a colleague's figure is not replaced without a question."""
    duty = await _report_duty(ctx, duty_id, right=Right.SUBMIT)
    draft = await draft_for(ctx, duty, item=indicator)
    await indicator_of(ctx, duty, indicator)

    said = read_sentence(reason, example=_REASON_EXAMPLE)
    if standing := await _standing(ctx, draft, indicator, None, replacing=replacing):
        return Answer(AnswerOutcome.REPLACES, (), standing)

    instead = await _enter(ctx, duty, draft, indicator, value=None, reason=said)
    await ctx.uow.commit()
    return Answer(AnswerOutcome.TAKEN, (), instead)


@command
async def submit_report(ctx: Context, duty_id: int, *, seen: int) -> ReceiptView:
    """Hand in all lines; `seen` is the revision the officer looked at."""
    duty = await _report_duty(ctx, duty_id, right=Right.SUBMIT)
    draft = await draft_for(ctx, duty)
    report = await view_report(ctx, duty)

    missing = len(report.lines) - report.answered
    if missing:
        raise Refusal("report-incomplete", f"Còn {missing} chỉ tiêu chưa điền.", way=Way.FILL_OR_SAY_NONE)

    draft.as_of = report.estimate.as_of if report.estimate else None
    receipt = await hand_in(ctx, duty, draft, seen=seen)
    await ctx.uow.commit()
    return receipt


async def _report_duty(ctx: Context, duty_id: int, *, right: Right) -> Duty:
    duty = await duty_for(ctx, duty_id, right=right)
    if duty.kind is not DutyKind.REPORT or await requires_document(ctx, duty):
        raise Refusal("duty-not-a-report", "Việc này không phải báo cáo số liệu.", way=Way.RIGHT_DUTY)
    return duty


async def _enter(
    ctx: Context, duty: Duty, draft: Submission, indicator: str, *, value: Decimal | None, reason: str | None
) -> Colleagues | None:
    """Says what a colleague had entered there before, and tells them."""
    figure = (await ctx.uow.reports.figures(draft.id)).get(indicator)
    instead = await _colleagues(ctx, figure, value) if figure else None
    if figure and instead:
        await tell_replaced(ctx, duty, draft, figure)
    if figure is None:
        figure = Figure(submission_id=draft.id, indicator=indicator)
        ctx.uow.reports.add(figure)
    figure.value, figure.reason = value, reason
    figure.entered_by, figure.entered_at = acting_person(ctx), ctx.now
    await touch_item(ctx, draft, indicator)
    return instead


async def _standing(
    ctx: Context,
    draft: Submission,
    indicator: str,
    value: Decimal | None,
    *,
    own: bool = False,
    replacing: Replacing = (),
) -> Colleagues | None:
    """The figure that the actor has to be asked about before it is replaced; not one that came back to be mended."""
    figure = (await ctx.uow.reports.figures(draft.id)).get(indicator)
    if figure is None or replacing == (figure.value,) or awaits_correction(await returned_items(ctx, draft), indicator):
        return None
    if own and figure.entered_by == ctx.actor.person_id and figure.value != value:
        return Colleagues(figure.value, None)
    return await _colleagues(ctx, figure, value)


async def _colleagues(ctx: Context, figure: Figure, value: Decimal | None) -> Colleagues | None:
    if figure.entered_by == ctx.actor.person_id or figure.value == value:
        return None
    names = await ctx.uow.officers.names({figure.entered_by})
    return Colleagues(figure.value, names[figure.entered_by])


async def view_report(ctx: Context, duty: Duty) -> ReportView:
    """For those who are known to have the right to see it."""
    draft = await ctx.uow.submissions.of_duty(duty.id)
    figures = await ctx.uow.reports.figures(draft.id) if draft else {}
    compared = await comparisons(ctx, duty)
    names = await ctx.uow.officers.names({figure.entered_by for figure in figures.values()})
    back = await returned_items(ctx, draft)
    return ReportView(
        duty=(await view_duties(ctx, [duty]))[0],
        draft=await view_draft(ctx, draft),
        lines=tuple(
            _line(ctx, number, indicator, figures.get(indicator.code), compared, names, back)
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
