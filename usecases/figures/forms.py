"""The form of a report or a pledge as it is filled in outside the chat: its lines, what stands there, whose it is."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.errors import Refusal, Way
from domain.figures.readings import Wanted
from domain.plans.deadlines import WITH_FIGURES, DutyKind
from domain.plans.periods import Period
from domain.plans.plans import Indicator
from domain.roles import Right
from domain.typed_input.figures import FigureFormat
from models.duties.duties import Duty
from usecases.context import Context, query
from usecases.duties.requirements import required_indicators
from usecases.duties.views import duty_for
from usecases.figures.wanted import own_names, period_of
from usecases.submissions.comparisons import previous_period
from usecases.submissions.form import figure_format
from usecases.submissions.pledges import view_pledge
from usecases.submissions.report_sheet import view_report


@dataclass(frozen=True, slots=True)
class FormKey:
    """What a form belongs to, so that one of another duty, year or unit is recognised."""

    plan: str
    duty: str
    year: int
    turn: int
    """As `Duty.turn`."""
    unit: str
    """Code of the unit."""

    @property
    def text(self) -> str:
        """The key as one word: «mau-2026/bao-cao-6-thang/2026/0/phuong-5»."""
        return f"{self.plan}/{self.duty}/{self.year}/{self.turn}/{self.unit}"


@dataclass(frozen=True, slots=True)
class FormLine:
    code: str
    name: str
    uom: str
    requires: FigureFormat
    pledged: Decimal | None = None
    previous: Decimal | None = None
    """The same report's figure, or the pledge's target, a year before."""
    value: Decimal | None = None
    """Figure or target that stands in the draft."""
    reason: str = ""
    """Reason that stands beside the figure, or instead of it."""
    synonyms: tuple[str, ...] = ()
    """Further names: of the plan, and those learned from the unit's corrections."""
    is_locked: bool = False
    """Whether only other lines were returned, so that this one cannot be changed."""


@dataclass(frozen=True, slots=True)
class FigureForm:
    title: str
    """With its year: «Báo cáo 6 tháng 2026»."""
    unit_name: str
    """Empty for a blank form, which has the lines of all kinds of units."""
    last_valid_day: date | None
    lines: tuple[FormLine, ...]
    key: FormKey | None = None
    """None for a blank form, which belongs to no unit."""
    is_pledge: bool = False
    period: Period | None = None
    """Period that the figures are of."""
    previous_period: str = "năm trước"

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """The indicators whose figures are looked for in a file; those of locked lines are not."""
        return tuple(
            Wanted(line.code, line.name, line.requires, line.synonyms, previous=line.previous, pledged=line.pledged)
            for line in self.lines
            if not line.is_locked
        )

    def without_draft(self) -> "FigureForm":
        """Return the form for somebody who may not see what the unit has entered so far."""
        return replace(self, lines=tuple(replace(line, value=None, reason="") for line in self.lines))


@query
async def read_figure_form(ctx: Context, duty_id: int) -> FigureForm:
    """Return the form of the duty with what stands in its draft and what the unit calls its indicators.

    Raises Refusal if the duty has no figures, or the actor may not see its unit.
    """
    duty = await duty_for(ctx, duty_id, right=Right.SEE_UNIT)
    form = await form_of(ctx, duty)
    if form is None:
        raise Refusal("duty-without-figures", "Việc này không có số liệu để điền.", way=Way.RIGHT_DUTY)
    names = await own_names(ctx, duty)
    return replace(
        form, lines=tuple(replace(one, synonyms=(*one.synonyms, *names.get(one.code, ()))) for one in form.lines)
    )


async def form_of(ctx: Context, duty: Duty) -> FigureForm | None:
    """Return the form of the duty, or None if it is handed in as a file. The caller has checked the right to see it."""
    asked = await required_indicators(ctx, duty)
    if duty.kind not in WITH_FIGURES or not asked:
        return None
    unit = await ctx.uow.units.get(duty.unit_id)
    is_pledge = duty.kind is DutyKind.PLEDGE
    return FigureForm(
        title=duty.name,
        unit_name=unit.name,
        last_valid_day=duty.due_day,
        lines=await (_pledge_lines if is_pledge else _report_lines)(ctx, duty, asked),
        key=FormKey(duty.plan_code, duty.code, duty.year, duty.turn, unit.code),
        is_pledge=is_pledge,
        period=await period_of(ctx, duty),
        previous_period=f"năm {duty.year - 1}" if is_pledge else await previous_period(ctx, duty),
    )


async def _report_lines(ctx: Context, duty: Duty, asked: tuple[Indicator, ...]) -> tuple[FormLine, ...]:
    report = await view_report(ctx, duty, beside=False)
    return tuple(
        replace(
            _blank(indicator),
            pledged=line.target,
            previous=line.previous,
            value=line.value,
            reason=line.reason or "",
            is_locked=line.is_locked,
        )
        for indicator, line in zip(asked, report.lines, strict=True)
    )


async def _pledge_lines(ctx: Context, duty: Duty, asked: tuple[Indicator, ...]) -> tuple[FormLine, ...]:
    pledge = await view_pledge(ctx, duty)
    return tuple(
        replace(_blank(indicator), previous=line.previous, value=line.target, is_locked=line.is_locked)
        for indicator, line in zip(asked, pledge.lines, strict=True)
    )


def blank_lines(asked: tuple[Indicator, ...]) -> tuple[FormLine, ...]:
    """Return the lines of a form that belongs to no unit."""
    return tuple(map(_blank, asked))


def _blank(indicator: Indicator) -> FormLine:
    requires = figure_format(indicator)
    return FormLine(indicator.code, indicator.name, indicator.uom, requires, synonyms=indicator.synonyms)
