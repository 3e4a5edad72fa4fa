"""Comparing submissions with their seals: on request, a share each night, and all of them for an audit."""

import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from domain.audit import AuditAction
from domain.roles import Right
from domain.submissions.seals import PART_NAMES, SealPart, kind_of, part
from models.message_kinds import MessageKind
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.duties.requirements import required_indicators
from usecases.duties.views import duty_for
from usecases.outbox.queueing import notify, overseers_of
from usecases.ports import FileStore
from usecases.seals.sealing import Sealed, read_sealed

BATCH = 50
CYCLE = 7
"""Number of nights within which every seal is checked once."""
AT_LEAST = 200
"""Least number of seals checked in a night, as far as there are that many."""

Faults = Mapping[int, tuple[str, ...]]
"""{submission id: names of the parts that do not match}; an empty tuple if everything matches."""


@dataclass(frozen=True, slots=True)
class BrokenPart:
    kind: SealPart
    name: str
    """Name of the line or the file on screen; empty for kinds that a submission has once."""

    @property
    def words(self) -> str:
        """The part in a sentence: «dòng «Thu ngân sách»»."""
        return f"{PART_NAMES[self.kind]} «{self.name}»" if self.name else PART_NAMES[self.kind]


@dataclass(frozen=True, slots=True)
class BrokenSeal:
    """A submission that differs from what was handed in."""

    submission_id: int
    code: str | None
    """Code of the receipt, or None for figures of a past year."""
    title: str
    unit_name: str
    parts: tuple[BrokenPart, ...]
    matched_at: datetime | None
    """When everything matched last (local time)."""


async def check_seals(ctx: Context, submission_ids: Sequence[int], *, files: FileStore) -> Faults:
    """Compare the submissions and their stored files with their seals, store the outcome and return it.

    The files are read while no transaction is open. A fault counts only if a second comparison finds it too: somebody
    may hand in or withdraw between reading the submission and reading its files.
    """
    found = await _compare(ctx, submission_ids, files)
    faulty = [submission_id for submission_id, faults in found.items() if faults]
    if faulty:
        second = await _compare(ctx, faulty, files)
        found |= {id_: tuple(name for name in found[id_] if name in second[id_]) for id_ in faulty}
    await note_seals(ctx, found)
    return found


async def _compare(ctx: Context, submission_ids: Sequence[int], files: FileStore) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = dict.fromkeys(submission_ids, (SealPart.UNREADABLE.value,))
    for sealed in await read_apart(ctx, submission_ids):
        faults = sealed.faults()
        found[sealed.submission_id] = (*faults, *[name async for name in _altered_files(sealed, faults, files)])
    return found


async def read_apart(ctx: Context, submission_ids: Sequence[int]) -> tuple[Sealed, ...]:
    """Return the submissions with their seals; the transaction that reads them ends here."""
    await ctx.uow.only_read()
    try:
        return await read_sealed(ctx, submission_ids)
    finally:
        await ctx.uow.rollback()


async def _altered_files(sealed: Sealed, faults: Sequence[str], files: FileStore) -> AsyncIterator[str]:
    if not sealed.stands or SealPart.SEAL in faults:
        return
    for name, (key, sha256) in sealed.files.items():
        if name not in faults and not sealed.is_open(name) and not await _holds(files, key, sha256):
            yield part(SealPart.BYTES, kind_of(name)[1])


async def _holds(files: FileStore, key: str, sha256: str) -> bool:
    digest = hashlib.sha256()
    try:
        async for piece in files.stream(key):
            digest.update(piece)
    except FileNotFoundError:
        return False
    return digest.hexdigest() == sha256


@command
async def note_seals(ctx: Context, found: Faults) -> None:
    """Store the outcome of a check; record new faults in the audit log and report them to the standing body."""
    stored = await ctx.uow.seals.of(list(found))
    for submission_id, row in stored.items():
        faults = list(found[submission_id])
        is_new = bool(faults) and faults != row.faults
        row.checked_at, row.faults = ctx.now, faults
        if not faults:
            row.matched_at = ctx.now
        if is_new:
            await _alarm(ctx, submission_id, faults)
    await ctx.uow.commit()


async def _alarm(ctx: Context, submission_id: int, faults: Sequence[str]) -> None:
    (head,) = await ctx.uow.seals.heads([submission_id])
    about = head.code or submission_id
    audit(
        ctx, AuditAction.SEAL_BROKEN, about=about, unit_id=head.unit_id, submission=submission_id, parts=sorted(faults)
    )
    key = f"seal:{submission_id}:{ctx.now.isoformat()}"
    to = await overseers_of(ctx, head.authority_id)
    await notify(ctx, MessageKind.SEAL_BROKEN, to, key=key, submission=submission_id)


async def check_share(ctx: Context, *, files: FileStore) -> None:
    """Check the next batch of tonight's share, in the order of their last checks."""
    midnight = ctx.calendar.at(ctx.today, time.min)
    due = await _due_tonight(ctx, midnight)
    if due:
        await check_seals(ctx, due, files=files)


async def _due_tonight(ctx: Context, midnight: datetime) -> Sequence[int]:
    await ctx.uow.only_read()
    try:
        total, done = await ctx.uow.seals.progress(since=midnight)
        left = max(AT_LEAST, -(-total // CYCLE)) - done
        return await ctx.uow.seals.due(before=midnight, limit=min(left, BATCH)) if left > 0 else ()
    finally:
        await ctx.uow.rollback()


@query
async def read_broken_seal(ctx: Context, submission_id: int) -> BrokenSeal | None:
    """Return the faults that the last check found, or None if it found nothing.

    Raises Refusal unless the actor has the right RECEIVE at the unit or an authority above it.
    """
    (head,) = await ctx.uow.seals.heads([submission_id]) or (None,)
    stored = await ctx.uow.seals.find(submission_id)
    if head is None or stored is None or not stored.faults:
        return None
    await duty_for(ctx, int(head.duty_id), right=Right.RECEIVE)
    return await _view(ctx, submission_id, stored.faults)


async def read_broken(ctx: Context, found: Faults) -> tuple[BrokenSeal, ...]:
    """Describe the submissions that have faults. The caller has checked that the actor may see them."""
    await ctx.uow.only_read()
    try:
        return tuple([await _view(ctx, id_, faults) for id_, faults in found.items() if faults])
    finally:
        await ctx.uow.rollback()


@query
async def is_sealed(ctx: Context, submission_id: int) -> bool:
    return await ctx.uow.seals.find(submission_id) is not None


async def _view(ctx: Context, submission_id: int, faults: Sequence[str]) -> BrokenSeal:
    sealed = next(iter(await read_sealed(ctx, [submission_id])), None)
    if sealed is None:
        unread = tuple(BrokenPart(kind_of(name)[0], "") for name in faults)
        return BrokenSeal(submission_id, None, f"Nội dung nộp số {submission_id}", "", unread, None)
    names = await ctx.uow.units.names({sealed.unit_id})
    lines = await _line_names(ctx, sealed)
    return BrokenSeal(
        submission_id=submission_id,
        code=sealed.code,
        title=sealed.title,
        unit_name=names[sealed.unit_id],
        parts=tuple(_part(name, sealed, lines) for name in faults),
        matched_at=ctx.local(sealed.matched_at) if sealed.matched_at else None,
    )


async def _line_names(ctx: Context, sealed: Sealed) -> Mapping[str, str]:
    duty = await ctx.uow.duties.find(sealed.duty_id)
    return {line.code: line.name for line in await required_indicators(ctx, duty)} if duty else {}


def _part(name: str, sealed: Sealed, lines: Mapping[str, str]) -> BrokenPart:
    kind, code = kind_of(name)
    if kind in (SealPart.FILE, SealPart.BYTES):
        return BrokenPart(kind, sealed.file_names.get(part(SealPart.FILE, code), code))
    return BrokenPart(kind, lines.get(code, code) if kind in (SealPart.LINE, SealPart.TARGET) else "")
