"""The one count of a duty's units, shown alike by every list, scoreboard, digest, reminder and export."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from domain.duties.tallies import HANDED_IN_PARTS, Counts, PartCounts, Tally, TallyPart, tally
from models.duties.duties import Duty
from models.duties.tallies import TallyLine
from models.organisation.clusters import Cluster
from usecases.context import Context
from usecases.duties.views import DutyView

OUTSIDE = "Ngoài cụm"


class UnitLine(NamedTuple):
    """One unit among those that owe a duty; a tuple, for thousands of them are made for one screen."""

    unit_id: int
    name: str
    part: TallyPart
    extended_until: date | None = None
    """The granted day, while it is ahead."""
    reachable: bool = True
    """Whether somebody of the unit can be written to; True if that was not asked."""


@dataclass(frozen=True, slots=True)
class ClusterCount:
    name: str
    handed_in: int
    owed: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """Base of the views that say how many units stand how in one duty."""

    tally: Counts = field(default_factory=lambda: PartCounts({}))

    @property
    def owed(self) -> int:
        return self.tally.total

    @property
    def handed_in(self) -> int:
        return self.tally.handed_in

    @property
    def percent(self) -> int:
        return self.tally.percent

    @property
    def on_time(self) -> int:
        """Number of units that handed in by the plan's own day."""
        return self.tally.count(TallyPart.ON_TIME)

    @property
    def in_extension(self) -> int:
        """Number of units that handed in after the plan's day and by the granted day."""
        return self.tally.count(TallyPart.IN_EXTENSION)

    @property
    def late(self) -> int:
        return self.tally.count(TallyPart.LATE)


@dataclass(frozen=True, slots=True)
class Counted(Numbered):
    """Base of the views that also name the units."""

    tally: Tally[UnitLine] = field(default_factory=lambda: Tally({}))


def tally_lines(lines: Iterable[TallyLine]) -> Tally[UnitLine]:
    """Tally units whose parts the database has decided."""
    found: dict[str, list[UnitLine]] = {part: [] for part in TallyPart}
    unnamed: Counter[TallyPart] = Counter()
    spared = TallyPart.SPARED
    for unit_id, name, part, ahead_until, _, units in lines:
        known = _PARTS[part]
        if unit_id is None or name is None:
            unnamed[known] += units
        else:
            found[part].append(UnitLine(unit_id, name, known, ahead_until if known is spared else None))
    return Tally({part: tuple(found[part]) for part in TallyPart if found[part]}, unnamed)


_PARTS = {part.value: part for part in TallyPart}
_HANDED_IN = frozenset(part.value for part in HANDED_IN_PARTS)


def count_lines(lines: Iterable[TallyLine], names: Mapping[int, str]) -> tuple[ClusterCount, ...]:
    """Return the counts by cluster like `count_clusters`; `names` are those of the clusters by id."""
    owed: Counter[int | None] = Counter()
    handed_in: Counter[int | None] = Counter()
    for _, _, part, _, cluster_id, units in lines:
        owed[cluster_id] += units
        if part in _HANDED_IN:
            handed_in[cluster_id] += units
    return tuple(
        ClusterCount(OUTSIDE if cluster_id is None else names[cluster_id], handed_in[cluster_id], count)
        for cluster_id, count in sorted(owed.items(), key=lambda item: (item[0] is None, item[0] or 0))
    )


def tally_units(views: Iterable[DutyView], *, reached: Collection[int] | None = None) -> Tally[UnitLine]:
    """Tally the units of one duty. `reached` are the ids of units that can be written to, None if that is not asked."""
    lines = [
        UnitLine(
            view.unit_id,
            view.unit_name,
            view.part,
            extended_until=view.extended_until if view.part is TallyPart.SPARED else None,
            reachable=reached is None or view.unit_id in reached,
        )
        for view in views
    ]
    return tally(lines, lambda line: line.part)


def last_day(group: Sequence[Duty]) -> date | None:
    """Return the latest last valid day of the group, with its hour: kinds of unit may have earlier ones."""
    return max((last for duty in group if (last := duty.days.statutory)), default=None)


def membership_day(ctx: Context, group: Sequence[Duty]) -> date:
    """Return the day whose clusters count: today, or the last valid day once it has passed.

    Units that merged after that day are still counted in the clusters of that day.
    """
    return min(last_day(group) or ctx.today, ctx.today)


def count_clusters(views: Iterable[DutyView], of_unit: Mapping[int, Cluster]) -> tuple[ClusterCount, ...]:
    """Return the counts by cluster, and as the last one that of units outside every cluster: they sum to the whole."""
    found: dict[tuple[bool, int], list[DutyView]] = {}
    for view in views:
        cluster = of_unit.get(view.unit_id)
        found.setdefault((cluster is None, cluster.id if cluster else 0), []).append(view)
    names = {cluster.id: cluster.name for cluster in of_unit.values()}
    return tuple(
        _cluster_count(OUTSIDE if is_outside else names[cluster_id], group)
        for (is_outside, cluster_id), group in sorted(found.items(), key=lambda item: item[0])
    )


def _cluster_count(name: str, group: Sequence[DutyView]) -> ClusterCount:
    counted = tally_units(group)
    return ClusterCount(name, counted.handed_in, counted.total)
