"""The audit log: entries written in the transaction of the action, and their checks and export."""

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
    """Result of a comparison of details, such as those of a receipt, with the audit log."""

    MATCHES = "MATCHES"
    DIFFERS = "DIFFERS"
    """A detail differs from the entry, or the entry was altered after it was written."""
    ABSENT = "ABSENT"
    """The log has no such entry."""


def audit(
    ctx: Context, deed: AuditAction, *, about: object = "", unit_id: int | None = None, **details: object
) -> None:
    """Add an entry about an action of the actor. It is written when the action commits, and dropped if it does not.

    `about` is the subject of the action: a receipt, a code, an id. Details are ids, codes, days, counts and
    fingerprints, never a person's name or phone and never a figure.
    """
    ctx.uow.audit_log.add(
        PendingEntry(
            at=utc_timestamp(ctx.now),
            person_id=ctx.actor.person_id,
            posts=" ".join(f"{post.role}@{post.unit_id}" for post in ctx.actor.posts),
            deed=deed.value,
            about=str(about),
            unit_id=unit_id,
            details=canonical(details),
        )
    )


def utc_timestamp(instant: datetime) -> str:
    """Return the instant in UTC, by ISO 8601 with microseconds."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


async def compare_with_log(ctx: Context, deed: AuditAction, *, about: str, **details: object) -> LogComparison:
    """Compare these details with the latest entry of the action about this subject."""
    entry = await ctx.uow.audit_log.last_about(about, deed=deed)
    if entry is None:
        return LogComparison.ABSENT
    is_whole = fingerprint(entry) == entry.hash
    holds = is_whole and json.loads(canonical(details)).items() <= json.loads(entry.details).items()
    return LogComparison.MATCHES if holds else LogComparison.DIFFERS


@query
async def verify_audit_log(ctx: Context, *, known: ChainHead | None = None) -> tuple[ChainHead, tuple[ChainFault, ...]]:
    """Verify the whole chain of entries and return (its head, the faults found).

    `known` is a head that was noted outside the database before. Raises Refusal unless the actor arranges every
    topmost authority.
    """
    await refuse_unless_topmost(ctx)
    verifier = ChainVerifier(known)
    head = await _read(ctx, verifier.read)
    verifier.end(head)
    return head or ChainHead(0, ""), tuple(verifier.faults)


@command
async def export_audit_log(ctx: Context, each: Callable[[AuditEntry], None]) -> ChainHead:
    """Pass every entry in order to `each` and return the chain's head. The export has an entry of its own among them.

    Raises Refusal unless the actor arranges every topmost authority, and if the log has lost its head.
    """
    await refuse_unless_topmost(ctx)

    audit(ctx, AuditAction.EXPORTED, about="trail")
    # Reading takes long: the entry is committed before it, so that nobody has to wait for the lock.
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
    """Raise Refusal unless the actor arranges every topmost authority: the audit log covers all of them."""
    roots = {unit.id for unit in await ctx.uow.units.roots()}
    if not roots <= {post.unit_id for post in ctx.actor.units_where(Right.ARRANGE)}:
        raise Refusal("topmost-standing-body-only", "Chỉ cơ quan thường trực cao nhất được kiểm tra sổ ghi vết.")
