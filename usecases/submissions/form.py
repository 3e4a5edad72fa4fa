"""An answer to a question for a figure: taken, asked back because it reads two ways, or far off the last period."""

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
from usecases.submissions.returned_items import ReturnedView

_GONE = "Chỉ tiêu này không còn trong kế hoạch."


class AnswerOutcome(StrEnum):
    TAKEN = "TAKEN"
    TWO_READINGS = "TWO_READINGS"
    OFF_TREND = "OFF_TREND"
    """Needs a reason."""
    REPLACES = "REPLACES"
    """Another figure stands there, a colleague's or one's own: needs a yes."""


@dataclass(frozen=True, slots=True)
class Answer:
    outcome: AnswerOutcome
    values: tuple[Decimal, ...]
    """One value, or the two readings."""
    instead: "Colleagues | None" = None
    sheet: "Questionnaire[Question] | None" = field(default=None, repr=False, compare=False)
    """All lines as they stand now, for the screen that follows."""


@dataclass(frozen=True, slots=True)
class Colleagues:
    """What stands in a line already, and this answer replaces or would replace."""

    value: Decimal | None
    """None: that there is no figure."""
    name: str | None
    """Of the colleague; None where it is the actor's own."""


Replacing = tuple[Decimal | None, ...]
"""The figure that the actor has agreed to replace; () before they were asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One line of a questionnaire: an indicator, and whether it has its answer."""

    number: int
    """From 1, in the plan's order."""
    indicator: str
    name: str
    uom: str
    example: str
    """A figure that would be taken."""
    is_answered: bool
    """What came back is not, until it is entered anew."""
    back: ReturnedView | None = None
    """Why this line came back, and what stood there."""
    is_locked: bool = False
    """Other lines came back, this one was received."""


Line = TypeVar("Line", bound=Question, covariant=True)


@dataclass(frozen=True, slots=True)
class Questionnaire(Generic[Line]):
    """What a report and a pledge have in common: a line for each indicator, answered in any order."""

    duty: DutyView
    draft: DraftView
    lines: tuple[Line, ...]

    @property
    def answered(self) -> int:
        return sum(line.is_answered for line in self.lines)

    @property
    def is_complete(self) -> bool:
        return self.first_open is None

    @property
    def is_back(self) -> bool:
        """Some of it, or all, came back to be mended."""
        return self.draft.state is State.RETURNED

    @property
    def back(self) -> tuple[Line, ...]:
        """The lines that came back."""
        return tuple(line for line in self.lines if line.back is not None)

    @property
    def may_withdraw(self) -> bool:
        return may_withdraw(self.draft.state, days_left=self.duty.days_left)

    @property
    def unlocked(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_locked)

    @property
    def first_open(self) -> Line | None:
        return next((line for line in self.lines if not line.is_answered), None)

    def line(self, indicator: str) -> Line:
        found = next((line for line in self.lines if line.indicator == indicator), None)
        if found is None:
            raise Refusal("indicator-gone", _GONE, way=Way.REOPEN_DUTY)
        return found

    def next_open(self, indicator: str) -> Line | None:
        """The next unanswered line below this one."""
        below = self.lines[self.line(indicator).number :]
        return next((line for line in below if not line.is_answered), None)

    def before(self, indicator: str) -> Line | None:
        """The line above this one that may be changed; None above the first."""
        above = self.lines[: self.line(indicator).number - 1]
        return next((line for line in reversed(above) if not line.is_locked), None)


async def indicator_of(ctx: Context, duty: Duty, code: str) -> Indicator:
    found = next((indicator for indicator in await required_indicators(ctx, duty) if indicator.code == code), None)
    if found is None:
        raise Refusal("indicator-gone", _GONE, way=Way.REOPEN_DUTY)
    return found


def bounded(value: Decimal, indicator: Indicator) -> Decimal:
    """The value itself; refuses one that no reading of this indicator could have given."""
    broken = indicator.whole and value != value.to_integral_value()
    if broken or not indicator.low <= value <= indicator.high:
        raise Refusal("figure-out-of-bounds", "Số này ngoài khoảng cho phép. Anh/chị nhập lại giúp.")
    return value


def readings(text: str, indicator: Indicator, *, near: Decimal | None, otherwise: Otherwise) -> tuple[Decimal, ...]:
    """The figures that the text can mean, as `read_figure` gives them."""
    return read_figure(text, _format_of(indicator), near=near, otherwise=otherwise)


def example_of(indicator: Indicator) -> str:
    return example_figure(_format_of(indicator))


def _format_of(indicator: Indicator) -> FigureFormat:
    return FigureFormat(uom=indicator.uom, whole=indicator.whole, low=indicator.low, high=indicator.high)
