"""Figures that a reviewer should check: far from the unit's last figure or pledge, or from other units' figures."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from domain.plans.indicators import Target
from domain.typed_input.figures import change_in_percent, is_off_trend

FEWEST_NEIGHBOURS = 3
"""Fewest figures of other units whose median is used."""


class Yardstick(StrEnum):
    PREVIOUS = "PREVIOUS"
    MEDIAN = "MEDIAN"
    PLEDGE = "PLEDGE"
    PLAN = "PLAN"
    """The plan's own target."""
    NONE = "NONE"
    """There is no figure, only a reason why."""


@dataclass(frozen=True, slots=True)
class NeighbourFigures:
    """Figures of an indicator that the other units of the cluster have handed in.

    They are parsed when they are asked for: of most lines nobody looks at them.
    """

    joined: str = ""
    """Figures with blanks between them."""

    @property
    def values(self) -> list[Decimal]:
        return [Decimal(figure) for figure in self.joined.split()]

    @property
    def median(self) -> Decimal | None:
        return median(self.values) if self.joined else None


@dataclass(frozen=True, slots=True)
class Outlier:
    yardstick: Yardstick
    percent: Decimal | None = None
    """Deviation from the yardstick (per cent, negative below it), or None if it is not measured."""


def outliers_of(
    value: Decimal | None, *, pledged: Decimal | None, previous: Decimal | None, neighbours: NeighbourFigures
) -> tuple[Outlier, ...]:
    """Return the reasons to check a reported figure; empty if there are none.

    Units differ in size, so `neighbours` count only without a previous figure. A figure below the pledge is no outlier,
    because the year may not be over; a figure far above it is one.
    """
    if value is None:
        return (Outlier(Yardstick.NONE),)
    found = []
    if is_off_trend(value, previous):
        found.append(_off(Yardstick.PREVIOUS, value, previous))
    others = neighbours.values if previous is None else ()
    middle = median(others) if len(others) >= FEWEST_NEIGHBOURS else None
    if is_off_trend(value, middle):
        found.append(_off(Yardstick.MEDIAN, value, middle))
    if pledged is not None and value > pledged and is_off_trend(value, pledged):
        found.append(_off(Yardstick.PLEDGE, value, pledged))
    return tuple(found)


def outliers_of_pledge(value: Decimal, *, previous: Decimal | None, demanded: Target | None) -> tuple[Outlier, ...]:
    """Return the reasons to check a pledged target: far from last year's figure, or short of the plan's target."""
    found = [_off(Yardstick.PREVIOUS, value, previous)] if is_off_trend(value, previous) else []
    if demanded is not None and demanded.is_met(value) is False:
        found.append(Outlier(Yardstick.PLAN))
    return tuple(found)


def _off(yardstick: Yardstick, value: Decimal, measure: Decimal | None) -> Outlier:
    return Outlier(yardstick, change_in_percent(value, measure))
