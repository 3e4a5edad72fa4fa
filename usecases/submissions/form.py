"""Forms with a question for each indicator, and the outcomes of an answer."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from domain.errors import Refusal, Way
from domain.plans.plans import Indicator
from domain.submissions.submissions import State, may_withdraw
from domain.typed_input.figures import FigureFormat, Otherwise, example_figure, read_figure
from models.duties.duties import Duty
from usecases.context import Context
from usecases.duties.requirements import required_indicators
from usecases.duties.views import DutyView
from usecases.submissions.drafts import DraftView
from usecases.submissions.late_reasons import LateReason
from usecases.submissions.returned_items import ReturnedView

_GONE = "Chỉ tiêu này không còn trong kế hoạch."


class AnswerOutcome(StrEnum):
    TAKEN = "TAKEN"
    TWO_READINGS = "TWO_READINGS"
    OFF_TREND = "OFF_TREND"
    """The figure is off the trend and needs a reason."""
    REPLACES = "REPLACES"
    """It would replace another figure, which the officer has to confirm."""


@dataclass(frozen=True, slots=True)
class Answer:
    outcome: AnswerOutcome
    values: tuple[Decimal, ...]
    """One value, or the two readings; none if there is no figure."""
    instead: "PreviousAnswer | None" = None
    """The figure that it replaced or would replace."""
    sheet: "Questionnaire[Question] | None" = field(default=None, repr=False, compare=False)
    """The whole form after the answer, for the next screen."""


@dataclass(frozen=True, slots=True)
class PreviousAnswer:
    """The figure of a line that an answer replaced or would replace."""

    value: Decimal | None
    """Figure, or None if the answer was that there is none."""
    name: str | None
    """Name of the colleague who entered it, or None if the actor did."""


Replacing = tuple[Decimal | None, ...]
"""(figure,) if the actor has agreed to replace that figure, () if not; the figure is None for «no figure»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One line of a form: an indicator, and whether it is answered."""

    number: int
    """Number of the line, from 1, in the plan's order."""
    indicator: str
    name: str
    uom: str
    example: str
    """A figure that would be accepted."""
    is_answered: bool
    """Whether it has an answer; a returned line is not answered until it is corrected."""
    back: ReturnedView | None = None
    """The return of this line, or None if it was not returned."""
    is_locked: bool = False
    """Whether only other lines were returned, so that this one cannot be changed."""
    previous: Decimal | None = None
    """Figure of the same report, or target of the pledge, a year before."""


Line = TypeVar("Line", bound=Question, covariant=True)


@dataclass(frozen=True, slots=True)
class Questionnaire(Generic[Line]):
    """A form of a report or a pledge: one line for each indicator, answered in any order."""

    duty: DutyView
    draft: DraftView
    lines: tuple[Line, ...]
    late: LateReason | None = field(default=None, kw_only=True)
    """The explanation that the plan asks for because the form is late, or None."""

    @property
    def answered(self) -> int:
        return sum(line.is_answered for line in self.lines)

    @property
    def is_complete(self) -> bool:
        return self.first_open is None

    @property
    def is_back(self) -> bool:
        """Whether all or a part of it was returned for correction."""
        return self.draft.state is State.RETURNED

    @property
    def back(self) -> tuple[Line, ...]:
        """The returned lines."""
        return tuple(line for line in self.lines if line.back is not None)

    @property
    def may_withdraw(self) -> bool:
        return may_withdraw(self.draft.state, is_over=self.duty.is_over)

    @property
    def unlocked(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_locked)

    @property
    def first_open(self) -> Line | None:
        return next((line for line in self.lines if not line.is_answered), None)

    def line(self, indicator: str) -> Line:
        """Return the line of the indicator. Raises Refusal if the plan does not have it any more."""
        found = next((line for line in self.lines if line.indicator == indicator), None)
        if found is None:
            raise Refusal("indicator-gone", _GONE, way=Way.REOPEN_DUTY)
        return found

    def next_open(self, indicator: str) -> Line | None:
        """Return the next unanswered line after this one, if any."""
        below = self.lines[self.line(indicator).number :]
        return next((line for line in below if not line.is_answered), None)

    def before(self, indicator: str) -> Line | None:
        """Return the last line before this one that may be changed, if any."""
        above = self.lines[: self.line(indicator).number - 1]
        return next((line for line in reversed(above) if not line.is_locked), None)


async def indicator_of(ctx: Context, duty: Duty, code: str) -> Indicator:
    """Return the indicator of this code. Raises Refusal if the duty does not require it any more."""
    found = next((indicator for indicator in await required_indicators(ctx, duty) if indicator.code == code), None)
    if found is None:
        raise Refusal("indicator-gone", _GONE, way=Way.REOPEN_DUTY)
    return found


def bounded(value: Decimal, indicator: Indicator) -> Decimal:
    """Return the value. Raises Refusal if it is outside the bounds of the indicator."""
    broken = indicator.whole and value != value.to_integral_value()
    if broken or not indicator.low <= value <= indicator.high:
        raise Refusal("figure-out-of-bounds", "Số này ngoài khoảng cho phép. Anh/chị nhập lại giúp.")
    return value


def readings(text: str, indicator: Indicator, *, near: Decimal | None, otherwise: Otherwise) -> tuple[Decimal, ...]:
    """Return the one or two figures that the text can mean. Raises Refusal if it is no figure of the indicator."""
    return read_figure(text, figure_format(indicator), near=near, otherwise=otherwise)


def example_of(indicator: Indicator) -> str:
    return example_figure(figure_format(indicator))


def figure_format(indicator: Indicator) -> FigureFormat:
    """Return what the indicator requires of its figures."""
    return FigureFormat(uom=indicator.uom, whole=indicator.whole, low=indicator.low, high=indicator.high)
