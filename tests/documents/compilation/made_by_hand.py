"""Compiled reports made by hand, put together as the product does it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from dialogs.compilation.samples import COMPILATION
from domain.calendar import VIETNAM
from domain.duties.tallies import TallyPart
from domain.plans.indicators import Aggregate, Better, Indicator
from domain.units import UnitKind
from usecases.compilation.indicators import compiled_indicator
from usecases.compilation.views import Compilation, CompiledUnit, Figures


def indicator(code: str, aggregate: Aggregate | None, *, weight: str = "", whole: bool = False) -> Indicator:
    return Indicator(
        code=code,
        name=f"Chỉ tiêu {code}",
        uom="hộ",
        better=Better.HIGHER,
        low=Decimal(0),
        high=Decimal(10**9),
        whole=whole,
        group="An sinh",
        source="mẫu",
        aggregate=aggregate,
        weight=weight,
    )


INDICATORS = (
    indicator("dan-so", Aggregate.SUM, whole=True),
    indicator("bhyt", Aggregate.WEIGHTED, weight="dan-so"),
    indicator("giai-ngan", Aggregate.MEAN),
    indicator("thu-nhap", Aggregate.NONE),
    indicator("cu", None),
)


def figures(**values: str) -> Figures:
    return {code.replace("_", "-"): Decimal(value) for code, value in values.items()}


def unit(
    number: int,
    name: str,
    cluster: tuple[int, str] | None,
    *,
    values: Figures | None = None,
    pledged: Figures | None = None,
    previous: Figures | None = None,
) -> CompiledUnit:
    """Return a unit; without values it has not handed in."""
    return CompiledUnit(
        unit_id=number,
        name=name,
        kind=UnitKind.COMMUNE,
        cluster_id=cluster[0] if cluster else None,
        cluster_name=cluster[1] if cluster else None,
        part=TallyPart.ON_TIME if values is not None else TallyPart.OWED,
        handed_in_at=datetime(2026, 5, 11, 9, 30, tzinfo=VIETNAM) if values is not None else None,
        as_of=None,
        extended_to=None,
        values=values or {},
        pledged=pledged or {},
        previous=previous or {},
        asked=frozenset(one.code for one in INDICATORS),
    )


def compilation(units: Sequence[CompiledUnit], indicators: Sequence[Indicator] = INDICATORS) -> Compilation:
    return replace(
        COMPILATION,
        owed=len(units),
        handed_in=sum(one.is_handed_in for one in units),
        units=tuple(units),
        indicators=tuple(compiled_indicator(one, units, other_uom=None, previous_uom=None) for one in indicators),
    )
