"""Writing many things in batches, each of them so small that others who write hardly have to wait."""

from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")

HELD_FOR = 0.025
"""Time that one batch should take (seconds); SQLite has one writer, who may be kept waiting for 50 ms at most."""
MOST = 200
FEWEST = 5


async def write_in_batches(
    things: Sequence[T], write: Callable[[Sequence[T]], Awaitable[object]], *, first: int
) -> None:
    """Write all of the things, in batches as large as the time that the one before has taken allows.

    `first` is the size of the first batch.
    """
    done, size = 0, first
    while done < len(things):
        begun = perf_counter()
        await write(things[done : done + size])
        done, size = done + size, next_size(size, took=perf_counter() - begun)


def next_size(size: int, *, took: float) -> int:
    """Return the size of the batch after one that took so long (seconds): twice as large at most."""
    return max(FEWEST, min(int(size * HELD_FOR / took), size * 2, MOST)) if took else size
