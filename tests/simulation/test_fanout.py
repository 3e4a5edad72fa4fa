"""The messenger counts by arrival; a morning's reminders stay within what it allows, and each arrives once."""

from dataclasses import dataclass

from simulation.benches.fanout import bench_fanout
from simulation.messenger.arrivals import ArrivalMeter


@dataclass(slots=True)
class Hand:
    """A clock that is moved by hand (seconds)."""

    at: float = 100.0

    def __call__(self) -> float:
        return self.at


async def test_every_officer_is_reminded_once_and_the_limit_is_kept() -> None:
    found = await bench_fanout(messages=40, pause_every=15)

    assert found.messages >= 40
    assert (found.lost, found.doubled) == (0, 0)
    assert found.above_limit == 0
    assert found.worst_second <= found.limit
    assert found.pauses > 0
    # So few messages may all be sent within a pause's rounding: the worst second tells whether the limit was kept.
    assert found.used > 0
    assert found.to_echo > 1
    assert found.statements > 0


def test_what_comes_above_the_limit_of_any_second_is_refused() -> None:
    hand = Hand()
    meter = ArrivalMeter(2, now=hand)
    for at in (100.0, 100.9, 101.05):
        hand.at = at
        assert meter.arrive(1) == 0
    hand.at = 101.1

    assert meter.arrive(1) == 1
    assert (meter.above_limit, meter.worst, meter.pauses) == (1, 3, 1)


def test_what_comes_into_an_open_pause_is_counted_and_refused() -> None:
    hand = Hand()
    meter = ArrivalMeter(10, pause_every=1, now=hand)
    assert meter.arrive(1) == 0
    assert meter.arrive(2) == 1
    hand.at += 0.5
    assert meter.arrive(3) == 1
    hand.at += 0.6
    assert meter.arrive(2) == 0

    assert meter.into_pause == 1
    assert meter.taken == {1: 1, 2: 1}


def test_a_pause_is_no_part_of_the_time_that_could_be_used() -> None:
    hand = Hand()
    meter = ArrivalMeter(1, pause_every=2, now=hand)
    for at in (100.0, 101.0, 102.0, 103.0, 104.0):
        hand.at = at
        meter.arrive(1)

    assert meter.taken.total() == 4
    assert meter.used == 1.0
