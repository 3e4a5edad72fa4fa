"""A line chart as SVG, both axes in powers of ten: for costs that differ a thousandfold."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10

Line = Sequence[tuple[float, float]]

_WIDTH, _HEIGHT = 720, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 150, 16, 48
_COLOURS = ("#1f6f8b", "#c8553d", "#588157", "#8d5a97", "#b08900", "#3d405b", "#d16ba5", "#4a4e69")
_LABEL_APART = 15.0
_SMALLEST = 0.1


def draw_chart(lines: Mapping[str, Line], *, across: str, up: str) -> str:
    """Return the chart; each line is named at its end. `across` and `up` say what the axes show."""
    points = [point for line in lines.values() for point in line]
    xs, ys = _span([x for x, _ in points]), _span([y for _, y in points])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        *(_grid_line(_x(10**power, xs), f"{10**power:,}", is_upright=True) for power in range(xs[0], xs[1] + 1)),
        *(_grid_line(_y(10**power, ys), f"{10**power:g}", is_upright=False) for power in range(ys[0], ys[1] + 1)),
        f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2:.0f}" y="{_HEIGHT - 10}" text-anchor="middle">{across}</text>',
        f'<text transform="translate(14 {_HEIGHT / 2:.0f}) rotate(-90)" text-anchor="middle">{up}</text>',
    ]
    below = float(_TOP)
    # Names that would cover each other are pushed down.
    for number, (name, line) in enumerate(sorted(lines.items(), key=lambda item: -item[1][-1][1])):
        colour = _COLOURS[number % len(_COLOURS)]
        placed = [(_x(x, xs), _y(y, ys)) for x, y in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in placed]
        below = max(placed[-1][1] + 4, below + _LABEL_APART)
        parts.append(f'<text x="{placed[-1][0] + 10:.1f}" y="{below:.1f}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _span(values: Sequence[float]) -> tuple[int, int]:
    """Return the powers of ten between which all values lie."""
    logs = [log10(max(value, _SMALLEST)) for value in values]
    low, high = floor(min(logs)), ceil(max(logs))
    return low, max(high, low + 1)


def _x(value: float, span: tuple[int, int]) -> float:
    return _LEFT + _part(value, span) * (_WIDTH - _LEFT - _RIGHT)


def _y(value: float, span: tuple[int, int]) -> float:
    return _HEIGHT - _BOTTOM - _part(value, span) * (_HEIGHT - _TOP - _BOTTOM)


def _part(value: float, span: tuple[int, int]) -> float:
    return (log10(max(value, _SMALLEST)) - span[0]) / (span[1] - span[0])


def _grid_line(at: float, label: str, *, is_upright: bool) -> str:
    if is_upright:
        line = f'<line x1="{at:.1f}" y1="{_TOP}" x2="{at:.1f}" y2="{_HEIGHT - _BOTTOM}" stroke="#dddddd"/>'
        return line + f'<text x="{at:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{label}</text>'
    line = f'<line x1="{_LEFT}" y1="{at:.1f}" x2="{_WIDTH - _RIGHT}" y2="{at:.1f}" stroke="#dddddd"/>'
    return line + f'<text x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{label}</text>'
