"""`thidua bench sizes`: what the same things cost among a hundred officers and among a hundred thousand."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.clocks import StoppedClock
from bot.contexts import Contexts
from domain.calendar import VIETNAM
from simulation.benches.look import measure_look
from simulation.benches.status import measure_status
from simulation.benches.step import measure_steps
from simulation.half_province import MORNING, HalfProvince
from simulation.measuring.chart import draw_chart
from simulation.measuring.provinces import open_province

SIZES = (100, 1000, 10_000, 100_000)
OFFICERS = 8
RUNS = 5
_DUTIES = 3


@dataclass(frozen=True, slots=True)
class SizeCosts:
    """CPU by what is done (ms), and × a bare aiogram echo of the same run."""

    officers: int
    echo: float
    costs: dict[str, float]
    ratios: dict[str, float]


def tell_sizes(found: Sequence[SizeCosts]) -> str:
    """Return a table in Markdown: a line for each thing done, a column for each size."""
    head = [f"{size.officers:,}" for size in found]
    lines = [
        [name, *(f"{size.costs[name]:g} ms · {size.ratios[name]:g} ×" for size in found)] for name in found[0].costs
    ]
    rows = [["× echo by officers", *head], ["---", *("---:" for _ in head)], *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


async def bench_sizes(*, sizes: Sequence[int] = SIZES, officers: int = OFFICERS, runs: int = RUNS) -> list[SizeCosts]:
    """Measure the same things on a province of each size, on SQLite."""
    return [await _measure(size, officers=officers, runs=runs) for size in sizes]


def write_chart(found: Sequence[SizeCosts], path: Path) -> None:
    names = [*found[0].ratios]
    lines = {name: [(size.officers, size.ratios[name]) for size in found] for name in names}
    path.write_text(draw_chart(lines, across="officers", up="CPU, × a bare aiogram echo"), encoding="utf-8")


async def _measure(size: int, *, officers: int, runs: int) -> SizeCosts:
    async with open_province(HalfProvince(size)) as app:
        chats = HalfProvince(size).open_officers[: officers + 1]
        steps = await measure_steps(app, chats)
        status = await measure_status(app.contexts, units=size, runs=runs)
        morning = Contexts(app.contexts.engine, StoppedClock(MORNING), VIETNAM)
        look = await measure_look(morning, units=size, duties=_DUTIES, runs=runs)
    costs = {
        **{name: steps.costs[name] for name in ("menu", "step", "figure", "hand_in")},
        "leader's menu": status.costs["leader_menu"],
        "status": status.costs["read_status"],
        "look": look.quiet.cpu,
    }
    return SizeCosts(size, steps.echo, costs, {name: round(ms / steps.echo, 1) for name, ms in costs.items()})
