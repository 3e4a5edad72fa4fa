"""An answer to a question for a figure: taken, asked back because it reads two ways, or far off the last period."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from domain.errors import Refusal
from domain.figures import read_figure
from domain.plans import Indicator
from models.duties import Duty
from usecases.context import Context
from usecases.plans import plan_in_force


class Outcome(StrEnum):
    TAKEN = "TAKEN"
    TWO_READINGS = "TWO_READINGS"
    OFF_TREND = "OFF_TREND"
    """Needs a reason."""


@dataclass(frozen=True, slots=True)
class Answer:
    outcome: Outcome
    values: tuple[Decimal, ...]
    """One value, or the two readings."""


class Question(Protocol):
    """One line of a questionnaire."""

    @property
    def number(self) -> int:
        """From 1, in the plan's order."""
        ...

    @property
    def indicator(self) -> str: ...

    @property
    def is_answered(self) -> bool: ...


Line = TypeVar("Line", bound=Question, covariant=True)


@dataclass(frozen=True, slots=True)
class Questionnaire(Generic[Line]):
    """What a report and a pledge have in common: a line for each indicator, answered in any order."""

    lines: tuple[Line, ...]

    @property
    def answered(self) -> int:
        return sum(line.is_answered for line in self.lines)

    @property
    def first_open(self) -> Line | None:
        return next((line for line in self.lines if not line.is_answered), None)

    def line(self, indicator: str) -> Line:
        return next(line for line in self.lines if line.indicator == indicator)

    def after(self, indicator: str) -> Line | None:
        """The next unanswered line, in a circle; None when all are answered."""
        here = self.line(indicator).number
        circle = (*self.lines[here:], *self.lines[:here])
        return next((line for line in circle if not line.is_answered), None)


async def indicator_of(ctx: Context, duty: Duty, code: str) -> Indicator:
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    found = next((indicator for indicator in plan.indicators if indicator.code == code), None)
    if found is None:
        raise Refusal("Chỉ tiêu này không còn trong kế hoạch. Anh/chị mở lại từ /viec.")
    return found


def bounded(value: Decimal, indicator: Indicator) -> Decimal:
    """The value itself; refuses one that no reading of this indicator could have given."""
    if not indicator.low <= value <= indicator.high:
        raise Refusal("Số này ngoài khoảng cho phép. Anh/chị nhập lại giúp.")
    return value


def readings(text: str, indicator: Indicator) -> tuple[Decimal, ...]:
    return read_figure(text, uom=indicator.uom, whole=indicator.whole, low=indicator.low, high=indicator.high)
