"""Chart of what was achieved against what was pledged, indicator by indicator."""

from decimal import Decimal

from documents.charts.drawing import Colour, Drawing, Segment
from domain.plans.indicators import Better
from domain.typed_input.figures import rounded, write_figure
from usecases.compilation.views import Compilation, CompiledIndicator

MOST_INDICATORS = 20
_FULL_BAR = Decimal(125)
"""Per cent of the pledge at which a bar is full: 100 % is a line across it, so that more than the pledge is seen."""


def compared_indicators(compilation: Compilation) -> tuple[CompiledIndicator, ...]:
    """Return the indicators that some unit has both handed in and pledged."""
    return tuple(indicator for indicator in compilation.indicators if percent_of_pledge(indicator) is not None)


def percent_of_pledge(indicator: CompiledIndicator) -> Decimal | None:
    """Return the figures in per cent of the pledges, of the units that have both; None if that cannot be said."""
    return indicator.against_pledge.percent if indicator.against_pledge else None


def draw_achievement(compilation: Compilation) -> Drawing:
    """Draw a bar for each indicator that can be compared; its line is the pledge."""
    drawing = Drawing()
    drawing.heading(
        f"So với giao ước · {compilation.title}",
        below=f"Đã nộp {compilation.handed_in}/{compilation.owed}, lúc {compilation.at:%H:%M, %d/%m/%Y}",
    )
    drawing.legend(
        [("đạt giao ước", Colour.BLUE), ("chưa đạt", Colour.ORANGE), ("vượt mức trần", Colour.VERMILION)],
    )
    compared = compared_indicators(compilation)
    for indicator in compared[:MOST_INDICATORS]:
        _draw(drawing, indicator)
    hidden, absent = len(compared) - MOST_INDICATORS, len(compilation.indicators) - len(compared)
    drawing.note("Vạch đen là 100 % giao ước.")
    drawing.note("Chỉ tính đơn vị có cả số liệu và giao ước.")
    if hidden > 0:
        drawing.note(f"và {hidden} chỉ tiêu khác")
    if absent:
        drawing.note(f"{absent} chỉ tiêu chưa so được với giao ước.")
    return drawing


def _draw(drawing: Drawing, indicator: CompiledIndicator) -> None:
    percent = percent_of_pledge(indicator) or Decimal(0)
    is_kept = percent >= 100 if indicator.better is Better.HIGHER else percent <= 100
    unkept = Colour.ORANGE if indicator.better is Better.HIGHER else Colour.VERMILION
    bar = Segment(float(min(percent, _FULL_BAR) / _FULL_BAR), Colour.BLUE if is_kept else unkept)
    drawing.bar(indicator.name, f"{write_figure(rounded(percent, 1))} %", [bar], mark=float(100 / _FULL_BAR))
