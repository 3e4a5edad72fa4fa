"""Deletion of data whose retention period has ended: once a day, in small batches of each kind."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from domain.audit import AuditAction
from domain.calendar import ONE_DAY
from domain.retention import RULES, RetentionKind, RetentionRule, cutoff
from models.retention import Sweep
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.personal_data.erasure import erase_person
from usecases.ports import FileStore

BATCH = 50
"""Largest number of rows of one kind that one batch deletes."""


@dataclass(frozen=True, slots=True)
class Expiry:
    """One rule of the retention schedule, with the number of rows due today."""

    rule: RetentionRule
    due: int
    """Number of rows whose period has ended."""


@query
async def list_expiries(ctx: Context) -> tuple[Expiry, ...]:
    """Return the whole schedule with what is due today; nothing is deleted."""
    found = []
    for rule in RULES:
        through, before = _limits(ctx, rule)
        found.append(Expiry(rule, await ctx.uow.retention.count(rule.kind, through=through, before=before)))
    return tuple(found)


async def sweep(ctx: Context, files: FileStore) -> bool:
    """Delete one batch of each kind and return whether today's deletion is done.

    Run again, it goes on where it stopped.
    """
    is_done = await _delete_batch(ctx)
    marked_for_deletion = await _marked_for_deletion(ctx)
    for key in marked_for_deletion:
        await files.delete(key)
    if marked_for_deletion:
        await _forget(ctx, marked_for_deletion)
    return is_done


@query
async def _marked_for_deletion(ctx: Context) -> tuple[str, ...]:
    return tuple(await ctx.uow.retention.marked_for_deletion())


@command
async def _forget(ctx: Context, keys: Sequence[str]) -> None:
    """Forget the marks of deleted files; called after the bytes are gone.

    If the run stops in between, the next one deletes the same files again.
    """
    await ctx.uow.retention.forget_deleted(keys)
    await ctx.uow.commit()


@command
async def _delete_batch(ctx: Context) -> bool:
    """Delete one batch of rows of each kind and mark their files for deletion; return whether today's work is done."""
    today = await ctx.uow.retention.sweep_for_update(ctx.today)
    if today is not None and today.done_at is not None:
        return True

    if today is None:
        today = Sweep(day=ctx.today, removed={}, done_at=None)
        ctx.uow.retention.add(today)
        await ctx.uow.flush()
    counts = {rule.kind: await _expire(ctx, rule) for rule in RULES}
    today.removed = {kind: today.removed.get(kind, 0) + count for kind, count in counts.items()}
    if max(counts.values()) < BATCH:
        today.done_at = ctx.now
        await ctx.uow.retention.date_dialogs(ctx.now)
    _note(ctx, counts)
    await ctx.uow.commit()
    return today.done_at is not None


def _note(ctx: Context, counts: dict[RetentionKind, int]) -> None:
    for kind, count in counts.items():
        if count:
            audit(ctx, AuditAction.DATA_EXPIRED, about=kind, count=count)


def _limits(ctx: Context, rule: RetentionRule) -> tuple[date, datetime]:
    """Return (last day, instant after it): what began on that day or earlier, or before that instant, is due."""
    through = cutoff(ctx.today, rule.keep)
    return through, ctx.calendar.at(through + ONE_DAY, time.min)


async def _expire(ctx: Context, rule: RetentionRule) -> int:
    through, before = _limits(ctx, rule)
    ids = await ctx.uow.retention.due_for_update(rule.kind, through=through, before=before, limit=BATCH)
    if not ids:
        return 0
    treat = _TREATMENTS.get(rule.kind)
    await (treat(ctx, ids) if treat else ctx.uow.retention.delete(rule.kind, ids))
    return len(ids)


async def _erase_files(ctx: Context, ids: Sequence[Any]) -> None:
    for paper in await ctx.uow.retention.papers(ids):
        if not await ctx.uow.retention.is_needed(paper):
            await ctx.uow.retention.mark_for_deletion(paper.file_key)
        paper.erased_at = ctx.now
        # A dossier that is opened again asks for the file again.
        paper.removed_at = paper.removed_at or ctx.now


async def _erase_people(ctx: Context, ids: Sequence[Any]) -> None:
    for person_id in ids:
        await erase_person(ctx, await ctx.uow.officers.get(person_id))


async def _delete_announcements(ctx: Context, ids: Sequence[Any]) -> None:
    for key in await ctx.uow.announcements.delete(ids):
        await ctx.uow.retention.mark_for_deletion(key)


async def _mark_orphans(ctx: Context, ids: Sequence[Any]) -> None:
    await ctx.uow.retention.mark_orphans_for_deletion(ids)


async def _mark_extension_files(ctx: Context, ids: Sequence[Any]) -> None:
    await ctx.uow.retention.mark_extension_files_for_deletion(ids)


async def _empty_drafts(ctx: Context, ids: Sequence[Any]) -> None:
    await ctx.uow.retention.empty_drafts(ids)


async def _forget_phones(ctx: Context, ids: Sequence[Any]) -> None:
    await ctx.uow.retention.forget_phones(ids)


_TREATMENTS: dict[RetentionKind, Callable[[Context, Sequence[Any]], Awaitable[None]]] = {
    RetentionKind.REMOVED_FILES: _erase_files,
    RetentionKind.DRAFT_FILES: _erase_files,
    RetentionKind.LOOSE_FILES: _mark_orphans,
    RetentionKind.EXTENSION_FILES: _mark_extension_files,
    RetentionKind.DRAFTS: _empty_drafts,
    RetentionKind.PHONES: _forget_phones,
    RetentionKind.PEOPLE: _erase_people,
    RetentionKind.ANNOUNCEMENTS: _delete_announcements,
}
"""{kind: what happens to its rows}; rows of every other kind are deleted."""
