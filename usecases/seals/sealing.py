"""Sealing submissions, and finding the parts that differ from their seal."""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from domain.audit import AuditAction, AuditEntry, details_of, fingerprint
from domain.duties.names import name_of
from domain.plans.deadlines import DutyKind
from domain.submissions.returns import is_unlocked
from domain.submissions.seals import Content, Seal, SealPart, differences, kind_of, part, seal
from domain.submissions.submissions import HANDED_IN, TAKEN_IN, State
from models.duties.duties import Duty
from models.submissions.seals import SealedPaper, StoredSeal, spelled
from models.submissions.submissions import Receipt, Submission
from models.unit_of_work import UnitOfWork
from usecases.context import Context

_HANDED_IN = (AuditAction.HANDED_IN, AuditAction.PAST_ENTERED, AuditAction.SEALED)
_SENT_BACK = (AuditAction.RETURNED, AuditAction.CORRECTION_ALLOWED)
_TAKEN_BACK = (AuditAction.WITHDRAWN, AuditAction.DISCARDED)


@dataclass(frozen=True, slots=True)
class Sealed:
    """One submission with its seal and what the audit log says about it."""

    submission_id: int
    duty_id: int
    unit_id: int
    authority_id: int
    title: str
    """Title and year: «Báo cáo 6 tháng 2026»."""
    code: str | None
    """Code of the receipt, or None for figures of a past year."""
    content: Content
    seal: Seal | None
    """The stored seal, or None if its row is missing."""
    root: str | None
    """Root of the seal by the audit log, or None if the log has no hand-in."""
    stands: bool
    """Whether, by the audit log, it was handed in with a seal and neither withdrawn nor discarded."""
    state_fits: bool
    """Whether entries of the audit log explain the submission's state."""
    returned: frozenset[str]
    """Keys of the items that were returned for correction; «*» is all of them."""
    files: Mapping[str, tuple[str, str]]
    """{part: (key of the stored file, SHA-256 of its bytes as handed in)}."""
    matched_at: datetime | None
    revision: int = 0
    file_names: Mapping[str, str] = field(default_factory=dict)

    def is_open(self, name: str) -> bool:
        """Whether the part was returned, so that the unit may change it."""
        kind, code = kind_of(name)
        return kind is not SealPart.RECEIPT and is_unlocked(code, returned=self.returned)

    def faults(self) -> tuple[str, ...]:
        """Return the names of the parts that do not match; the bytes of stored files are not compared."""
        if not self.stands:
            return ()
        if self.seal is None or self.seal.root != self.root:
            return (SealPart.SEAL,)
        altered = [name for name in differences(self.content, self.seal) if not self.is_open(name)]
        return tuple(altered if self.state_fits else [*altered, SealPart.STATE])


async def seal_submission(ctx: Context, duty: Duty, draft: Submission, receipt: Receipt) -> Seal:
    """Seal the stored content of the submission with a receipt that is about to be stored; return the seal.

    Does not commit.
    """
    await ctx.uow.flush()
    contents = await _contents(ctx.uow, {draft.id: _of_receipt(duty, draft, receipt)}, kind=duty.kind)
    made = seal(contents[draft.id], salt=secrets.token_hex(16))
    await ctx.uow.seals.put_all([_row(ctx, draft.id, made)])
    return made


_BATCH = 200
"""Submissions sealed together: others get their answers between two of these steps."""


async def seal_submissions(ctx: Context, submission_ids: Sequence[int]) -> dict[int, str]:
    """Seal many submissions like `seal_submission`; return {submission id: root}. Does not commit."""
    await ctx.uow.flush()
    roots: dict[int, str] = {}
    for first in range(0, len(submission_ids), _BATCH):
        heads = await ctx.uow.seals.heads(submission_ids[first : first + _BATCH])
        contents = await _contents(ctx.uow, _of_receipts(heads))
        # Thousands of digests in a row would keep everybody else waiting.
        made = await asyncio.to_thread(_seal_each, contents)
        await ctx.uow.seals.put_all([_row(ctx, submission_id, seal_) for submission_id, seal_ in made.items()])
        roots |= {submission_id: seal_.root for submission_id, seal_ in made.items()}
    return roots


def _seal_each(contents: Mapping[int, Content]) -> dict[int, Seal]:
    return {submission_id: seal(content, salt=secrets.token_hex(16)) for submission_id, content in contents.items()}


def _row(ctx: Context, submission_id: int, made: Seal) -> dict[str, object]:
    return {
        "submission_id": submission_id,
        "salt": made.salt,
        "digests": dict(made.digests),
        "matched_at": ctx.now,
        "checked_at": ctx.now,
        "faults": [],
    }


async def read_sealed(ctx: Context, submission_ids: Sequence[int]) -> tuple[Sealed, ...]:
    """Return the submissions with their seals; those whose rows cannot be read are left out.

    The caller has checked that the actor may see them.
    """
    try:
        return await _read_sealed(ctx, submission_ids)
    except (SQLAlchemyError, ValueError, LookupError, TypeError):
        await ctx.uow.rollback()
        if len(submission_ids) < 2:
            return ()
    found = [await read_sealed(ctx, [submission_id]) for submission_id in submission_ids]
    return tuple(sealed for readable in found for sealed in readable)


async def _read_sealed(ctx: Context, submission_ids: Sequence[int]) -> tuple[Sealed, ...]:
    heads = await ctx.uow.seals.heads(submission_ids)
    back = [head.id for head in heads if head.state == State.RETURNED]
    returned = await ctx.uow.returns.open_keys(back)
    for submission_id, requirement in await ctx.uow.seals.erased(back):
        # Files of a return that was never corrected are deleted after a year, so their absence is no fault.
        returned.setdefault(submission_id, []).append(requirement)
    rows = _Rows(
        contents=await _contents(ctx.uow, _of_receipts(heads)),
        stored=await ctx.uow.seals.of(submission_ids),
        noted=await _noted(ctx.uow, heads),
        papers=await ctx.uow.seals.papers(submission_ids),
        returned=returned,
    )
    return tuple(_sealed(head, rows) for head in heads)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of several submissions, by submission id."""

    contents: Mapping[int, Content]
    stored: Mapping[int, StoredSeal]
    noted: "Mapping[int, _Noted]"
    papers: Sequence[SealedPaper]
    returned: Mapping[int, Sequence[str]]
    """{submission id: keys of its returned items}."""


def _sealed(head: Any, rows: _Rows) -> Sealed:
    stored, noted = rows.stored.get(head.id), rows.noted[head.id]
    own = [paper for paper in rows.papers if paper.submission_id == head.id]
    return Sealed(
        submission_id=head.id,
        duty_id=int(head.duty_id),
        unit_id=head.unit_id,
        authority_id=head.authority_id,
        title=name_of(head.title, year=head.year, term=head.term),
        code=head.code,
        content=rows.contents[head.id],
        seal=Seal(stored.salt, stored.digests) if stored else None,
        root=noted.root,
        stands=noted.stands,
        state_fits=noted.explains(head.state),
        returned=frozenset(rows.returned.get(head.id, ())),
        files={part(SealPart.FILE, paper.requirement): (paper.file_key, paper.sha256) for paper in own},
        matched_at=stored.matched_at if stored else None,
        revision=head.revision,
        file_names={part(SealPart.FILE, paper.requirement): paper.file_name for paper in own},
    )


async def _contents(
    uow: UnitOfWork, receipts: Mapping[int, list[object]], *, kind: DutyKind | None = None
) -> dict[int, dict[str, object]]:
    """Return {submission id: {name of a part: its content}}; `receipts` has what each seal holds of the hand-in itself.

    With `kind`, parts that submissions of this kind never have are not asked for; a check asks for all.
    """
    ids = [*receipts]
    found: dict[int, dict[str, object]] = {id_: {SealPart.RECEIPT.value: receipt} for id_, receipt in receipts.items()}
    for id_, indicator, value, reason in await uow.seals.figures(ids) if kind in (None, DutyKind.REPORT) else ():
        found[id_][part(SealPart.LINE, indicator)] = [value, reason]
    for id_, indicator, value in await uow.seals.targets(ids) if kind in (None, DutyKind.PLEDGE) else ():
        found[id_][part(SealPart.TARGET, indicator)] = value
    for id_, *nomination in await uow.seals.nominations(ids) if kind in (None, DutyKind.DOSSIER) else ():
        found[id_][SealPart.NOMINATION.value] = nomination
    several: dict[tuple[int, str], list[list[object]]] = defaultdict(list)
    for id_, choice, code in await uow.seals.choices(ids) if kind in (None, DutyKind.PLEDGE) else ():
        several[id_, part(SealPart.CHOICES, choice)].append([code])
    for paper in await uow.seals.papers(ids):
        key = (paper.submission_id, part(SealPart.FILE, paper.requirement))
        several[key].append([paper.file_name, paper.sha256, paper.size])
    for (submission_id, name), values in several.items():
        found[submission_id][name] = sorted(values, key=str)
    return found


def _of_receipts(heads: Sequence[Any]) -> dict[int, list[object]]:
    """Return {submission id: what its seal holds about the hand-in}; the rows hold columns of all three tables."""
    return {head.id: _of_receipt(head, head, head) for head in heads}


def _of_receipt(duty: Any, draft: Any, receipt: Any) -> list[object]:
    """Return what the seal holds about the hand-in itself, without figures and files."""
    submission = [draft.duty_id, duty.unit_id, draft.slot, bool(draft.declares_nothing), draft.submitted_by]
    hours = [spelled(draft.submitted_at), spelled(draft.counts_from), _day(draft.as_of)]
    if receipt.code is None:
        return [*submission, *hours]
    punctuality = [bool(receipt.on_time), _day(receipt.extended_to)]
    return [*submission, *hours, receipt.code, spelled(receipt.at), *punctuality, receipt.legal_basis]


def _day(value: Any) -> str | None:
    return None if value is None else str(value)


@dataclass(slots=True)
class _Noted:
    """Facts about one submission in the audit log."""

    root: str | None = None
    stands: bool = False
    was_sent_back: bool = False
    was_accepted: bool = False

    def explains(self, state: str) -> bool:
        """Whether the log explains the state: a return or an acceptance needs an entry of the person who made it."""
        if state == State.RETURNED:
            return self.was_sent_back
        return state in HANDED_IN and (self.was_accepted or state not in TAKEN_IN)

    def read(self, entry: AuditEntry) -> None:
        if entry.deed in _HANDED_IN:
            details = details_of(entry) if fingerprint(entry) == entry.hash else {"sealed": True}
            self.root = str(details.get("sha256"))
            # Receipts that are older than seals have only the entry in the audit log; there is no seal to compare.
            self.stands, self.was_sent_back = bool(details.get("sealed")), False
            # Hard copies and figures of a past year are accepted when they are entered.
            self.was_accepted = entry.deed == AuditAction.PAST_ENTERED or bool(details.get("on_paper"))
        elif entry.deed in _TAKEN_BACK:
            self.stands = False
        elif entry.deed in _SENT_BACK:
            self.was_sent_back = True
        elif entry.deed == AuditAction.ACCEPTED:
            self.was_accepted = True


async def _noted(uow: UnitOfWork, heads: Sequence[Any]) -> dict[int, _Noted]:
    """Return {submission id: facts in the audit log}."""
    # Entries are about the last receipt, by its code, or about the submission, by its id.
    about = {head.code: head.id for head in heads if head.code} | {str(head.id): head.id for head in heads}
    deeds = (*_HANDED_IN, *_TAKEN_BACK, *_SENT_BACK, AuditAction.ACCEPTED)
    found = {head.id: _Noted() for head in heads}
    for entry in await uow.audit_log.about(list(about), deeds=deeds):
        found[about[entry.about]].read(entry)
    return found
