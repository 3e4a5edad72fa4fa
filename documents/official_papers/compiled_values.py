"""Values of the compiled report's fields."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from documents.official_papers.words import STANDINGS, ended, signed
from domain.duties.due_hours import limit_words
from domain.duties.tallies import HANDED_IN_PARTS, TallyPart, percent
from domain.official_papers import formal_day, formal_moment
from domain.plans.indicators import Aggregate, Better
from domain.typed_input.figures import rounded, write_figure
from usecases.compilation.views import Compilation, CompiledIndicator, CompiledUnit
from usecases.official_papers.views import CompiledPaper

_LATE = (TallyPart.LATE, TallyPart.IN_EXTENSION)
_AGGREGATES = {
    Aggregate.SUM: "Tổng",
    Aggregate.MEAN: "Bình quân",
    Aggregate.WEIGHTED: "Bình quân gia quyền",
    Aggregate.NONE: "Không gộp",
}


def compiled_values(paper: CompiledPaper) -> dict[str, Any]:
    found = paper.compiled
    last = f"{limit_words(found.last_valid_day)} {formal_day(found.last_valid_day)}" if found.last_valid_day else ""
    late = [unit for unit in found.units if unit.part in _LATE]
    return {
        "don_vi_tong_hop": found.office_name,
        "tinh_den": formal_moment(found.at),
        "han": last,
        "phai_nop": str(found.owed),
        "da_nop": str(found.handed_in),
        "so_chua_nop": str(len(found.missing)),
        "so_nop_muon": str(len(late)),
        "chi_tieu": [_indicator(number, one) for number, one in enumerate(found.indicators, start=1)],
        "ghi_chu": ended([*_notes(found)]),
        "theo_cum": [row for indicator in found.indicators for row in _by_cluster(indicator)],
        "tinh_hinh_nop": ended([*_standing(found, len(late))]),
        "can_luu_y": [_unit(number, unit) for number, unit in enumerate(filter(_is_notable, found.units), start=1)],
        "viec_tiep_theo": ended([*_next_steps(found, paper.coming)]),
    }


def _indicator(number: int, one: CompiledIndicator) -> dict[str, str]:
    pledge, before = one.against_pledge, one.against_previous
    share = pledge.percent if pledge and one.better is Better.HIGHER else None
    return {
        "tt": str(number),
        "ten": one.name,
        "dvt": one.uom,
        "cach_tinh": _aggregate(one),
        "giao_uoc": _rounded(one.pledged),
        "thuc_hien": _rounded(one.value),
        "dat": "" if share is None else write_figure(rounded(share, 1)),
        "ky_truoc": _rounded(one.previous),
        "tang_giam": signed(before.change_in_percent if before else None),
    }


def _by_cluster(one: CompiledIndicator) -> list[dict[str, str]]:
    """Return a row for each cluster; only the first one names the indicator."""
    if one.aggregate in (None, Aggregate.NONE):
        return []
    return [
        {
            "ten": "" if number else one.name,
            "cum": group.name,
            "thuc_hien": _rounded(group.value),
            "da_nop": f"{group.handed_in}/{group.owed}",
        }
        for number, group in enumerate(one.clusters)
    ]


def _aggregate(one: CompiledIndicator) -> str:
    """Return how the figure is put together and from how many units: «Tổng (9/12)»."""
    if one.aggregate is None:
        return "Kế hoạch chưa ghi cách gộp"
    return f"{_AGGREGATES[one.aggregate]} ({one.counted}/{one.asked})"


def _rounded(value: Decimal | None) -> str:
    return "" if value is None else write_figure(rounded(value, 2))


def _notes(found: Compilation) -> Iterator[str]:
    yield "Giao ước, kỳ trước: chỉ tính các đơn vị có đủ cả hai số để so sánh"
    for one in found.indicators:
        if one.other_uom:
            yield f"{one.name}: không tính các đơn vị đã báo cáo theo đơn vị tính cũ ({one.other_uom})"
        if one.previous_uom:
            yield f"{one.name}: không so với kỳ trước, vì kỳ trước tính theo {one.previous_uom}"


def _standing(found: Compilation, late: int) -> Iterator[str]:
    estimates = sum(unit.as_of is not None for unit in found.units)
    extended = sum(unit.part is TallyPart.SPARED for unit in found.units)
    on_paper = sum(unit.on_paper for unit in found.units)
    yield f"{found.handed_in}/{found.owed} đơn vị đã nộp ({percent(found.handed_in, of=found.owed)}%)"
    for count, words in (
        (len(found.missing), "đơn vị chưa nộp"),
        (late, "đơn vị nộp sau hạn của kế hoạch"),
        (extended, "đơn vị đang được gia hạn"),
        (estimates, "đơn vị nộp số ước thực hiện"),
        (on_paper, "đơn vị nộp bản giấy, chưa có số liệu trong báo cáo này"),
    ):
        if count:
            yield f"{count} {words}"


def _is_notable(unit: CompiledUnit) -> bool:
    return unit.part is not TallyPart.ON_TIME or unit.as_of is not None or unit.on_paper


def _unit(number: int, unit: CompiledUnit) -> dict[str, str]:
    circumstances = "; ".join(_circumstances(unit))
    return {
        "tt": str(number),
        "ten": unit.name,
        "cum": unit.cluster_name or "",
        "tinh_trang": circumstances[:1].upper() + circumstances[1:],
    }


def _circumstances(unit: CompiledUnit) -> Iterator[str]:
    if unit.part is not TallyPart.ON_TIME:
        day = f" ngày {formal_day(unit.handed_in_at.date())}" if unit.handed_in_at else ""
        yield f"{STANDINGS[unit.part]}{day if unit.part in HANDED_IN_PARTS else ''}"
    if unit.extended_to:
        yield f"gia hạn đến hết ngày {formal_day(unit.extended_to)}"
    if unit.as_of:
        yield f"ước thực hiện, số liệu đến hết ngày {formal_day(unit.as_of)}"
    if unit.on_paper:
        yield "nộp bản giấy"


def _next_steps(found: Compilation, coming: tuple[str, ...]) -> Iterator[str]:
    if found.missing:
        yield f"Đôn đốc {len(found.missing)} đơn vị chưa nộp hoàn thành báo cáo"
    if any(unit.as_of for unit in found.units):
        yield "Cập nhật số liệu chính thức của các đơn vị đang báo cáo số ước thực hiện"
    yield from coming
