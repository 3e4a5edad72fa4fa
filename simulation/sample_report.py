"""The half-year report that measured officers hand in: fifteen figures, the first of which differs by officer."""

from decimal import Decimal
from functools import cache

from domain.units import UnitKind
from models.plans.in_force import parsed
from plans.catalogue import shipped_plan
from simulation.half_province import PROVINCE_PLAN

TYPED = ("46,2", "68,4", "93,4", "210", "12", "140", "65", "3", "2", "96,5", "18", "4", "88,9", "6")
"""All figures but the first, as officers type them."""
_DIFFERENT = 900


@cache
def _indicators() -> tuple[tuple[str, str, str], ...]:
    """Return the code, name and unit of measure of each line."""
    plan = parsed(shipped_plan(PROVINCE_PLAN))
    return tuple((one.code, one.name, one.uom) for one in plan.indicators if one.is_asked_of(UnitKind.COMMUNE, ""))


def typed_by(officer: int) -> tuple[str, ...]:
    """Return the figures in the order of the form."""
    return (f"{10 + officer % _DIFFERENT},5", *TYPED)


def pasted_by(officer: int) -> str:
    """Return the report as one text, a line for each figure."""
    lines = zip(_indicators(), typed_by(officer), strict=True)
    return "\n".join(f"{name}: {figure} {uom}" for (_, name, uom), figure in lines)


def figures_of(officer: int) -> dict[str, Decimal]:
    """Return {indicator code: figure}, as they are stored."""
    lines = zip(_indicators(), typed_by(officer), strict=True)
    return {code: Decimal(figure.replace(",", ".")) for (code, _, _), figure in lines}
