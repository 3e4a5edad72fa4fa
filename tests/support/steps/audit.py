"""Steps of tests about audit."""

from collections.abc import Iterable

from domain.audit import Entry, Fault, Head, Inspection
from tests.support.stage import Stage


async def trail(stage: Stage) -> tuple[list[Entry], Head]:
    async with stage.app.contexts.open() as ctx:
        rows = [row async for row in ctx.uow.trail.read()]
    return [entry for _, entry in rows if entry is not None], rows[0][0]


def verify(entries: Iterable[Entry], head: Head | None, *, known: Head | None = None) -> tuple[Fault, ...]:
    """Return all faults of the entries, in their order."""
    inspection = Inspection(known)
    for entry in entries:
        inspection.read(entry)
    inspection.end(head)
    return tuple(inspection.faults)
