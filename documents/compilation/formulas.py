"""Formulas of the compiled sheet: what stands below the columns of an indicator, for an office to check.

A cell that is empty is missing, never zero: it takes part in no sum, no mean and no comparison.
"""

from dataclasses import dataclass
from decimal import Decimal

from domain.compilation.aggregation import Comparison
from domain.plans.indicators import Aggregate
from usecases.compilation.views import CompiledGroup, CompiledIndicator


@dataclass(frozen=True, slots=True)
class Formula:
    text: str
    cached: Decimal | int | None
    """The value that a viewer shows which does not compute, or None for an empty one."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """The columns of one indicator, as ranges of cells over all units."""

    value: str
    pledged: str
    previous: str
    weight: str = ""
    """Range of the weights of a WEIGHTED mean, else empty."""
    previous_weight: str = ""

    def beside_pledge(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.value, self.weight, self.pledged)))

    def beside_previous(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.value, self.weight, self.previous, self.previous_weight)))


@dataclass(frozen=True, slots=True)
class Totals:
    """The formulas below one column, from above; None stands for an empty cell."""

    total: Formula | None
    counted: Formula | None
    same_units: Formula | None = None
    """The figures of those units alone that have both."""
    percent: Formula | None = None


def totals_of_values(indicator: CompiledIndicator, group: CompiledIndicator | CompiledGroup, ranges: Ranges) -> Totals:
    """Return the total of the figures; `group` is the whole, or the group that the sheet is about."""
    counts = f"=COUNTIFS({_are_there(*filter(None, (ranges.value, ranges.weight)))})"
    counted = Formula(counts, group.counted)
    match indicator.aggregate:
        case Aggregate.SUM:
            text = f'=IF(COUNT({ranges.value})=0,"",SUM({ranges.value}))'
        case Aggregate.MEAN:
            text = f'=IF(COUNT({ranges.value})=0,"",AVERAGE({ranges.value}))'
        case Aggregate.WEIGHTED:
            weighed = f"SUMPRODUCT({_flags(ranges.value)},{ranges.weight})"
            text = f'=IF({weighed}=0,"",SUMPRODUCT({ranges.value},{ranges.weight})/{weighed})'
        case _:
            return Totals(None, counted)
    return Totals(Formula(text, group.value), counted)


def totals_beside(
    indicator: CompiledIndicator,
    comparison: Comparison | None,
    ranges: Ranges,
    *,
    is_pledge: bool,
    cells: tuple[str, str],
) -> Totals:
    """Return the formulas below the pledges, or the last period's figures, of those units that have both.

    `cells` are the addresses of the cells of `total` and `same_units`.
    """
    if indicator.aggregate in (None, Aggregate.NONE):
        return Totals(None, None)
    beside = ranges.beside_pledge() if is_pledge else ranges.beside_previous()
    other = ranges.pledged if is_pledge else ranges.previous
    other_weight = ranges.weight if is_pledge else ranges.previous_weight
    total, same = cells
    return Totals(
        total=Formula(_over(indicator, other, other_weight, beside), comparison.other if comparison else None),
        counted=Formula(f"=COUNTIFS({_are_there(*beside)})", comparison.units if comparison else 0),
        same_units=Formula(
            _over(indicator, ranges.value, ranges.weight, beside), comparison.value if comparison else None
        ),
        percent=Formula(
            f'=IFERROR(IF({total}>0,{same}/{total}*100,""),"")', comparison.percent if comparison else None
        ),
    )


def _over(indicator: CompiledIndicator, column: str, weight: str, beside: tuple[str, ...]) -> str:
    """Return the formula of one column over the units that have a figure in all columns `beside`."""
    there = _are_there(*beside)
    if indicator.aggregate is Aggregate.SUM:
        return f'=IF(COUNTIFS({there})=0,"",SUMIFS({column},{there}))'
    if indicator.aggregate is Aggregate.MEAN:
        return f'=IF(COUNTIFS({there})=0,"",AVERAGEIFS({column},{there}))'
    weighed = f"SUMPRODUCT({_flags(*beside)},{weight})"
    return f'=IF({weighed}=0,"",SUMPRODUCT({_flags(*beside)},{column},{weight})/{weighed})'


def _are_there(*columns: str) -> str:
    return ",".join(f'{column},"<>"' for column in columns)


def _flags(*columns: str) -> str:
    return ",".join(f'--({column}<>"")' for column in columns)
