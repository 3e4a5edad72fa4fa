"""A disk that is full, or read-only, for a while: nothing is said to be done that is not, and later everything is."""

import asyncio
import resource
from pathlib import Path

from simulation.half_province import NOON
from tests.faults.ground import comes, ground

_OF_THE_LOG = 65536


async def test_what_comes_while_the_disk_is_full_is_answered_when_it_is_not(tmp_path: Path) -> None:
    async with ground("bot", tmp_path) as place:
        await place.process.start(NOON)
        await place.hand_in(place.officers[:2])
        fill_disk(place.process.pid)
        waiting = asyncio.create_task(place.hand_in(place.officers[2:]))
        await comes(lambda: "disk" in place.log)
        await asyncio.sleep(1)
        shown_meanwhile = [bool(officer.receipts) for officer in place.officers]
        free_disk(place.process.pid)
        await waiting
        await place.process.stop()

        found = await place.reports()

    assert shown_meanwhile == [True] * 2 + [False] * 4
    assert place.faults == []
    assert (found.lost, found.unseen, found.doubled) == (0, 0, 0)


def fill_disk(pid: int) -> None:
    """Let no file of the process grow beyond what its log may need, which fails as on a full disk."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (_OF_THE_LOG, resource.RLIM_INFINITY))


def free_disk(pid: int) -> None:
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
