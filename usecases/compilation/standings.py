"""The units of a compiled report, from plain rows: who handed in, when, and which figures."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, NamedTuple

from domain.duties.due_hours import timed
from domain.duties.extensions import DueDays
from domain.plans.deadlines import DutyKind
from domain.plans.plans import Plan
from domain.submissions.submissions import HANDED_IN, State
from domain.units import UnitKind
from usecases.compilation.units_of_measure import UnitsOfMeasure
from usecases.compilation.views import CompiledUnit, Figures
from usecases.duties.views import DutyView, view_duty


class OwingUnit(NamedTuple):
    id: int
    """Id of its duty."""
    unit_id: int
    name: str
    unit_kind: UnitKind
    last_valid_day: date | None
    extended_to: date | None
    last_second: time | None


@dataclass(frozen=True, slots=True)
class OwedDuty:
    """The columns of one unit's duty that its view is made of."""

    id: int
    kind: DutyKind
    name: str
    unit_id: int
    days: DueDays


class HandIn(NamedTuple):
    """A row of a submission."""

    duty_id: int
    slot: int
    state: State
    revision: int
    submitted_at: datetime | None
    counts_from: datetime | None
    as_of: date | None

    @property
    def is_begun(self) -> bool:
        return bool(self.revision or self.slot or self.submitted_at)


@dataclass(frozen=True, slots=True)
class UnitRows:
    """The rows of one duty, of all units."""

    kind: DutyKind
    title: str
    year: int
    units: Sequence[OwingUnit]
    hand_ins: Iterable[HandIn]
    claimed: Collection[int]
    """Ids of the units that say they handed in on paper."""
    clusters: Mapping[int, tuple[int, str]]
    """{unit_id: (id, name) of its cluster}; units outside every cluster are left out."""


class EnteredFigures:
    """The figures that units handed in, added batch by batch."""

    def __init__(self, plan_code: str, uoms: UnitsOfMeasure) -> None:
        self._plan_code = plan_code
        self._uoms = uoms
        self.values: dict[int, Figures] = {}
        self.reasons: dict[int, dict[str, str]] = {}
        self.other_uoms: dict[str, str] = {}
        """{indicator code: unit of measure of figures entered before the plan changed it}; these do not count."""

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows of (unit_id, indicator, value or None, reason or None, time at which it was entered)."""
        for unit_id, indicator, value, reason, at in rows:
            if indicator not in self._uoms.now:
                continue
            if reason:
                self.reasons.setdefault(unit_id, {})[indicator] = reason
            if value is None:
                continue
            if other := self._uoms.other(self._plan_code, indicator, at=at):
                self.other_uoms[indicator] = other
            else:
                self.values.setdefault(unit_id, {})[indicator] = value


@dataclass(frozen=True, slots=True)
class Comparable:
    """What the figures are compared with: {unit_id: figures} each."""

    pledged: Mapping[int, Figures]
    previous: Mapping[int, Figures]


@dataclass(frozen=True, slots=True)
class UnitStandings:
    """Everything that the units of a compiled report are made of."""

    rows: UnitRows
    plan: Plan
    entered: EnteredFigures
    compared: Comparable
    now: datetime
    """Local time."""

    def units(self) -> tuple[CompiledUnit, ...]:
        """Return the units in the order of the rows."""
        hand_ins: dict[int, list[HandIn]] = {}
        for one in self.rows.hand_ins:
            hand_ins.setdefault(one.duty_id, []).append(one)
        return tuple(self._unit(unit, hand_ins.get(unit.id, ())) for unit in self.rows.units)

    def _unit(self, unit: OwingUnit, hand_ins: Sequence[HandIn]) -> CompiledUnit:
        days = DueDays(timed(unit.last_valid_day, unit.last_second), unit.extended_to)
        view = self._view(unit, days, hand_ins)
        hours = [one.counts_from for one in hand_ins if one.counts_from]
        asked = frozenset(indicator.code for indicator in self.plan.indicators_of(unit.unit_kind, unit.name))
        cluster_id, cluster_name = self.rows.clusters.get(unit.unit_id, (None, None))
        return CompiledUnit(
            unit_id=unit.unit_id,
            name=unit.name,
            kind=unit.unit_kind,
            cluster_id=cluster_id,
            cluster_name=cluster_name,
            part=view.part,
            handed_in_at=min(hours).astimezone(self.now.tzinfo) if hours and not view.is_owed else None,
            as_of=next((one.as_of for one in hand_ins if one.slot == 0 and one.state in HANDED_IN), None),
            extended_to=days.extended,
            on_paper=view.on_paper,
            # What was handed in and has come back is being corrected: its figures do not count, as the unit does not.
            values={} if view.is_owed else _asked(self.entered.values.get(unit.unit_id, {}), asked),
            pledged=_asked(self.compared.pledged.get(unit.unit_id, {}), asked),
            previous=_asked(self.compared.previous.get(unit.unit_id, {}), asked),
            reasons={} if view.is_owed else self.entered.reasons.get(unit.unit_id, {}),
            asked=asked,
        )

    def _view(self, unit: OwingUnit, days: DueDays, hand_ins: Sequence[HandIn]) -> DutyView:
        duty = OwedDuty(unit.id, self.rows.kind, self.rows.title, unit.unit_id, days)
        view = view_duty(self.now, duty, hand_ins, unit_name=unit.name)
        return replace(view, is_claimed=unit.unit_id in self.rows.claimed)


def _asked(figures: Figures, asked: Collection[str]) -> Figures:
    return {code: value for code, value in figures.items() if code in asked}
