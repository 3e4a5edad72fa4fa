"""Indicators of a plan: their units of measure, bounds and targets."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.typed_input.words import plain
from domain.units import UnitKind


class Better(StrEnum):
    HIGHER = "HIGHER"
    LOWER = "LOWER"


class Aggregate(StrEnum):
    """How the figures of several units make one."""

    SUM = "SUM"
    MEAN = "MEAN"
    """The plain mean: every unit counts alike."""
    WEIGHTED = "WEIGHTED"
    """The mean in which a unit counts as much as its figure of another indicator."""
    NONE = "NONE"
    """The figures of units make no common one."""


class Comparator(StrEnum):
    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    EQUAL = "="
    TEXT = "text"
    """The target is a text («giữ vững thứ hạng»): people decide whether it is met."""


@dataclass(frozen=True, slots=True)
class Target:
    """A target that the plan itself sets: «từ 95% trở lên», «trên 100%», or a text."""

    comparator: Comparator
    value: Decimal | None
    """The figure to reach, or None if the target is a text."""
    words: str = ""
    excludes: str = ""
    """Text that says which amounts are not counted: «số vốn các đơn vị đăng ký bổ sung» (PLANS.md S1, line 71)."""

    def is_met(self, figure: Decimal) -> bool | None:
        """Whether the figure meets the target, or None if people must decide."""
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
    """One indicator; a figure below `low` or above `high` is refused."""

    code: str
    name: str
    uom: str
    better: Better
    low: Decimal
    high: Decimal
    whole: bool
    """True if only whole numbers make sense (hộ, người)."""
    group: str
    source: str
    target: Target | None = None
    """The plan's own target, or None if each unit pledges its own."""
    applies_to: tuple[UnitKind, ...] = ()
    """Kinds of unit that report it; empty means all kinds."""
    body: str = ""
    """Name of the only unit that reports it, as «Phòng Nội vụ»; empty if several do."""
    aggregate: Aggregate | None = None
    """How units' figures are put together, or None if the plan does not say: then nothing is."""
    weight: str = ""
    """Code of the indicator by which a WEIGHTED mean is weighted; empty for all others."""
    synonyms: tuple[str, ...] = ()
    """Other names that officers use in their reports, as «BHYT»."""

    @property
    def aggregate_wording(self) -> str | None:
        """The value of `aggregate` as in the plan's file: «WEIGHTED by dan-so»."""
        return f"{self.aggregate} by {self.weight}" if self.weight else self.aggregate

    def is_asked_of(self, kind: UnitKind, name: str) -> bool:
        if self.body:
            return plain(self.body) == plain(name)
        return not self.applies_to or kind in self.applies_to


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal of the plan that is not measured; it is shown and never counted."""

    code: str
    name: str
    source: str
