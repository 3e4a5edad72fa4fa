"""Processes are measured as they stand, ready and idle."""

import pytest

from simulation.benches.idle import bench_idle, bench_startup
from tests.support.costly import is_complete

pytestmark = pytest.mark.skipif(not is_complete(), reason="starts seven processes; part of `make check`")


async def test_idle_processes_are_weighed() -> None:
    found = await bench_idle(seconds=1)

    assert found.memory["bot"] > found.interpreter
    assert found.memory["scheduler"] > found.interpreter
    assert found.scheduler_to_bot > 0


async def test_what_a_start_costs_is_measured_until_the_process_is_ready() -> None:
    found = await bench_startup(rounds=1)

    assert [*found.ratios] == ["bot", "scheduler", "--help"]
    assert all(ratio > 1 for ratio in found.ratios.values())
