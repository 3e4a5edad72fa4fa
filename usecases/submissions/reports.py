"""Filling in reports: a figure is taken, asked back or explained, then all are handed in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.errors import Refusal, Way
from domain.plans.deadlines import DutyKind
from domain.plans.plans import Indicator
from domain.roles import Right
from domain.typed_input.figures import Otherwise, asks_reason
from domain.typed_input.words import read_sentence
from models.duties.duties import Duty
from models.submissions.reports import EnteredFigure, FilledReport
from models.submissions.submissions import Submission
from usecases.actor import acting_person
from usecases.context import Context, command, query
from usecases.duties.requirements import requires_document
from usecases.duties.views import duty_for, permitted
from usecases.submissions.drafts import drafts_for, touch_item
from usecases.submissions.form import (
    Answer,
    AnswerOutcome,
    PreviousAnswer,
    Replacing,
    bounded,
    indicator_of,
    readings,
)
from usecases.submissions.handing_in import hand_in
from usecases.submissions.receipts import ReceiptView
from usecases.submissions.replaced_figures import tell_replaced
from usecases.submissions.report_sheet import ReportRows, ReportView, report_rows, view_next, view_report, view_rows
from usecases.submissions.returned_items import awaits_correction, returned_items

REASON_EXAMPLE = "Chưa có kết quả điều tra"
_TREND_EXAMPLE = "Năm nay dồn sang quý sau"


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A figure that is about to be stored."""

    indicator: str
    value: Decimal | None
    reason: str | None = None
    is_edit: bool = False
    """Whether the officer edited an earlier message."""
    replacing: Replacing = ()


@query
async def read_report(ctx: Context, duty_id: int) -> ReportView:
    """Return the report. Raises Refusal if the duty is no report of figures, or the actor may not see the unit."""
    duty = await _of_figures(ctx, await duty_for(ctx, duty_id, right=Right.SEE_UNIT))
    return await view_report(ctx, duty)


@command
async def answer(ctx: Context, duty_id: int, *, indicator: str, text: str, is_edit: bool = False) -> Answer:
    """Store a typed figure if it is clear, on the trend and replaces no colleague's; else return what to ask back.

    `is_edit` is true if the officer edited an earlier message: then their own figure is not replaced unasked either.
    Raises Refusal if the text is no figure of the indicator, or the report may not be changed.
    """
    rows, draft = await open_report(ctx, duty_id, item=indicator)
    asked = await indicator_of(ctx, rows.duty, indicator)

    near = rows.compared.previous.get(indicator) or rows.compared.targets.get(indicator)
    values = readings(text, asked, near=near, otherwise=Otherwise.SAY_NONE)
    if len(values) > 1:
        return Answer(AnswerOutcome.TWO_READINGS, values, sheet=await view_rows(ctx, rows))
    entry = FigureEntry(indicator, values[0], is_edit=is_edit)
    if present := await _figure_to_confirm(ctx, rows, draft, entry):
        return Answer(AnswerOutcome.REPLACES, values, present, sheet=await view_rows(ctx, rows))
    outcome = _judge(rows, asked, values[0])

    if outcome is not AnswerOutcome.TAKEN:
        return Answer(outcome, values, sheet=await view_rows(ctx, rows))
    await store_figure(ctx, rows, draft, entry)
    sheet = await view_next(ctx, rows, indicator)
    await ctx.uow.commit()
    return Answer(outcome, values, sheet=sheet)


def _judge(rows: ReportRows, asked: Indicator, value: Decimal) -> AnswerOutcome:
    return AnswerOutcome.OFF_TREND if needs_reason(rows, asked, value) else AnswerOutcome.TAKEN


def needs_reason(rows: ReportRows, asked: Indicator, value: Decimal) -> bool:
    """Whether this figure may be stored only with the officer's reason for it."""
    previous, pledged = rows.compared.previous.get(asked.code), rows.compared.targets.get(asked.code)
    return asks_reason(value, previous, better=asked.better, pledged=pledged, whole=asked.whole)


@command
async def enter_value(  # noqa: PLR0913 (a form calls it as it calls `pledge_value`)
    ctx: Context,
    duty_id: int,
    *,
    indicator: str,
    value: Decimal,
    reason: str | None = None,
    replacing: Replacing = (),
) -> Answer:
    """Store one of two readings, a figure off the trend with its reason, or one that replaces `replacing`.

    Return what to ask back if it cannot be stored yet. Raises Refusal if the value is out of bounds, the reason is no
    sentence, or the report may not be changed.
    """
    rows, draft = await open_report(ctx, duty_id, item=indicator)
    asked = await indicator_of(ctx, rows.duty, indicator)

    bounded(value, asked)
    entry = FigureEntry(indicator, value, replacing=replacing)
    if present := await _figure_to_confirm(ctx, rows, draft, entry):
        return Answer(AnswerOutcome.REPLACES, (value,), present, sheet=await view_rows(ctx, rows))
    outcome = AnswerOutcome.TAKEN if reason else _judge(rows, asked, value)

    if outcome is not AnswerOutcome.TAKEN:
        return Answer(outcome, (value,), sheet=await view_rows(ctx, rows))
    said = read_sentence(reason, example=_TREND_EXAMPLE) if reason else None
    instead = await store_figure(ctx, rows, draft, replace(entry, reason=said))
    sheet = await view_next(ctx, rows, indicator)
    await ctx.uow.commit()
    return Answer(outcome, (value,), instead, sheet=sheet)


@command
async def explain_missing(
    ctx: Context, duty_id: int, *, indicator: str, reason: str, replacing: Replacing = ()
) -> Answer:
    """Store the reason why there is no figure; a colleague's figure is not replaced unasked.

    Raises Refusal if the reason is no sentence, or the report may not be changed.
    """
    rows, draft = await open_report(ctx, duty_id, item=indicator)
    await indicator_of(ctx, rows.duty, indicator)

    entry = FigureEntry(indicator, None, read_sentence(reason, example=REASON_EXAMPLE), replacing=replacing)
    if present := await _figure_to_confirm(ctx, rows, draft, entry):
        return Answer(AnswerOutcome.REPLACES, (), present, sheet=await view_rows(ctx, rows))

    instead = await store_figure(ctx, rows, draft, entry)
    sheet = await view_next(ctx, rows, indicator)
    await ctx.uow.commit()
    return Answer(AnswerOutcome.TAKEN, (), instead, sheet=sheet)


@command
async def submit_report(ctx: Context, duty_id: int, *, seen: int) -> ReceiptView:
    """Hand in the report; `seen` is the revision that the officer looked at.

    Raises Refusal if a line is not answered, or the report has changed since.
    """
    rows, draft = await open_report(ctx, duty_id, compares=False)
    receipt = await hand_in_rows(ctx, rows, draft, seen=seen)
    await ctx.uow.commit()
    return receipt


async def hand_in_rows(ctx: Context, rows: ReportRows, draft: Submission, *, seen: int) -> ReceiptView:
    """Hand in the report. Does not commit. Raises Refusal as `submit_report` does."""
    report = await view_rows(ctx, rows)

    missing = len(report.lines) - report.answered
    if missing:
        raise Refusal("report-incomplete", f"Còn {missing} chỉ tiêu chưa điền.", way=Way.FILL_OR_SAY_NONE)

    draft.as_of = report.estimate.as_of if report.estimate else None
    return await hand_in(ctx, rows.duty, draft, seen=seen)


async def open_report(
    ctx: Context, duty_id: int, *, item: str | None = None, compares: bool = True
) -> tuple[ReportRows, Submission]:
    """Return the rows of the report and its draft; the duty is locked before they are read."""
    found, filled = await ctx.uow.reports.duty_for_update(duty_id)
    duty = await permitted(ctx, found, right=Right.SUBMIT)
    return await _opened(ctx, duty, filled, item=item, compares=compares)


async def open_locked_report(ctx: Context, duty: Duty) -> tuple[ReportRows, Submission]:
    """Return the rows of a report that is locked already, and its draft. Raises Refusal if it is none of figures."""
    return await _opened(ctx, duty, await ctx.uow.reports.filled_for_update(duty.id))


async def _opened(
    ctx: Context, duty: Duty, filled: FilledReport, *, item: str | None = None, compares: bool = True
) -> tuple[ReportRows, Submission]:
    await _of_figures(ctx, duty)
    drafts = await drafts_for(ctx, duty, item=item, found=filled.submissions)
    rows = await report_rows(ctx, duty, replace(filled, submissions=drafts), compares=compares, beside=False)
    return rows, drafts[0]


async def _of_figures(ctx: Context, duty: Duty) -> Duty:
    """Return the duty. Raises Refusal unless it is a report of figures."""
    if duty.kind is not DutyKind.REPORT or await requires_document(ctx, duty):
        raise Refusal("duty-not-a-report", "Việc này không phải báo cáo số liệu.", way=Way.RIGHT_DUTY)
    return duty


async def store_figures(
    ctx: Context, rows: ReportRows, draft: Submission, entries: Sequence[FigureEntry], *, ends_change: bool = False
) -> None:
    """Store the figures and tell the colleagues whose figures they replace; with `ends_change` the draft changes no
    more. Does not commit.
    """
    for entry in entries:
        old = rows.figures.get(entry.indicator)
        if old is not None and _colleagues_figure(ctx, rows, old, entry.value):
            await tell_replaced(ctx, rows.duty, draft, old)
        entered = EnteredFigure(entry.indicator, entry.value, entry.reason, acting_person(ctx), ctx.now)
        rows.figures[entry.indicator] = entered
        await touch_item(ctx, draft, entry.indicator)
    change = [ctx.uow.submissions.writing_change(draft)] if ends_change else []
    await ctx.uow.reports.put(draft.id, [rows.figures[entry.indicator] for entry in entries], beside=change)


async def store_figure(ctx: Context, rows: ReportRows, draft: Submission, entry: FigureEntry) -> PreviousAnswer | None:
    """Store the figure; return the colleague's figure that it replaced, if any, and tell that colleague."""
    figure = rows.figures.get(entry.indicator)
    instead = _colleagues_figure(ctx, rows, figure, entry.value) if figure else None
    await store_figures(ctx, rows, draft, [entry], ends_change=True)
    return instead


async def _figure_to_confirm(
    ctx: Context, rows: ReportRows, draft: Submission, entry: FigureEntry
) -> PreviousAnswer | None:
    """Return the figure that may be replaced only if the actor agrees; a returned figure may be replaced unasked."""
    figure = rows.figures.get(entry.indicator)
    if figure is None or entry.replacing == (figure.value,):
        return None
    if awaits_correction(await returned_items(ctx, draft), entry.indicator):
        return None
    if entry.is_edit and figure.entered_by == ctx.actor.person_id and figure.value != entry.value:
        return PreviousAnswer(figure.value, None)
    return _colleagues_figure(ctx, rows, figure, entry.value)


def _colleagues_figure(
    ctx: Context, rows: ReportRows, figure: EnteredFigure, value: Decimal | None
) -> PreviousAnswer | None:
    if figure.entered_by == ctx.actor.person_id or figure.value == value:
        return None
    return PreviousAnswer(figure.value, rows.names[figure.entered_by])
