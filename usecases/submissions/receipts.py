"""The receipts of one's units, and the check whether a receipt is valid."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.plans.award_rules import original_of
from domain.plans.deadlines import DutyKind, PaperOriginal
from domain.roles import Right
from domain.submissions.submissions import ON_PAPER, State
from domain.typed_input.codes import read_receipt_code
from models.duties.duties import Duty
from models.plans.in_force import plans_in_force
from models.submissions.submissions import Receipt, Submission
from usecases.audit import LogComparison, compare_with_log, utc_timestamp
from usecases.context import Context, query
from usecases.duties.requirements import requires_document
from usecases.duties.views import duty_for
from usecases.ports import FileStore
from usecases.seals.checks import BrokenSeal, check_seals, is_sealed, read_broken
from usecases.submissions.legal_basis import BasisView, view_basis
from usecases.submissions.required_papers import paper_names

SHOWN = 5
"""Most receipts of `list_receipts`."""


@dataclass(frozen=True, slots=True)
class ReceiptView:
    code: str
    submission_id: int
    title: str
    unit_name: str
    at: datetime
    on_time: bool
    sha256: str
    files: tuple[tuple[str, str], ...] = ()
    """(name, SHA-256) of each file."""
    papers: tuple[str, ...] = ()
    """Name of the requirement that each file fills, in the same order: «Tờ trình»; «» if it is not known any more."""
    lists_files: bool = True
    """False if there are files and these two do not say all of them, as just after the hand-in."""
    nothing: bool = False
    """Whether the unit declared that it proposes nobody."""
    on_paper: bool = False
    """Whether the standing body holds a hard copy."""
    extended_to: date | None = None
    """The granted day, if it was late by the plan and in time by an extension."""
    still_stands: bool = True
    """False once it was withdrawn or replaced."""
    is_returned: bool = False
    """Whether all or a part of it was returned for correction."""
    basis: BasisView | None = None
    """The legal texts under which a dossier was received, or None for other duties."""
    as_of: date | None = None
    """The day through which the figures of an estimate are actual."""
    late_reason: str | None = None
    """The unit's explanation of a late hand-in."""
    original: PaperOriginal | None = None
    """Where the signed paper goes, or None if the plan does not say."""
    kind: DutyKind | None = None
    is_document: bool = False
    """Whether the duty asks for a file, and not for figures."""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    code: str
    title: str
    """Title and year: «Báo cáo 6 tháng 2026»."""


class Verdict(StrEnum):
    """Outcome of the check of a receipt, its seal and its files."""

    VALID = "VALID"
    ALTERED = "ALTERED"
    UNKNOWN = "UNKNOWN"
    """The audit log has no such receipt."""
    REPLACED = "REPLACED"
    """The receipt is authentic, and was withdrawn or replaced by another since."""
    UNSEALED = "UNSEALED"
    """The receipt is authentic and older than seals, so that its content cannot be recomputed."""


@dataclass(frozen=True, slots=True)
class ReceiptCheck:
    receipt: ReceiptView
    verdict: Verdict
    broken: BrokenSeal | None = None
    """The lines and files that do not match, if that can be told."""


async def view_receipt(
    ctx: Context, duty: Duty, draft: Submission, receipt: Receipt, *, files: tuple[tuple[str, str], ...]
) -> ReceiptView:
    names = await ctx.uow.successions.names({duty.unit_id}, day=ctx.calendar.day_of(receipt.at))
    return ReceiptView(
        code=receipt.code,
        submission_id=draft.id,
        title=duty.name,
        unit_name=names[duty.unit_id],
        at=ctx.local(receipt.at),
        on_time=receipt.on_time,
        sha256=receipt.sha256,
        files=files,
        nothing=draft.declares_nothing,
        on_paper=draft.slot == ON_PAPER,
        extended_to=receipt.extended_to,
        still_stands=draft.submitted_at == receipt.at,
        is_returned=draft.submitted_at == receipt.at and draft.state is State.RETURNED,
        basis=view_basis(receipt.legal_basis),
        as_of=draft.as_of if draft.submitted_at == receipt.at else None,
        late_reason=draft.late_reason if draft.submitted_at == receipt.at and not receipt.on_time else None,
        original=await _original(ctx, duty, draft),
        kind=duty.kind,
        is_document=await requires_document(ctx, duty),
    )


async def _original(ctx: Context, duty: Duty, draft: Submission) -> PaperOriginal | None:
    if draft.slot == ON_PAPER or draft.declares_nothing:
        return None
    plan = next((one.plan for one in await plans_in_force(ctx.uow) if one.plan.code == duty.plan_code), None)
    if plan is None:
        return None
    nomination = await ctx.uow.dossiers.nomination(draft.id) if duty.kind is DutyKind.DOSSIER else None
    award = next((form for form in plan.awards if nomination and form.code == nomination.award), None)
    return original_of(plan, duty.code, award)


@query
async def find_receipt(ctx: Context, code: str) -> ReceiptView:
    """Return the receipt of a typed code.

    Raises Refusal if there is no such receipt, or the actor may not see its unit.
    """
    found = None
    for reading in read_receipt_code(code):
        found = found or await ctx.uow.submissions.receipt(reading)
    if found is None:
        raise Refusal("receipt-unknown", "Không có biên nhận nào mang mã này. Mã đúng có dạng BC26-7K3Q.")
    receipt, submission = found
    duty = await duty_for(ctx, submission.duty_id, right=Right.SEE_UNIT)
    papers = await ctx.uow.dossiers.papers(submission.id) if submission.submitted_at == receipt.at else ()
    files = tuple((paper.file_name, paper.sha256) for paper in papers)
    names = await paper_names(ctx, duty, submission.id) if papers else {}
    view = await view_receipt(ctx, duty, submission, receipt, files=files)
    return replace(view, papers=tuple(names.get(paper.requirement, "") for paper in papers))


@query
async def list_receipts(ctx: Context) -> tuple[ReceiptLine, ...]:
    """Return the newest receipts of the actor's units, at most 5. Raises Refusal if there are none."""
    units = [post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)]
    duties = {duty.id: duty for duty in await ctx.uow.duties.of_units(units, day=ctx.today)}
    found = await ctx.uow.submissions.latest_receipts(list(duties), limit=SHOWN)
    if not found:
        raise Refusal("receipt-not-named", "", way=Way.NAME_RECEIPT)
    return tuple(ReceiptLine(receipt.code, duties[duty_id].name) for receipt, duty_id in found)


async def check_receipt(ctx: Context, code: str, *, files: FileStore) -> ReceiptCheck:
    """Find a receipt, compare it with the audit log, and check the submission and its files against the seal.

    Raises Refusal if there is no such receipt or the actor may not see its unit.
    """
    receipt = await find_receipt(ctx, code)
    compared = await compare_receipt_with_log(ctx, receipt)
    if compared is not LogComparison.MATCHES:
        return ReceiptCheck(receipt, Verdict.UNKNOWN if compared is LogComparison.ABSENT else Verdict.ALTERED)
    found = await check_seals(ctx, [receipt.submission_id], files=files)
    for broken in await read_broken(ctx, found):
        if broken.code in (receipt.code, None):
            return ReceiptCheck(receipt, Verdict.ALTERED, broken)
    if not receipt.still_stands:
        return ReceiptCheck(receipt, Verdict.REPLACED)
    return ReceiptCheck(receipt, Verdict.VALID if await is_sealed(ctx, receipt.submission_id) else Verdict.UNSEALED)


@query
async def compare_receipt_with_log(ctx: Context, receipt: ReceiptView) -> LogComparison:
    """Compare the receipt with its entry in the audit log. The caller has checked that the actor may see it."""
    return await compare_with_log(
        ctx,
        AuditAction.HANDED_IN,
        about=receipt.code,
        at=utc_timestamp(receipt.at),
        on_time=receipt.on_time,
        extended_to=receipt.extended_to,
        sha256=receipt.sha256,
    )
