"""Batches of writing: everything is written once and in order, and a slow machine gets smaller ones."""

from collections.abc import Sequence

import pytest

from usecases.batches import FEWEST, HELD_FOR, MOST, next_size, write_in_batches


async def test_everything_is_written_once_and_in_order() -> None:
    written: list[list[int]] = []

    async def write(numbers: Sequence[int]) -> None:
        written.append([*numbers])

    await write_in_batches(range(1000), write, first=50)

    assert [number for batch in written for number in batch] == [*range(1000)]
    assert len(written[0]) == 50


async def test_nothing_is_written_of_nothing() -> None:
    async def write(_: Sequence[int]) -> None:
        raise AssertionError("there is nothing to write")

    await write_in_batches([], write, first=50)


@pytest.mark.parametrize(
    ("size", "took", "expected"),
    [
        (50, HELD_FOR, 50),
        (50, HELD_FOR * 2, 25),
        (50, HELD_FOR / 2, 100),
        (50, HELD_FOR / 10, 100),
        (50, 0.0, 50),
        (50, HELD_FOR * 100, FEWEST),
        (150, HELD_FOR / 2, MOST),
    ],
)
def test_a_batch_is_as_large_as_the_time_of_the_one_before_allows(size: int, took: float, expected: int) -> None:
    assert next_size(size, took=took) == expected
