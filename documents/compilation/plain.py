"""The compiled report as JSON and as a short text, for the command line."""

from typing import Any

from documents.compilation.wording import no_total
from domain.compilation.aggregation import spell
from domain.typed_input.figures import rounded, write_figure
from domain.typed_input.listing import listed
from usecases.compilation.views import Compilation, CompiledGroup, CompiledIndicator


def as_json(found: Compilation) -> dict[str, Any]:
    """Return the values of the JSON that scripts rely on: figures are plain decimal strings or None."""
    return {
        "duty": found.title,
        "at": found.at.isoformat(timespec="seconds"),
        "owed": found.owed,
        "handed_in": found.handed_in,
        "missing": [unit.name for unit in found.missing],
        "indicators": [_indicator(indicator) for indicator in found.indicators],
    }


def _indicator(indicator: CompiledIndicator) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "name": indicator.name,
        "uom": indicator.uom,
        "aggregate": indicator.aggregate_wording,
        "value": spell(indicator.value),
        "pledged": spell(indicator.pledged),
        "previous": spell(indicator.previous),
        "clusters": [_group(group) for group in indicator.clusters],
    }


def _group(group: CompiledGroup) -> dict[str, Any]:
    return {"name": group.name, "value": spell(group.value), "handed_in": group.handed_in, "owed": group.owed}


def as_text(found: Compilation) -> str:
    lines = [
        f"{found.title} · {found.authority_name} · {found.at:%H:%M, %d/%m/%Y}",
        f"Đã nộp {found.handed_in}/{found.owed}.",
        *map(_line, found.indicators),
    ]
    if found.missing:
        lines.append(f"Chưa nộp {len(found.missing)}: {listed((unit.name for unit in found.missing), room=600)}")
    return "\n".join(lines)


def _line(indicator: CompiledIndicator) -> str:
    if indicator.value is None:
        return f"{indicator.name}: {no_total(indicator)}"
    value = (
        f"{write_figure(rounded(indicator.value, 3))} {indicator.uom} ({indicator.counted}/{indicator.asked} đơn vị)"
    )
    pledge = indicator.against_pledge
    percent = f", bằng {write_figure(rounded(pledge.percent, 1))} % giao ước" if pledge and pledge.percent else ""
    return f"{indicator.name}: {value}{percent}"
