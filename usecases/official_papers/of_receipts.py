"""Papers about what one unit has handed in: its own report, its pledge, and the receipt of its dossier."""

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.official_papers import PaperKind
from domain.plans.deadlines import DutyKind
from domain.roles import Right
from domain.submissions.submissions import ON_PAPER, TAKEN_IN
from models.duties.duties import Duty
from models.plans.in_force import plan_in_force
from models.submissions.submissions import Submission
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.duties.views import duty_for
from usecases.official_papers.frames import frame_of_office, frame_of_unit
from usecases.official_papers.views import DossierReceiptPaper, PaperFrame, PledgePaper, UnitReportPaper
from usecases.submissions.pledges import view_pledge
from usecases.submissions.receipts import ReceiptView, find_receipt
from usecases.submissions.report_sheet import view_report
from usecases.submissions.required_papers import award_of

UnitPaper = UnitReportPaper | PledgePaper | DossierReceiptPaper


@query
async def paper_of_receipt(ctx: Context, code: str) -> PaperKind | None:
    """Return the paper that goes with this receipt, or None if there is none.

    Raises Refusal if there is no such receipt or the actor may not see its unit.
    """
    receipt = await find_receipt(ctx, code)
    return _kind(receipt) if receipt.still_stands else None


@query
async def receipt_of_dossier(ctx: Context, submission_id: int) -> str | None:
    """Return the last receipt's code of a dossier that is handed in.

    It is None for everything else, and for readers who may not see the unit, such as its first reviewer.
    """
    draft = await ctx.uow.submissions.find(submission_id)
    duty = await ctx.uow.duties.find(draft.duty_id) if draft is not None else None
    if draft is None or duty is None or draft.submitted_at is None or duty.kind is not DutyKind.DOSSIER:
        return None
    above = await ctx.uow.units.above(duty.unit_id)
    if draft.slot == ON_PAPER or not ctx.actor.may(Right.SEE_UNIT, unit_id=duty.unit_id, above=above):
        return None
    receipt = await ctx.uow.submissions.last_receipt(draft.id)
    return receipt.code if receipt else None


@command
async def draft_of_receipt(ctx: Context, code: str) -> UnitPaper:
    """Return the paper that goes with this receipt; it has an audit entry.

    Raises Refusal like `find_receipt`, and if what was handed in has been withdrawn or replaced.
    """
    receipt = await find_receipt(ctx, code)
    duty, draft = await _submission(ctx, receipt.submission_id)
    kind = _kind(receipt)
    if kind is None or not receipt.still_stands:
        raise Refusal("paper-of-old-receipt", "Biên nhận này không còn hiệu lực.", way=Way.DUTIES)

    paper = await _draft(ctx, kind, duty, draft, receipt)
    audit(ctx, AuditAction.EXPORTED, about=kind, unit_id=duty.unit_id, receipt=receipt.code)
    await ctx.uow.commit()
    return paper


async def _submission(ctx: Context, submission_id: int) -> tuple[Duty, Submission]:
    draft = await ctx.uow.submissions.find(submission_id)
    if draft is None:
        raise Refusal("duty-gone", "Việc này không còn nữa.", way=Way.DUTIES)
    return await duty_for(ctx, draft.duty_id, right=Right.SEE_UNIT), draft


def _kind(receipt: ReceiptView) -> PaperKind | None:
    if receipt.on_paper:
        return None
    match receipt.kind:
        case DutyKind.PLEDGE:
            return PaperKind.PLEDGE
        case DutyKind.DOSSIER:
            return PaperKind.DOSSIER_RECEIPT
        case DutyKind.REPORT if not receipt.is_document:
            return PaperKind.UNIT_REPORT
        case _:
            return None


async def _draft(ctx: Context, kind: PaperKind, duty: Duty, draft: Submission, receipt: ReceiptView) -> UnitPaper:
    if kind is PaperKind.DOSSIER_RECEIPT:
        frame = await frame_of_office(ctx, kind, duty, about=receipt.unit_name)
        return await _dossier_receipt(ctx, frame, duty, draft, receipt)
    frame = await frame_of_unit(ctx, kind, duty)
    if kind is PaperKind.UNIT_REPORT:
        return UnitReportPaper(frame, receipt.unit_name, await view_report(ctx, duty, beside=False))
    cluster = await ctx.uow.clusters.of_unit(duty.unit_id, day=ctx.today)
    return PledgePaper(frame, receipt.unit_name, cluster.name if cluster else "", await view_pledge(ctx, duty))


async def _dossier_receipt(
    ctx: Context, frame: PaperFrame, duty: Duty, draft: Submission, receipt: ReceiptView
) -> DossierReceiptPaper:
    nomination = await ctx.uow.dossiers.nomination(draft.id)
    award = award_of(await plan_in_force(ctx.uow, duty.plan_code), nomination.award).name if nomination else ""
    nominees = tuple(nomination.nominees.splitlines()) if nomination else ()
    return DossierReceiptPaper(frame, receipt, award, nominees, is_accepted=draft.state in TAKEN_IN)
