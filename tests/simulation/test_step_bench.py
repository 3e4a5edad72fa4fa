"""What is measured is a whole report, from the menu to the receipt, typed or pasted."""

from simulation.benches.paste import bench_paste
from simulation.benches.step import bench_step
from tests.support.costly import is_complete

KINDS = ["menu", "step", "first_question", "figure", "hand_in"]


async def test_one_officer_hands_a_report_in_and_each_kind_of_update_is_counted() -> None:
    found = (await bench_step(officers=1)).updates

    assert [*found.ratios] == KINDS
    assert all(ratio > 1 for ratio in found.ratios.values())
    assert found.statements["figure"] > found.transactions["figure"] >= 1


async def test_officers_at_once_wait_over_http() -> None:
    found = await bench_step(officers=1, in_flight=2 if is_complete() else 1)

    assert {*KINDS} < found.waits.keys()
    assert found.waits["figure"].count == 15 * found.in_flight
    assert found.waits["figure"].tail >= 1


async def test_a_pasted_report_is_counted() -> None:
    found = await bench_paste(officers=1)

    assert [*found.ratios] == ["paste", "hand_in"]
    assert all(ratio > 1 for ratio in found.ratios.values())
