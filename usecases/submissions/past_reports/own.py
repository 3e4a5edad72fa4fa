"""The form by which a unit enters its own figures of the last period: each stands as soon as it is entered."""

from dataclasses import dataclass, replace
from decimal import Decimal

from domain.errors import Refusal
from domain.plans.plans import Indicator
from domain.roles import Right
from domain.submissions.past_reports import PastPeriod, PastSource, past_period
from domain.submissions.submissions import State
from domain.typed_input.figures import Otherwise
from models.duties.duties import Duty
from models.plans.in_force import plan_in_force
from usecases.actor import acting_person
from usecases.context import Context, command, query
from usecases.duties.requirements import required_indicators
from usecases.duties.views import duty_for, duty_for_update, view_duties
from usecases.submissions.comparisons import comparisons
from usecases.submissions.drafts import DraftView
from usecases.submissions.form import (
    Answer,
    AnswerOutcome,
    Question,
    Questionnaire,
    Replacing,
    bounded,
    example_of,
    indicator_of,
    readings,
)
from usecases.submissions.past_reports.sheets import whole_figures
from usecases.submissions.past_reports.writing import PastChange, refuse_past, store_past


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPastLine(Question):
    """One figure of the last period; it is locked if it is known from elsewhere."""

    period: str
    """Name of the period: «6 tháng 2025»."""
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class OwnPastView(Questionnaire[OwnPastLine]):
    """The figures of the last period that the unit can enter; `duty` is this period's report."""

    period: str = ""


@dataclass(frozen=True, slots=True)
class _Form:
    duty: Duty
    period: PastPeriod
    view: OwnPastView
    targets: dict[str, Decimal]


@query
async def read_own_past(ctx: Context, duty_id: int) -> OwnPastView:
    """Return the last period's figures; `duty_id` is this period's report.

    Raises Refusal if the actor may not enter them, if the period is not over, if the unit has that report in the bot,
    or if the standing body has entered it.
    """
    return (await _form(ctx, await duty_for(ctx, duty_id, right=Right.ENTER_OWN_PAST))).view


@command
async def answer_own_past(
    ctx: Context,
    duty_id: int,
    *,
    indicator: str,
    text: str,
    is_edit: bool = False,  # noqa: ARG001 (a form calls it as it calls `answer`)
) -> Answer:
    """Store a typed figure if it is clear; else return the two readings.

    Raises Refusal like `read_own_past`, and if the text is no figure of the indicator or the figure is known.
    """
    form = await _open(ctx, duty_id)
    asked = await _asked(ctx, form, indicator)

    values = readings(text, asked, near=form.targets.get(indicator), otherwise=Otherwise.FILL_LATER)
    if len(values) > 1:
        return Answer(AnswerOutcome.TWO_READINGS, values, sheet=form.view)
    return await _enter(ctx, form, asked, values[0])


@command
async def choose_own_past(
    ctx: Context,
    duty_id: int,
    *,
    indicator: str,
    value: Decimal,
    replacing: Replacing = (),  # noqa: ARG001 (a form calls it as it calls `enter_value`)
) -> Answer:
    """Store one of two readings. Raises Refusal like `answer_own_past`."""
    form = await _open(ctx, duty_id)
    asked = await _asked(ctx, form, indicator)
    return await _enter(ctx, form, asked, bounded(value, asked))


async def _open(ctx: Context, duty_id: int) -> _Form:
    return await _form(ctx, await duty_for_update(ctx, duty_id, right=Right.ENTER_OWN_PAST))


async def _asked(ctx: Context, form: _Form, indicator: str) -> Indicator:
    """Return the indicator. Raises Refusal if its figure is known from elsewhere, or if it is not asked any more."""
    if form.view.line(indicator).is_locked:
        raise Refusal("past-figure-known", "Chỉ tiêu này đã có số của kỳ ấy, không nhập thay được.")
    return await indicator_of(ctx, form.duty, indicator)


async def _enter(ctx: Context, form: _Form, asked: Indicator, value: Decimal) -> Answer:
    old = form.view.line(asked.code)
    if old.value != value:
        replaced = int(old.value is not None)
        change = PastChange(form.duty.unit_id, form.duty.authority_id, {asked.code: value}, replaced=replaced)
        await store_past(ctx, form.period, [change], source=PastSource.UNIT, by=acting_person(ctx))
    lines = tuple(replace(line, value=value, is_answered=True) if line is old else line for line in form.view.lines)
    await ctx.uow.commit()
    return Answer(AnswerOutcome.TAKEN, (value,), sheet=replace(form.view, lines=lines))


async def _form(ctx: Context, duty: Duty) -> _Form:
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    period = past_period(plan, duty.code, year=duty.year - 1, turn=duty.turn, today=ctx.today)
    stored = await ctx.uow.past_reports.of(period, unit_id=duty.unit_id)
    refuse_past(stored.get(duty.unit_id), PastSource.UNIT)
    own = (await whole_figures(ctx, period, unit_id=duty.unit_id)).get(duty.unit_id, {})
    known = await comparisons(ctx, duty)
    lines = tuple(
        _line(number, indicator, period, own.get(indicator.code), known.previous.get(indicator.code))
        for number, indicator in enumerate(await required_indicators(ctx, duty), start=1)
    )
    view = OwnPastView(
        duty=(await view_duties(ctx, [duty]))[0],
        draft=DraftView(None, revision=0, state=State.DRAFT, changed_by=None, changed_at=None, receipt=None),
        lines=lines,
        period=period.name,
    )
    return _Form(duty, period, view, known.targets)


def _line(
    number: int, indicator: Indicator, period: PastPeriod, own: Decimal | None, known: Decimal | None
) -> OwnPastLine:
    value = known if own is None else own
    return OwnPastLine(
        number=number,
        indicator=indicator.code,
        name=indicator.name,
        uom=indicator.uom,
        example=example_of(indicator),
        is_answered=value is not None,
        is_locked=own is None and known is not None,
        period=period.name,
        value=value,
    )
