"""The form by which a unit enters its own figures of the last period: each stands as soon as it is entered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.errors import Refusal
from domain.plans.plans import Indicator
from domain.roles import Right
from domain.submissions.past_reports import PastPeriod, PastSource, holds_for_all, past_period
from domain.submissions.submissions import State
from domain.typed_input.figures import Otherwise
from models.duties.duties import Duty
from models.plans.in_force import plan_in_force
from models.submissions.past_reports import StoredReport
from models.submissions.reports import Figure
from usecases.actor import acting_person
from usecases.context import Context, command, query
from usecases.duties.requirements import required_indicators
from usecases.duties.views import duty_for, duty_for_update, view_duties
from usecases.submissions.comparisons import Comparisons, comparisons
from usecases.submissions.drafts import DraftView
from usecases.submissions.form import (
    Answer,
    AnswerOutcome,
    PreviousAnswer,
    Question,
    Questionnaire,
    Replacing,
    bounded,
    example_of,
    indicator_of,
    readings,
)
from usecases.submissions.past_reports.writing import PastChange, refuse_in_bot, store_past


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
class _Standing:
    """What is entered for the unit already."""

    figures: dict[str, tuple[Figure, str]]
    """{indicator code: (figure that holds for the unit of today, name of the person who entered it)}."""
    kept: frozenset[str]
    """Codes of the indicators whose figures the unit may not change: the standing body entered them."""


@dataclass(frozen=True, slots=True)
class _Form:
    duty: Duty
    period: PastPeriod
    view: OwnPastView
    standing: _Standing
    targets: dict[str, Decimal]


@query
async def read_own_past(ctx: Context, duty_id: int) -> OwnPastView:
    """Return the last period's figures; `duty_id` is this period's report.

    Raises Refusal if the actor may not enter them, if the period is not over, if the unit has that report in the bot,
    or if the standing body has entered all of it.
    """
    return (await _form(ctx, await duty_for(ctx, duty_id, right=Right.ENTER_OWN_PAST))).view


@command
async def answer_own_past(ctx: Context, duty_id: int, *, indicator: str, text: str, is_edit: bool = False) -> Answer:
    """Store a typed figure if it is clear and replaces no colleague's; else return what to ask back.

    `is_edit` is true if the officer edited an earlier message: then their own figure is not replaced unasked either.
    Raises Refusal like `read_own_past`, and if the text is no figure of the indicator or the figure is known.
    """
    form = await _open(ctx, duty_id)
    asked = await _asked(ctx, form, indicator)

    values = readings(text, asked, near=form.targets.get(indicator), otherwise=Otherwise.FILL_LATER)
    if len(values) > 1:
        return Answer(AnswerOutcome.TWO_READINGS, values, sheet=form.view)
    present = _present(ctx, form, indicator, values[0])
    if present and (is_edit or present.name):
        return Answer(AnswerOutcome.REPLACES, values, present, sheet=form.view)
    return await _enter(ctx, form, asked, values[0])


@command
async def choose_own_past(
    ctx: Context, duty_id: int, *, indicator: str, value: Decimal, replacing: Replacing = ()
) -> Answer:
    """Store one of two readings, or a figure that replaces `replacing`. Raises Refusal like `answer_own_past`."""
    form = await _open(ctx, duty_id)
    asked = await _asked(ctx, form, indicator)

    bounded(value, asked)
    present = _present(ctx, form, indicator, value)
    # A person replaces their own figure unasked.
    if present and replacing != (present.value,) and (present.name or replacing):
        return Answer(AnswerOutcome.REPLACES, (value,), present, sheet=form.view)
    return await _enter(ctx, form, asked, value)


async def _open(ctx: Context, duty_id: int) -> _Form:
    return await _form(ctx, await duty_for_update(ctx, duty_id, right=Right.ENTER_OWN_PAST), for_update=True)


async def _asked(ctx: Context, form: _Form, indicator: str) -> Indicator:
    """Return the indicator. Raises Refusal if its figure is known from elsewhere, or if it is not asked any more."""
    if indicator in form.standing.kept:
        raise _of_standing_body()
    if form.view.line(indicator).is_locked:
        raise Refusal("past-figure-known", "Chỉ tiêu này đã có số của kỳ ấy, không nhập thay được.")
    return await indicator_of(ctx, form.duty, indicator)


def _present(ctx: Context, form: _Form, indicator: str, value: Decimal) -> PreviousAnswer | None:
    """Return the other figure that stands, or None."""
    figure, name = form.standing.figures.get(indicator, (None, ""))
    if figure is None or figure.value == value:
        return None
    return PreviousAnswer(figure.value, None if figure.entered_by == ctx.actor.person_id else name)


async def _enter(ctx: Context, form: _Form, asked: Indicator, value: Decimal) -> Answer:
    old = form.view.line(asked.code)
    if old.value != value:
        replaced = int(old.value is not None)
        change = PastChange(form.duty.unit_id, form.duty.authority_id, {asked.code: value}, replaced=replaced)
        await store_past(ctx, form.period, [change], source=PastSource.UNIT, by=acting_person(ctx))
    lines = tuple(replace(line, value=value, is_answered=True) if line is old else line for line in form.view.lines)
    await ctx.uow.commit()
    return Answer(AnswerOutcome.TAKEN, (value,), sheet=replace(form.view, lines=lines))


async def _form(ctx: Context, duty: Duty, *, for_update: bool = False) -> _Form:
    """Return the form; `for_update` locks the last period's report, so that nobody enters figures meanwhile."""
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    period = past_period(plan, duty.code, year=duty.year - 1, turn=duty.turn, today=ctx.today)
    reports = ctx.uow.past_reports
    found = await (reports.of_for_update if for_update else reports.of)(period, unit_id=duty.unit_id)
    refuse_in_bot(found.get(duty.unit_id))
    standing = await _standing(ctx, found.get(duty.unit_id))
    lines = _lines(period, await required_indicators(ctx, duty), standing, compared := await comparisons(ctx, duty))
    if standing.kept and all(line.is_locked for line in lines):
        raise _of_standing_body()
    view = OwnPastView(
        duty=(await view_duties(ctx, [duty]))[0],
        draft=DraftView(None, revision=0, state=State.DRAFT, changed_by=None, changed_at=None, receipt=None),
        lines=lines,
        period=period.name,
    )
    return _Form(duty, period, view, standing, compared.targets)


async def _standing(ctx: Context, stored: StoredReport | None) -> _Standing:
    """Return the unit's figures; in a report of the standing body, all that the actor did not enter are kept."""
    if stored is None or stored.submission_id is None:
        return _Standing({}, frozenset())
    merged = (await ctx.uow.successions.last_mergers(day=ctx.today)).get(stored.unit_id)
    entered = await ctx.uow.reports.with_names(stored.submission_id)
    whole = {
        code: (figure, name)
        for code, (figure, name) in entered.items()
        if figure.value is not None and holds_for_all(ctx.calendar.day_of(figure.entered_at), merged=merged)
    }
    others = frozenset(code for code, (figure, _) in entered.items() if figure.entered_by != ctx.actor.person_id)
    return _Standing(whole, others if stored.past is PastSource.STANDING_BODY else frozenset())


def _lines(
    period: PastPeriod, indicators: Sequence[Indicator], standing: _Standing, compared: Comparisons
) -> tuple[OwnPastLine, ...]:
    """Return a line for each indicator with a figure or without; a kept figure from before a merger has none."""
    values: dict[str, Decimal | None] = {**compared.previous}
    values |= {code: figure.value for code, (figure, _) in standing.figures.items()}
    shown = [one for one in indicators if one.code not in standing.kept or one.code in values]
    return tuple(
        OwnPastLine(
            number=number,
            indicator=indicator.code,
            name=indicator.name,
            uom=indicator.uom,
            example=example_of(indicator),
            is_answered=indicator.code in values,
            is_locked=indicator.code in values
            and (indicator.code in standing.kept or indicator.code not in standing.figures),
            period=period.name,
            value=values.get(indicator.code),
        )
        for number, indicator in enumerate(shown, start=1)
    )


def _of_standing_body() -> Refusal:
    text = "Số này cơ quan thường trực đã nhập. Cần sửa, anh/chị báo cơ quan ấy."
    return Refusal("past-of-standing-body", text)
