"""Audit of all submissions: every seal is recomputed, every receipt compared with the audit log."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.audit import AuditAction, AuditEntry, details_of
from models.submissions.seals import spelled
from usecases.audit import audit, refuse_unless_topmost
from usecases.context import Context, command
from usecases.ports import FileStore
from usecases.seals.checks import BrokenSeal, Faults, check_seals, read_apart, read_broken
from usecases.seals.sealing import seal_submissions

_BATCH = 200


class Mismatch(StrEnum):
    """How a receipt differs from the audit log."""

    ALTERED = "ALTERED"
    REMOVED = "REMOVED"
    """The audit log has it, the table of receipts does not."""
    UNKNOWN = "UNKNOWN"
    """The table of receipts has it, the audit log does not."""


@dataclass(frozen=True, slots=True)
class WrongReceipt:
    code: str
    mismatch: Mismatch


@dataclass(frozen=True, slots=True)
class SealAudit:
    checked: int
    """Number of submissions whose seals were recomputed."""
    unsealed: int
    """Number of receipts in the audit log that are older than seals, so that their content cannot be recomputed."""
    broken: tuple[BrokenSeal, ...]
    receipts: tuple[WrongReceipt, ...]
    """Receipts, replaced ones included, that differ from the audit log."""


async def audit_seals(ctx: Context, *, files: FileStore) -> SealAudit:
    """Recompute every seal from figures, reasons and the stored files' bytes.

    Raises Refusal unless the actor belongs to an authority that has none above it.
    """
    await refuse_unless_topmost(ctx)
    noted, rows, ids = await _read(ctx)
    found: dict[int, tuple[str, ...]] = {}
    for start in range(0, len(ids), _BATCH):
        found |= await check_seals(ctx, ids[start : start + _BATCH], files=files)
    unsealed = sum(not details_of(entry).get("sealed") for entry in noted.values())
    return SealAudit(len(ids), unsealed, await _broken(ctx, found), tuple(_wrong(noted, rows)))


async def _read(ctx: Context) -> tuple[Mapping[str, AuditEntry], Sequence[Any], Sequence[int]]:
    """Return {receipt code: its entry in the audit log}, all receipts, and ids of all submissions that have a seal."""
    await ctx.uow.only_read()
    try:
        noted: dict[str, AuditEntry] = {}
        ids: set[object] = set(await ctx.uow.seals.all())
        async for _, entry in ctx.uow.audit_log.read():
            if entry is not None and entry.deed == AuditAction.HANDED_IN:
                noted[entry.about] = entry
            if entry is not None and details_of(entry).get("sealed"):
                ids.add(details_of(entry).get("submission"))
        return noted, await ctx.uow.seals.receipts(), sorted(id_ for id_ in ids if isinstance(id_, int))
    finally:
        await ctx.uow.rollback()


async def _broken(ctx: Context, found: Faults) -> tuple[BrokenSeal, ...]:
    return await read_broken(ctx, {id_: faults for id_, faults in found.items() if faults})


def _wrong(noted: Mapping[str, AuditEntry], rows: Sequence[Any]) -> Sequence[WrongReceipt]:
    by_code = {row.code: row for row in rows}
    removed = [WrongReceipt(code, Mismatch.REMOVED) for code in noted if code not in by_code]
    unknown = [WrongReceipt(code, Mismatch.UNKNOWN) for code in by_code if code not in noted]
    altered = [
        WrongReceipt(code, Mismatch.ALTERED)
        for code, row in by_code.items()
        if code in noted and _details(row).items() - details_of(noted[code]).items()
    ]
    return sorted([*removed, *unknown, *altered], key=lambda wrong: wrong.code)


def _details(row: Any) -> dict[str, object]:
    """Return the details of a receipt that the audit log holds too."""
    return {
        "submission": row.submission_id,
        "at": spelled(row.at),
        "on_time": bool(row.on_time),
        "extended_to": None if row.extended_to is None else str(row.extended_to),
        "sha256": row.sha256,
    }


@command
async def seal_old(ctx: Context) -> int:
    """Seal the next batch of submissions that are older than seals, as they are now; return their number.

    Raises Refusal unless the actor belongs to an authority that has none above it.
    """
    await refuse_unless_topmost(ctx)
    ids = await ctx.uow.seals.unsealed(limit=_BATCH)

    roots = await seal_submissions(ctx, ids)
    for head in await ctx.uow.seals.heads(ids):
        facts = {"submission": head.id, "sha256": roots[head.id], "sealed": True}
        audit(ctx, AuditAction.SEALED, about=head.code, unit_id=head.unit_id, **facts)
    await ctx.uow.commit()
    return len(ids)


async def export_seals(
    ctx: Context,
    add_receipt: Callable[[dict[str, object]], None],
    add_file: Callable[[str, bytes], None],
    *,
    files: FileStore,
) -> None:
    """Pass every valid receipt to `add_receipt` as {code, salt, digests, content}, and its files to `add_file`.

    `add_file` takes the SHA-256 and the bytes of one file; files that are no longer stored are left out. Raises Refusal
    unless the actor belongs to an authority that has none above it.
    """
    await refuse_unless_topmost(ctx)
    _, _, ids = await _read(ctx)
    for start in range(0, len(ids), _BATCH):
        for sealed in await read_apart(ctx, ids[start : start + _BATCH]):
            if sealed.code and sealed.seal and sealed.stands and not sealed.returned:
                salt, digests = sealed.seal.salt, dict(sealed.seal.digests)
                content = dict(sealed.content)
                add_receipt({"code": sealed.code, "salt": salt, "digests": digests, "content": content})
                for key, sha256 in sealed.files.values():
                    with suppress(FileNotFoundError):
                        add_file(sha256, await files.read(key))
