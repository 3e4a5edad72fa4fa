"""`thidua bench`: the simulated year and its result."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from simulation.events import DAYS
from simulation.year import SimulatedYear


@dataclass(frozen=True, slots=True)
class YearResult:
    units: int
    sent: int
    wrong: int
    lost: int
    double: int
    seconds: float
    faults: tuple[str, ...]
    """First few faults, in words."""

    @property
    def is_clean(self) -> bool:
        return self.sent > 0 and not (self.wrong or self.lost or self.double)


def tell_outcome(outcome: YearResult) -> str:
    counts = f"đã gửi {outcome.sent}, sai {outcome.wrong}, mất {outcome.lost}, trùng {outcome.double}"
    return "\n".join([f"{outcome.units} đơn vị, một năm: {counts} ({outcome.seconds} giây).", *outcome.faults])


async def bench_reminders(*, units: int, seed: int, days: int = DAYS) -> YearResult:
    """Play the year, or its first `days` days, in a temporary folder and judge it."""
    begun = perf_counter()
    with TemporaryDirectory() as folder:
        year = SimulatedYear(Path(folder), units=units, seed=seed, days=days)
        await year.play()
    counts = year.oracle.counts
    return YearResult(
        units=units,
        sent=counts["sent"],
        wrong=counts["wrong"],
        lost=counts["lost"],
        double=counts["double"],
        seconds=round(perf_counter() - begun, 1),
        faults=tuple(year.oracle.faults[:20]),
    )
