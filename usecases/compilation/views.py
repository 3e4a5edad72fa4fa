"""A compiled report as it is shown, printed and drafted from."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from domain.compilation.aggregation import Comparison
from domain.duties.tallies import HANDED_IN_PARTS, TallyPart
from domain.plans.deadlines import DutyKind
from domain.plans.indicators import Aggregate, Better
from domain.units import UnitKind

Figures = dict[str, Decimal]
"""{indicator code: figure}; what is missing is left out."""


@dataclass(frozen=True, slots=True)
class CompiledGroup:
    """One indicator among the units of a cluster, or of a kind."""

    name: str
    value: Decimal | None
    handed_in: int
    """Number of units of the group that handed in the duty, whether they report the indicator or not."""
    owed: int
    counted: int = 0
    """Number of units in the value."""
    against_pledge: Comparison | None = None
    against_previous: Comparison | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledIndicator:
    code: str
    name: str
    uom: str
    group: str
    aggregate: Aggregate | None
    """None if the plan does not say how units' figures are put together."""
    weight: str
    """Code of the indicator that weights a WEIGHTED mean, else empty."""
    better: Better
    whole: bool
    """Whether only whole numbers make sense."""
    value: Decimal | None
    pledged: Decimal | None
    """Pledges of the units that have both; compare it with `against_pledge.value`, not with `value`."""
    previous: Decimal | None
    """Last period's figures of the units that have both; compare it with `against_previous.value`."""
    counted: int
    """Number of units in the value; without a value, number of units that have a figure."""
    asked: int
    """Number of units that report the indicator."""
    clusters: tuple[CompiledGroup, ...]
    """All clusters of the duty, units outside every cluster last."""
    kinds: tuple[CompiledGroup, ...]
    """The kinds of unit that report the indicator."""
    against_pledge: Comparison | None = None
    against_previous: Comparison | None = None
    other_uom: str | None = None
    """Unit of measure in which some units entered this period's figures before the plan changed; they do not count."""
    previous_uom: str | None = None
    """Last period's unit of measure, if it was another one: its figures are not compared."""

    @property
    def aggregate_wording(self) -> str | None:
        """As in the plan's file: «WEIGHTED by dan-so»."""
        return f"{self.aggregate} by {self.weight}" if self.weight else self.aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledUnit:
    unit_id: int
    name: str
    kind: UnitKind
    cluster_id: int | None
    cluster_name: str | None
    """None if the unit is outside every cluster."""
    part: TallyPart
    handed_in_at: datetime | None
    """Local time of the hand-in that decides punctuality, or None if the duty is still owed."""
    as_of: date | None
    """Day through which the figures of an estimate («ước thực hiện») are actual, or None for final figures."""
    extended_to: date | None
    """The granted day, if a later one than the plan's was granted."""
    on_paper: bool = False
    """Whether the standing body has it on paper only: there are no figures then."""
    values: Figures = field(default_factory=dict)
    pledged: Figures = field(default_factory=dict)
    previous: Figures = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    """{indicator code: reason why there is no figure, or why it is far off the last period's}."""
    asked: frozenset[str] = frozenset()
    """Codes of the indicators that the unit reports."""

    @property
    def is_handed_in(self) -> bool:
        return self.part in HANDED_IN_PARTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Compilation:
    """What the units handed in for one duty, as of one moment."""

    duty_id: int
    plan_code: str
    code: str
    kind: DutyKind
    year: int
    turn: int
    title: str
    """With its year: «Báo cáo 6 tháng 2026»."""
    period: str
    """«6 tháng đầu năm 2026»."""
    previous_period: str
    """«6 tháng 2025»."""
    authority_id: int
    authority_name: str
    office_name: str
    """Name of the authority's standing body."""
    issuer: str
    """Issuer of the plan."""
    at: datetime
    """Local time."""
    last_valid_day: date | None
    owed: int
    handed_in: int
    indicators: tuple[CompiledIndicator, ...]
    """Empty for a duty that is handed in as a file."""
    units: tuple[CompiledUnit, ...]

    @property
    def missing(self) -> tuple[CompiledUnit, ...]:
        """Every unit that is not counted as having handed in."""
        return tuple(unit for unit in self.units if not unit.is_handed_in)

    def indicator(self, code: str) -> CompiledIndicator:
        return next(indicator for indicator in self.indicators if indicator.code == code)
