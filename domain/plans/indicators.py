"""Target lines: what is measured, within which bounds, and when the plan's own target is met."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.typed_input.words import plain
from domain.units import UnitKind


class Better(StrEnum):
    HIGHER = "HIGHER"
    LOWER = "LOWER"


class Comparator(StrEnum):
    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    EQUAL = "="
    TEXT = "text"
    """The target is words («giữ vững thứ hạng»): people decide whether it is met."""


@dataclass(frozen=True, slots=True)
class Target:
    """A plan's own demand: «từ 95% trở lên», «trên 100%», or words."""

    comparator: Comparator
    value: Decimal | None
    """None where the target is words."""
    words: str = ""
    excludes: str = ""
    """What is not counted: «số vốn các đơn vị đăng ký bổ sung» (PLANS.md S1, line 71)."""

    def is_met(self, figure: Decimal) -> bool | None:
        """None where people decide."""
        if self.value is None:
            return None
        match self.comparator:
            case Comparator.AT_LEAST:
                return figure >= self.value
            case Comparator.MORE_THAN:
                return figure > self.value
            case Comparator.AT_MOST:
                return figure <= self.value
            case Comparator.EQUAL:
                return figure == self.value
            case Comparator.TEXT:
                return None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One target line; `low` and `high` are the bounds outside which a figure is refused."""

    code: str
    name: str
    uom: str
    better: Better
    low: Decimal
    high: Decimal
    whole: bool
    """True where only whole numbers make sense (hộ, người)."""
    group: str
    source: str
    target: Target | None = None
    """What the plan itself demands; None where each unit pledges its own."""
    applies_to: tuple[UnitKind, ...] = ()
    """The kinds of unit it is asked of; all of them where none is named."""
    body: str = ""
    """The one body it is asked of, as «Phòng Nội vụ», where only one can have the figure."""

    def is_asked_of(self, kind: UnitKind, name: str) -> bool:
        if self.body:
            return plain(self.body) == plain(name)
        return not self.applies_to or kind in self.applies_to


@dataclass(frozen=True, slots=True)
class Aim:
    """What a plan asks of units without a measure; shown, never counted."""

    code: str
    name: str
    source: str
