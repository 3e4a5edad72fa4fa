"""What officers are shown in a surge is what is stored."""

import pytest

from domain.errors import Refusal
from simulation.benches.surge import SurgeSize, bench_surge
from simulation.measuring.timing import waits_of
from tests.support.costly import is_complete


@pytest.mark.parametrize("is_typed", [False, True] if is_complete() else [False])
async def test_every_report_of_a_surge_is_stored_with_its_figures(is_typed: bool) -> None:
    found = await bench_surge(SurgeSize(reports=3, in_flight=2, is_typed=is_typed))

    assert found.faults == ()
    assert (found.accepted, found.lost, found.unseen, found.doubled) == (3, 0, 0, 0)
    assert found.is_clean
    assert found.report_to_echo > 1
    assert found.peak_mb[0] > 0


async def test_several_bots_need_servers() -> None:
    with pytest.raises(Refusal, match="PostgreSQL"):
        await bench_surge(SurgeSize(bots=2))


def test_the_tail_of_the_waits_is_told() -> None:
    waits = waits_of([number / 1000 for number in range(1, 101)])

    assert (waits.p50, waits.p95, waits.p99, waits.tail) == (50.0, 95.0, 99.0, 1.98)
    assert waits_of([]).p99 == 0
