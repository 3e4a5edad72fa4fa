"""One indicator of a compiled report: its total, and those of the clusters and of the kinds of unit."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from domain.compilation.aggregation import against_pledge, against_previous, total_of
from domain.plans.plans import Indicator
from domain.units import UNIT_KIND_NAMES
from usecases.compilation.views import CompiledGroup, CompiledIndicator, CompiledUnit

OUTSIDE = "Ngoài cụm"
"""Name of the group of units outside every cluster."""

Key = TypeVar("Key", bound=Hashable)
Groups = Sequence[tuple[str, Sequence[CompiledUnit]]]
"""(name, units) of each group."""


def compiled_indicator(
    indicator: Indicator, units: Sequence[CompiledUnit], *, other_uom: str | None, previous_uom: str | None
) -> CompiledIndicator:
    total = total_of(indicator, units)
    pledge, previous = against_pledge(indicator, units), against_previous(indicator, units)
    asked = [unit for unit in units if indicator.code in unit.asked]
    return CompiledIndicator(
        code=indicator.code,
        name=indicator.name,
        uom=indicator.uom,
        group=indicator.group,
        aggregate=indicator.aggregate,
        weight=indicator.weight,
        better=indicator.better,
        whole=indicator.whole,
        value=total.value,
        pledged=pledge.other if pledge else None,
        previous=previous.other if previous else None,
        counted=total.counted,
        asked=len(asked),
        clusters=_groups(indicator, by_cluster(units)),
        kinds=_groups(indicator, by_kind(asked)),
        against_pledge=pledge,
        against_previous=previous,
        other_uom=other_uom,
        previous_uom=previous_uom,
    )


def by_cluster(units: Sequence[CompiledUnit]) -> Groups:
    """Return the clusters in the order in which they were entered, and last the units outside every cluster."""
    groups = _by(sorted(units, key=_cluster), lambda unit: (unit.cluster_id, unit.cluster_name or OUTSIDE))
    return tuple((name, group) for (_, name), group in groups.items())


def _cluster(unit: CompiledUnit) -> tuple[bool, int]:
    return unit.cluster_id is None, unit.cluster_id or 0


def by_kind(units: Sequence[CompiledUnit]) -> Groups:
    return tuple(_by(units, lambda unit: UNIT_KIND_NAMES[unit.kind]).items())


def _by(units: Sequence[CompiledUnit], key: Callable[[CompiledUnit], Key]) -> dict[Key, list[CompiledUnit]]:
    groups: dict[Key, list[CompiledUnit]] = {}
    for unit in units:
        groups.setdefault(key(unit), []).append(unit)
    return groups


def _groups(indicator: Indicator, groups: Groups) -> tuple[CompiledGroup, ...]:
    return tuple(_group(indicator, name, units) for name, units in groups)


def _group(indicator: Indicator, name: str, units: Sequence[CompiledUnit]) -> CompiledGroup:
    total = total_of(indicator, units)
    return CompiledGroup(
        name=name,
        value=total.value,
        handed_in=sum(unit.is_handed_in for unit in units),
        owed=len(units),
        counted=total.counted,
        against_pledge=against_pledge(indicator, units),
        against_previous=against_previous(indicator, units),
    )
