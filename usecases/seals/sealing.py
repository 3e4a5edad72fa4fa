"""Sealing what is handed in, and finding what is not any more what was sealed."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from domain.audit import AuditAction, AuditEntry, details_of, fingerprint
from domain.submissions.returns import is_unlocked
from domain.submissions.seals import Content, Seal, SealPart, differences, kind_of, part, seal
from domain.submissions.submissions import HANDED_IN, TAKEN_IN, State
from models.submissions.seals import StoredSeal, spelled
from models.unit_of_work import UnitOfWork
from usecases.context import Context

_HANDED_IN = (AuditAction.HANDED_IN, AuditAction.PAST_ENTERED, AuditAction.SEALED)
_SENT_BACK = (AuditAction.RETURNED, AuditAction.CORRECTION_ALLOWED)
_TAKEN_BACK = (AuditAction.WITHDRAWN, AuditAction.DISCARDED)


@dataclass(frozen=True, slots=True)
class Sealed:
    """One submission beside its seal and what the audit trail says of it."""

    submission_id: int
    duty_id: int
    unit_id: int
    authority_id: int
    title: str
    """With its year: «Báo cáo 6 tháng 2026»."""
    code: str | None
    """Of the receipt; None for figures of a past year."""
    content: Content
    seal: Seal | None
    """None where the rows of the seal are gone."""
    root: str | None
    """The root that the audit trail holds; None where it knows of no hand-in."""
    stands: bool
    """Handed in with a seal and not taken back, by the audit trail."""
    state_fits: bool
    """The submission's state is one that the audit trail explains."""
    returned: frozenset[str]
    """Codes of the items that have come back to be corrected; «*» is all of them."""
    files: Mapping[str, tuple[str, str]]
    """{part: (key of the stored file, SHA-256 of its bytes as handed in)}."""
    matched_at: datetime | None
    revision: int = 0
    file_names: Mapping[str, str] = field(default_factory=dict)

    def is_open(self, name: str) -> bool:
        """Whether the part has come back, so that the unit may change it."""
        kind, code = kind_of(name)
        return kind is not SealPart.RECEIPT and is_unlocked(code, returned=self.returned)

    def faults(self) -> tuple[str, ...]:
        """Parts that do not match, the stored files' bytes left aside."""
        if not self.stands:
            return ()
        if self.seal is None or self.seal.root != self.root:
            return (SealPart.SEAL,)
        altered = [name for name in differences(self.content, self.seal) if not self.is_open(name)]
        return tuple(altered if self.state_fits else [*altered, SealPart.STATE])


async def seal_submission(ctx: Context, submission_id: int) -> str:
    """Seal what the submission and its last receipt hold now; return the root. Does not commit."""
    await ctx.uow.flush()
    (head,) = await ctx.uow.seals.heads([submission_id])
    contents = await _contents(ctx.uow, [head])
    made = seal(contents[submission_id], salt=secrets.token_hex(16))
    await ctx.uow.seals.put(
        StoredSeal(
            submission_id=submission_id,
            salt=made.salt,
            digests=dict(made.digests),
            matched_at=ctx.now,
            checked_at=ctx.now,
            faults=[],
        )
    )
    return made.root


async def read_sealed(ctx: Context, submission_ids: Sequence[int]) -> tuple[Sealed, ...]:
    """The submissions beside their seals, those left out whose rows cannot be read.

    For callers that are known to have the right to see them.
    """
    try:
        return await _read_sealed(ctx, submission_ids)
    except (SQLAlchemyError, ValueError, LookupError, TypeError):
        await ctx.uow.rollback()
        if len(submission_ids) < 2:
            return ()
    found = [await read_sealed(ctx, [submission_id]) for submission_id in submission_ids]
    return tuple(one for some in found for one in some)


async def _read_sealed(ctx: Context, submission_ids: Sequence[int]) -> tuple[Sealed, ...]:
    heads = await ctx.uow.seals.heads(submission_ids)
    contents = await _contents(ctx.uow, heads)
    stored = await ctx.uow.seals.of(submission_ids)
    noted = await _noted(ctx.uow, heads)
    papers = await ctx.uow.seals.papers(submission_ids)
    back = [head.id for head in heads if head.state == State.RETURNED]
    returned = await ctx.uow.reviews.open_keys(back)
    for row in await ctx.uow.seals.erased(back):
        # Files of what was returned and never handed in again are kept for a year, not for ever.
        returned.setdefault(row.submission_id, []).append(row.requirement)
    return tuple(
        _sealed(head, contents[head.id], stored.get(head.id), noted[head.id], papers, returned.get(head.id, ()))
        for head in heads
    )


def _sealed(
    head: Any,
    content: Content,
    stored: StoredSeal | None,
    noted: "_Noted",
    papers: Sequence[Any],
    returned: Sequence[str],
) -> Sealed:
    own = [paper for paper in papers if paper.submission_id == head.id]
    return Sealed(
        submission_id=head.id,
        duty_id=int(head.duty_id),
        unit_id=head.unit_id,
        authority_id=head.authority_id,
        title=f"{head.title} {head.year}",
        code=head.code,
        content=content,
        seal=Seal(stored.salt, stored.digests) if stored else None,
        root=noted.root,
        stands=noted.stands,
        state_fits=noted.explains(head.state),
        returned=frozenset(returned),
        files={part(SealPart.FILE, paper.requirement): (paper.file_key, paper.sha256) for paper in own},
        matched_at=stored.matched_at if stored else None,
        revision=head.revision,
        file_names={part(SealPart.FILE, paper.requirement): paper.file_name for paper in own},
    )


async def _contents(uow: UnitOfWork, heads: Sequence[Any]) -> dict[int, dict[str, object]]:
    """{submission id: what its seal is made of}."""
    ids = [head.id for head in heads]
    found: dict[int, dict[str, object]] = {head.id: {SealPart.RECEIPT.value: _of_receipt(head)} for head in heads}
    for row in await uow.seals.figures(ids):
        found[row.submission_id][part(SealPart.LINE, row.indicator)] = [row.value, row.reason]
    for row in await uow.seals.targets(ids):
        found[row.submission_id][part(SealPart.TARGET, row.indicator)] = row.value
    for row in await uow.seals.nominations(ids):
        found[row.submission_id][SealPart.NOMINATION.value] = [row.award, row.subject, row.nominees, row.matter]
    several: dict[tuple[int, str], list[list[object]]] = defaultdict(list)
    for row in await uow.seals.choices(ids):
        several[row.submission_id, part(SealPart.CHOICES, row.kind)].append([row.code])
    for row in await uow.seals.papers(ids):
        several[row.submission_id, part(SealPart.FILE, row.requirement)].append([row.file_name, row.sha256, row.size])
    for (submission_id, name), values in several.items():
        found[submission_id][name] = sorted(values, key=str)
    return found


def _of_receipt(head: Any) -> list[object]:
    """Everything about a hand-in that is neither a figure nor a file."""
    submission = [head.duty_id, head.unit_id, head.slot, bool(head.declares_nothing), head.submitted_by]
    hours = [spelled(head.submitted_at), spelled(head.counts_from), _day(head.as_of)]
    if head.code is None:
        return [*submission, *hours]
    punctuality = [bool(head.on_time), _day(head.extended_to)]
    return [*submission, *hours, head.code, spelled(head.at), *punctuality, head.legal_basis]


def _day(value: Any) -> str | None:
    return None if value is None else str(value)


@dataclass(slots=True)
class _Noted:
    """What the audit trail says of one submission."""

    root: str | None = None
    stands: bool = False
    was_sent_back: bool = False
    was_accepted: bool = False

    def explains(self, state: str) -> bool:
        """Whether the submission may be in this state; returned and accepted it is only if somebody did so."""
        if state == State.RETURNED:
            return self.was_sent_back
        return state in HANDED_IN and (self.was_accepted or state not in TAKEN_IN)

    def read(self, entry: AuditEntry) -> None:
        if entry.deed in _HANDED_IN:
            details = details_of(entry) if fingerprint(entry) == entry.hash else {"sealed": True}
            self.root = str(details.get("sha256"))
            # What was handed in before there were seals is vouched for by the audit trail alone.
            self.stands, self.was_sent_back = bool(details.get("sealed")), False
            # What came on paper or from a past year is accepted as it is entered.
            self.was_accepted = entry.deed == AuditAction.PAST_ENTERED or bool(details.get("on_paper"))
        elif entry.deed in _TAKEN_BACK:
            self.stands = False
        elif entry.deed in _SENT_BACK:
            self.was_sent_back = True
        elif entry.deed == AuditAction.ACCEPTED:
            self.was_accepted = True


async def _noted(uow: UnitOfWork, heads: Sequence[Any]) -> dict[int, _Noted]:
    """{submission id: what the audit trail says}; entries about its last receipt, and about the submission itself."""
    about = {head.code: head.id for head in heads if head.code} | {str(head.id): head.id for head in heads}
    deeds = (*_HANDED_IN, *_TAKEN_BACK, *_SENT_BACK, AuditAction.ACCEPTED)
    found = {head.id: _Noted() for head in heads}
    for entry in await uow.audit_log.about(list(about), deeds=deeds):
        found[about[entry.about]].read(entry)
    return found
