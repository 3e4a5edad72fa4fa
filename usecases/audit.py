"""What was done, noted in the transaction that does it, and read again by whoever checks it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum

from domain.audit import (
    AuditAction,
    AuditEntry,
    ChainFault,
    ChainHead,
    ChainVerifier,
    PendingEntry,
    canonical,
    fingerprint,
)
from domain.errors import Refusal
from domain.roles import Right
from usecases.context import Context, command, query


class LogComparison(StrEnum):
    """What the trail says to a receipt."""

    MATCHES = "MATCHES"
    DIFFERS = "DIFFERS"
    ABSENT = "ABSENT"


def audit(
    ctx: Context, deed: AuditAction, *, about: object = "", unit_id: int | None = None, **details: object
) -> None:
    """Note a deed of the actor; it is written when the action commits, and forgotten when it does not.

    `about` is what it was done to: a receipt, a code, an id. Details are ids, codes, days, numbers of things and
    fingerprints; never a person's name or phone, never a figure.
    """
    ctx.uow.audit_log.add(
        PendingEntry(
            at=spell_hour(ctx.now),
            person_id=ctx.actor.person_id,
            posts=" ".join(f"{post.role}@{post.unit_id}" for post in ctx.actor.posts),
            deed=deed.value,
            about=str(about),
            unit_id=unit_id,
            details=canonical(details),
        )
    )


def spell_hour(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


async def compare_with_log(ctx: Context, deed: AuditAction, *, about: str, **details: object) -> LogComparison:
    """Whether the trail holds this deed with these details, untouched."""
    entry = await ctx.uow.audit_log.last_about(about, deed=deed)
    if entry is None:
        return LogComparison.ABSENT
    is_whole = fingerprint(entry) == entry.hash
    holds = is_whole and json.loads(canonical(details)).items() <= json.loads(entry.details).items()
    return LogComparison.MATCHES if holds else LogComparison.DIFFERS


@query
async def verify_audit_log(ctx: Context, *, known: ChainHead | None = None) -> tuple[ChainHead, tuple[ChainFault, ...]]:
    """Where the trail ends, and all that is wrong with it; `known` is an end that was noted elsewhere before."""
    await refuse_unless_topmost(ctx)
    inspection = ChainVerifier(known)
    head = await _read(ctx, inspection.read)
    inspection.end(head)
    return head or ChainHead(0, ""), tuple(inspection.faults)


@command
async def export_audit_log(ctx: Context, each: Callable[[AuditEntry], None]) -> ChainHead:
    """Every entry in its order, this export the last of them; and where the trail ends with it."""
    await refuse_unless_topmost(ctx)

    audit(ctx, AuditAction.EXPORTED, about="trail")
    # Committed before the reading, which takes its time: nobody has to wait for that.
    await ctx.uow.commit()
    head = await _read(ctx, each)
    if head is None:
        raise Refusal("audit-log-cut-off", "Sổ ghi vết đã mất phần cuối. Anh/chị chạy: thidua audit verify")
    return head


async def _read(ctx: Context, each: Callable[[AuditEntry], None]) -> ChainHead | None:
    end = None
    async for head, entry in ctx.uow.audit_log.read():
        end = head
        if entry is not None:
            each(entry)
    return end


async def refuse_unless_topmost(ctx: Context) -> None:
    """Raises Refusal unless the actor stands over every authority: the trail spans all of them."""
    roots = {unit.id for unit in await ctx.uow.units.roots()}
    if not roots <= {post.unit_id for post in ctx.actor.units_where(Right.ARRANGE)}:
        raise Refusal("topmost-standing-body-only", "Chỉ cơ quan thường trực cao nhất được kiểm tra sổ ghi vết.")
