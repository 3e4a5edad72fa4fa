"""What is measured is a whole report, from the menu to the receipt."""

from simulation.benches.step import bench_step

KINDS = ["menu", "step", "first_question", "figure", "hand_in"]


async def test_one_officer_hands_a_report_in_and_each_kind_of_update_is_counted() -> None:
    found = await bench_step(officers=1)

    assert [*found.ratios] == KINDS
    assert all(ratio > 1 for ratio in found.ratios.values())
    assert found.statements["figure"] > found.transactions["figure"] >= 1
