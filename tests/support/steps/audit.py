"""Steps of tests about the audit log."""

from collections.abc import Iterable

from domain.audit import AuditEntry, ChainFault, ChainHead, ChainVerifier
from tests.support.stage import Stage


async def audit_log(stage: Stage) -> tuple[list[AuditEntry], ChainHead]:
    async with stage.app.contexts.open() as ctx:
        rows = [row async for row in ctx.uow.audit_log.read()]
    return [entry for _, entry in rows if entry is not None], rows[0][0]


def verify(
    entries: Iterable[AuditEntry], head: ChainHead | None, *, known: ChainHead | None = None
) -> tuple[ChainFault, ...]:
    """Return all faults of the entries, in their order."""
    inspection = ChainVerifier(known)
    for entry in entries:
        inspection.read(entry)
    inspection.end(head)
    return tuple(inspection.faults)
