"""Figures that a reviewer should look at twice: far off what the unit reported or pledged, or off its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from domain.plans.indicators import Target
from domain.typed_input.figures import change_in_percent, is_off_trend

FEWEST_NEIGHBOURS = 3
"""Fewer figures make no median worth holding anybody against."""


class Yardstick(StrEnum):
    PREVIOUS = "PREVIOUS"
    MEDIAN = "MEDIAN"
    PLEDGE = "PLEDGE"
    PLAN = "PLAN"
    """What the plan demands of everybody."""
    NONE = "NONE"
    """There is no figure, only the reason why."""


@dataclass(frozen=True, slots=True)
class Outlier:
    yardstick: Yardstick
    percent: Decimal | None = None
    """How far off, negative below."""


def outliers_of(
    value: Decimal | None, *, pledged: Decimal | None, previous: Decimal | None, neighbours: Sequence[Decimal]
) -> tuple[Outlier, ...]:
    """Of a reported figure. Units differ in size: neighbours count only where the unit's own past is not known.

    What lies below the pledge is no outlier, for the year may not be over; what lies far above it is one.
    """
    if value is None:
        return (Outlier(Yardstick.NONE),)
    found = []
    if is_off_trend(value, previous):
        found.append(_off(Yardstick.PREVIOUS, value, previous))
    middle = median(neighbours) if previous is None and len(neighbours) >= FEWEST_NEIGHBOURS else None
    if is_off_trend(value, middle):
        found.append(_off(Yardstick.MEDIAN, value, middle))
    if pledged is not None and value > pledged and is_off_trend(value, pledged):
        found.append(_off(Yardstick.PLEDGE, value, pledged))
    return tuple(found)


def outliers_of_pledge(value: Decimal, *, previous: Decimal | None, demanded: Target | None) -> tuple[Outlier, ...]:
    """Of a target that a unit sets itself: beside last year's, and beside what the plan demands."""
    found = [_off(Yardstick.PREVIOUS, value, previous)] if is_off_trend(value, previous) else []
    if demanded is not None and demanded.is_met(value) is False:
        found.append(Outlier(Yardstick.PLAN))
    return tuple(found)


def _off(yardstick: Yardstick, value: Decimal, measure: Decimal | None) -> Outlier:
    return Outlier(yardstick, change_in_percent(value, measure))
