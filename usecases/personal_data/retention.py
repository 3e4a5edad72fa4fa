"""Letting go of what has been kept long enough: once a day, a small batch of each kind at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.audit import Deed
from domain.retention import RULES, Kind, Rule, cutoff
from models.retention import Sweep
from usecases.audit import record
from usecases.context import Context, action, question
from usecases.personal_data.erasure import erase_person
from usecases.ports import FileStore

BATCH = 50


@dataclass(frozen=True, slots=True)
class Expiry:
    """One line of the schedule, and how much of it is due today."""

    rule: Rule
    due: int


@question
async def list_expiries(ctx: Context) -> tuple[Expiry, ...]:
    """The whole schedule; nothing is touched."""
    found = []
    for rule in RULES:
        through, before = _limits(ctx, rule)
        found.append(Expiry(rule, await ctx.uow.retention.count(rule.kind, through=through, before=before)))
    return tuple(found)


async def sweep(ctx: Context, files: FileStore) -> bool:
    """Let go of one batch of each kind; whether this day's look is done. Run again, it goes on where it stopped."""
    is_done = await _let_go(ctx)
    doomed = await _doomed(ctx)
    for key in doomed:
        await files.delete(key)
    if doomed:
        await _forget(ctx, doomed)
    return is_done


@question
async def _doomed(ctx: Context) -> tuple[str, ...]:
    return tuple(await ctx.uow.retention.doomed())


@action
async def _forget(ctx: Context, keys: Sequence[str]) -> None:
    """After their bytes: should it stop in between, the next run throws them away once more."""
    await ctx.uow.retention.forget_doomed(keys)
    await ctx.uow.commit()


@action
async def _let_go(ctx: Context) -> bool:
    """Rows go, and the files of which no row knows any more are noted."""
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


def _note(ctx: Context, counts: dict[Kind, int]) -> None:
    for kind, count in counts.items():
        if count:
            record(ctx, Deed.DATA_EXPIRED, about=kind, count=count)


def _limits(ctx: Context, rule: Rule) -> tuple[date, datetime]:
    """What began through this day, or before this instant, is due."""
    through = cutoff(ctx.today, rule.keep)
    return through, ctx.calendar.at(through + timedelta(days=1), time.min)


async def _expire(ctx: Context, rule: Rule) -> int:
    through, before = _limits(ctx, rule)
    ids = await ctx.uow.retention.due_for_update(rule.kind, through=through, before=before, limit=BATCH)
    if not ids:
        return 0
    if rule.kind in (Kind.REMOVED_FILES, Kind.DRAFT_FILES):
        await _erase_files(ctx, ids)
    elif rule.kind is Kind.LOOSE_FILES:
        await ctx.uow.retention.doom_loose(ids)
    elif rule.kind is Kind.EXTENSION_FILES:
        await ctx.uow.retention.doom_extension_files(ids)
    elif rule.kind is Kind.DRAFTS:
        await ctx.uow.retention.empty_drafts(ids)
    elif rule.kind is Kind.PHONES:
        await ctx.uow.retention.forget_phones(ids)
    elif rule.kind is Kind.PEOPLE:
        for person_id in ids:
            await erase_person(ctx, await ctx.uow.officers.get(person_id))
    else:
        await ctx.uow.retention.delete(rule.kind, ids)
    return len(ids)


async def _erase_files(ctx: Context, ids: Sequence[Any]) -> None:
    for paper in await ctx.uow.retention.papers(ids):
        if not await ctx.uow.retention.is_needed(paper):
            await ctx.uow.retention.doom(paper.file_key)
        paper.erased_at = ctx.now
        # A dossier that somebody opens again asks for the paper again.
        paper.removed_at = paper.removed_at or ctx.now
