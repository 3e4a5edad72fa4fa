"""Views of the status of duties: how many units stand how, and which of them still owe."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from domain.duties.due_hours import is_over
from domain.duties.duties import days_left
from domain.duties.tallies import MISSING_PARTS, Tally, TallyPart, tally
from domain.plans.deadlines import DutyKind
from usecases.duties.tallies import ClusterCount, Numbered, UnitLine

NUDGE_PAUSE = timedelta(hours=4)
"""Shortest time between two reminders of one unit about one duty, whichever leaders or cluster heads ask for them."""
REMINDED_PARTS = (*MISSING_PARTS, TallyPart.MENDING, TallyPart.SPARED)
"""Parts of a tally whose units can be reminded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSummary(Numbered):
    """How many units of an authority, or of one of its clusters, stand how in one duty."""

    duty_id: int
    """Id of any one unit's duty: it stands for those of all units."""
    kind: DutyKind
    title: str
    cluster_id: int | None
    last_valid_day: date | None
    at: datetime

    @property
    def days_left(self) -> int | None:
        return days_left(self.last_valid_day, today=self.at.date())

    @property
    def is_overdue(self) -> bool:
        """Whether units are missing after the last valid day, other than those with a claimed paper."""
        return is_over(self.last_valid_day, at=self.at) and bool(self.missing_count)

    @property
    def missing_count(self) -> int:
        """How many units can be reminded: all that have not handed in, without those with a claimed paper."""
        return self.tally.count(*REMINDED_PARTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView(StatusSummary):
    """The status of one duty with the names of the units."""

    tally: Tally[UnitLine] = field(default_factory=lambda: Tally({}))
    cluster_name: str | None
    clusters: tuple[ClusterCount, ...]
    """Counts that sum to the whole; units outside every cluster come last."""
    nudges: Mapping[int, datetime] = field(default_factory=dict)
    """{unit_id: local time of its last nudge} of the missing units that may not be nudged again yet."""

    @property
    def missing(self) -> tuple[UnitLine, ...]:
        """The units that can be reminded, see `missing_count`."""
        return self.tally.of(*REMINDED_PARTS)

    @property
    def remindable(self) -> tuple[UnitLine, ...]:
        """Units that a nudge would reach now."""
        return tuple(unit for unit in self.missing if unit.reachable and unit.unit_id not in self.nudges)

    @property
    def nudged_at(self) -> datetime | None:
        """Local time of the last nudge of the missing units, or None if one of them can be nudged now."""
        return None if self.remindable else max(self._nudges_of_missing, default=None)

    @property
    def next_nudge_at(self) -> datetime | None:
        """Local time from which one of the missing units can be nudged again, or None if one can be now."""
        first = None if self.remindable else min(self._nudges_of_missing, default=None)
        return first + NUDGE_PAUSE if first else None

    @property
    def _nudges_of_missing(self) -> list[datetime]:
        return [self.nudges[unit.unit_id] for unit in self.missing if unit.unit_id in self.nudges]

    @property
    def claimed(self) -> tuple[UnitLine, ...]:
        return self.tally.claimed

    @property
    def unfinished(self) -> tuple[UnitLine, ...]:
        """Every unit that is not counted as having handed in."""
        return self.tally.of(*REMINDED_PARTS, TallyPart.PAPER_CLAIMED)


def without(view: StatusView, unit_ids: Collection[int]) -> StatusView:
    """Return the same status as if these units did not owe the duty."""
    lines = [line for part in TallyPart for line in view.tally.of(part) if line.unit_id not in unit_ids]
    return replace(view, tally=tally(lines, lambda line: line.part))
