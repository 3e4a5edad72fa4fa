"""Aggregation of units' figures into one, in exact decimals; a figure that is missing is never zero."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Protocol

from domain.plans.indicators import Aggregate, Indicator
from domain.typed_input.figures import change_in_percent

FiguresByIndicator = Mapping[str, Decimal]
"""{indicator code: figure} of one unit."""

_EXACT = Context(prec=100, rounding=ROUND_HALF_UP)
_SMALLEST = Decimal("0.000001")
"""Last place of a mean: an endless one is rounded there, halves up."""
_HUNDRED = Decimal(100)


class UnitFigures(Protocol):
    """The figures of one unit; what it has not handed in is left out."""

    @property
    def values(self) -> FiguresByIndicator: ...
    @property
    def pledged(self) -> FiguresByIndicator: ...
    @property
    def previous(self) -> FiguresByIndicator: ...


@dataclass(frozen=True, slots=True)
class Total:
    """The common figure of several units."""

    value: Decimal | None
    """None if no unit counts, or the plan puts the figures together in no way."""
    counted: int
    """Number of units in the value; if there is none, number of units that have a figure."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures of those units that have both, the figure and what it is compared with."""

    value: Decimal
    other: Decimal
    units: int

    @property
    def percent(self) -> Decimal | None:
        """The value in per cent of the other, or None if that is zero or less."""
        if self.other <= 0:
            return None
        with localcontext(_EXACT):
            return _rounded(self.value * _HUNDRED / self.other)

    @property
    def change(self) -> Decimal:
        with localcontext(_EXACT):
            return self.value - self.other

    @property
    def change_in_percent(self) -> Decimal | None:
        return change_in_percent(self.value, self.other)


def total_of(indicator: Indicator, units: Iterable[UnitFigures]) -> Total:
    """Return the figures of the units put together as the plan says; a WEIGHTED mean counts units with both figures."""
    code = indicator.code
    if indicator.aggregate in (None, Aggregate.NONE):
        return Total(None, sum(code in unit.values for unit in units))
    found = [(unit.values[code], unit.values.get(indicator.weight)) for unit in units if _has(unit.values, indicator)]
    return Total(_put_together(indicator, found), len(found))


def against_pledge(indicator: Indicator, units: Iterable[UnitFigures]) -> Comparison | None:
    """Return the figures and the pledges of the units that have both, or None if no unit has, or nothing is put
    together.

    The pledges of a WEIGHTED mean are weighted as the figures are: only the rates differ.
    """
    code, weight = indicator.code, indicator.weight
    return _compared(
        indicator,
        [
            (unit.values[code], unit.pledged[code], unit.values.get(weight), unit.values.get(weight))
            for unit in units
            if _has(unit.values, indicator) and code in unit.pledged
        ],
    )


def against_previous(indicator: Indicator, units: Iterable[UnitFigures]) -> Comparison | None:
    """Return the figures of this period and the last of the units that have both, like `against_pledge`.

    Each period of a WEIGHTED mean has its own weights.
    """
    code, weight = indicator.code, indicator.weight
    return _compared(
        indicator,
        [
            (unit.values[code], unit.previous[code], unit.values.get(weight), unit.previous.get(weight))
            for unit in units
            if _has(unit.values, indicator) and _has(unit.previous, indicator)
        ],
    )


def _has(figures: FiguresByIndicator, indicator: Indicator) -> bool:
    return indicator.code in figures and (not indicator.weight or indicator.weight in figures)


_Pair = tuple[Decimal, Decimal, Decimal | None, Decimal | None]
"""(figure, other figure, weight of the first, weight of the other)."""


def _compared(indicator: Indicator, pairs: Sequence[_Pair]) -> Comparison | None:
    value = _put_together(indicator, [(value, weight) for value, _, weight, _ in pairs])
    other = _put_together(indicator, [(other, weight) for _, other, _, weight in pairs])
    return None if value is None or other is None else Comparison(value, other, len(pairs))


def _put_together(indicator: Indicator, figures: Collection[tuple[Decimal, Decimal | None]]) -> Decimal | None:
    if not figures:
        return None
    with localcontext(_EXACT):
        match indicator.aggregate:
            case Aggregate.SUM:
                return sum((value for value, _ in figures), Decimal())
            case Aggregate.MEAN:
                return _rounded(sum((value for value, _ in figures), Decimal()) / len(figures))
            case Aggregate.WEIGHTED:
                weighed = sum((weight for _, weight in figures if weight is not None), Decimal())
                products = (value * weight for value, weight in figures if weight is not None)
                # Weights that are all zero say nothing about the mean.
                return _rounded(sum(products, Decimal()) / weighed) if weighed > 0 else None
            case _:
                return None


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_SMALLEST, context=_EXACT)


def spell(value: Decimal | None) -> str | None:
    """Return a plain decimal string without exponent and without zeros at its end: «1234.5»."""
    if value is None:
        return None
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
