"""The one count of a duty's units, which every list, board, digest, reminder and export shows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.duties.tallies import Tally, TallyPart, tally
from models.duties.duties import Duty
from models.organisation.units import Cluster
from usecases.context import Context
from usecases.duties.views import DutyView


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit among those that owe a duty."""

    unit_id: int
    name: str
    part: TallyPart
    extended_until: date | None = None
    """The day that was granted, while it is ahead."""
    reachable: bool = True
    """Somebody of the unit can be written to; asked only of units that can be reminded."""


@dataclass(frozen=True, slots=True)
class ClusterCount:
    name: str
    handed_in: int
    owed: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What every view of one duty's units is made of."""

    tally: Tally[UnitLine] = field(default_factory=lambda: Tally({}))

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
        """By the plan's own day."""
        return self.tally.count(TallyPart.ON_TIME)

    @property
    def in_extension(self) -> int:
        """Late by the plan, in time by what was granted."""
        return self.tally.count(TallyPart.IN_EXTENSION)

    @property
    def late(self) -> int:
        return self.tally.count(TallyPart.LATE)


def tally_units(views: Iterable[DutyView], *, reached: Collection[int] | None = None) -> Tally[UnitLine]:
    """Tally the units of one duty; `reached` are the ids of units that can be written to, None if that is not asked."""
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
    """The latest last valid day of a group: some kinds of unit may have an earlier day of their own."""
    return max((duty.last_valid_day for duty in group if duty.last_valid_day), default=None)


def membership_day(ctx: Context, group: Sequence[Duty]) -> date:
    """The day whose clusters count: units that merged after the last valid day still count where they stood then."""
    return min(last_day(group) or ctx.today, ctx.today)


def count_clusters(views: Iterable[DutyView], of_unit: Mapping[int, Cluster]) -> tuple[ClusterCount, ...]:
    """Counts by cluster, and last those of units outside every cluster, so that they sum to the whole."""
    found: dict[tuple[bool, int], list[DutyView]] = {}
    for view in views:
        cluster = of_unit.get(view.unit_id)
        found.setdefault((cluster is None, cluster.id if cluster else 0), []).append(view)
    names = {cluster.id: cluster.name for cluster in of_unit.values()}
    return tuple(
        _cluster_count("Ngoài cụm" if is_outside else names[cluster_id], group)
        for (is_outside, cluster_id), group in sorted(found.items(), key=lambda item: item[0])
    )


def _cluster_count(name: str, group: Sequence[DutyView]) -> ClusterCount:
    counted = tally_units(group)
    return ClusterCount(name, counted.handed_in, counted.total)
