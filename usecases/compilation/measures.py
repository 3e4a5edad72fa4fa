"""What all units pledged and reported before, for all of them at once; mergers are combined as on a unit's own form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from domain.plans.plans import Plan
from domain.successions import combine
from usecases.compilation.units_of_measure import UnitsOfMeasure
from usecases.compilation.views import Figures


class EarlierDuty(NamedTuple):
    """A pledge, or a report of the year before."""

    duty_id: int
    unit_id: int
    plan_code: str
    last_valid_day: date | None


class EarlierFigure(NamedTuple):
    duty_id: int
    indicator: str
    value: Decimal
    at: datetime
    """Time at which it was entered: it tells the unit of measure."""


@dataclass(frozen=True, slots=True)
class Mergers:
    """The units that merged into others by the day that counts."""

    merged: Mapping[int, Sequence[int]]
    """{unit_id: ids of the units that merged into it, of those that merged into them, and so on}."""
    lifetimes: Mapping[int, tuple[date, date | None]]
    """{unit_id: (first day, last day)} of all units named above."""

    def lived(self, unit_id: int, day: date) -> bool:
        first, last = self.lifetimes[unit_id]
        return first <= day and (last is None or day <= last)


def merged_into(merges: Iterable[tuple[int, int]], unit_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return {unit_id: ids of all units merged into it}, from (unit, the unit that it merged into) pairs.

    Units without any are left out.
    """
    parts: dict[int, list[int]] = {}
    for unit_id, heir in merges:
        parts.setdefault(heir, []).append(unit_id)
    return {unit_id: found for unit_id in unit_ids if (found := _below(parts, unit_id))}


def _below(parts: Mapping[int, Sequence[int]], unit_id: int) -> list[int]:
    found: dict[int, None] = {}
    open_ends = [unit_id]
    while open_ends:
        for part in parts.get(open_ends.pop(), ()):
            if part not in found and part != unit_id:
                found[part] = None
                open_ends.append(part)
    return [*found]


@dataclass(frozen=True, slots=True)
class EarlierFigures:
    """Figures of all units from one earlier duty, in the plan's present units of measure."""

    by_unit: Mapping[int, Figures]
    """{unit_id: its figures, with those of the units merged into it}; units without any are left out."""
    other_uoms: Mapping[str, str]
    """{indicator code: the unit of measure in which it was entered then}; these figures are left out above."""


def earlier_figures(
    plan: Plan,
    duties: Sequence[EarlierDuty],
    figures: Iterable[EarlierFigure],
    mergers: Mergers,
    uoms: UnitsOfMeasure,
) -> EarlierFigures:
    """Put the figures of earlier duties to the units that answer for them today; the first duty of a unit counts."""
    first: dict[int, EarlierDuty] = {}
    for duty in duties:
        first.setdefault(duty.unit_id, duty)
    of_duty = {duty.duty_id: duty for duty in first.values()}
    known = {indicator.code: indicator.uom for indicator in plan.indicators}
    own: dict[int, Figures] = {}
    others: dict[str, str] = {}
    for figure in figures:
        duty_of = of_duty.get(figure.duty_id)
        if duty_of is None or figure.indicator not in known:
            continue
        uom = uoms.of(duty_of.plan_code, figure.indicator, at=figure.at)
        if uom not in (None, known[figure.indicator]):
            others[figure.indicator] = str(uom)
        else:
            own.setdefault(duty_of.unit_id, {})[figure.indicator] = figure.value
    merged = {
        unit_id: _combined([unit_id, *parts], first, own, mergers, known) for unit_id, parts in mergers.merged.items()
    }
    return EarlierFigures({**own, **merged}, others)


def _combined(
    unit_ids: Sequence[int],
    duties: Mapping[int, EarlierDuty],
    figures: Mapping[int, Figures],
    mergers: Mergers,
    uoms: Mapping[str, str],
) -> Figures:
    """Combine the figures of a unit and of those merged into it; without one of them a sum would be that of a part."""
    found = [duties[unit_id] for unit_id in unit_ids if unit_id in duties]
    day = next((duty.last_valid_day for duty in found), None)
    if day is not None and any(unit_id not in duties and mergers.lived(unit_id, day) for unit_id in unit_ids):
        return {}
    each: list[Figures] = [figures.get(duty.unit_id, {}) for duty in found]
    if len(each) < 2:
        return each[0] if each else {}
    shared = set[str].intersection(*(set(values) for values in each))
    sums: dict[str, Any] = {code: combine([values[code] for values in each], uoms[code]) for code in shared}
    return {code: value for code, value in sums.items() if value is not None}
