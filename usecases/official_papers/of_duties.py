"""Papers about one duty of all units, for leaders and the standing body."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.audit import AuditAction
from domain.duties.tallies import TallyPart
from domain.errors import Refusal
from domain.official_papers import PaperKind
from domain.plans.deadlines import DutyKind
from domain.submissions.submissions import HANDED_IN, ON_PAPER, State
from models.duties.duties import Duty
from models.organisation.clusters import Cluster
from models.plans.in_force import plan_in_force
from models.submissions.dossiers import Nomination
from models.submissions.submissions import Submission
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.duties.tallies import last_day, membership_day, tally_units
from usecases.duties.views import view_duties
from usecases.official_papers.frames import council_of, frame_of_office, office_of
from usecases.official_papers.views import LatePaper, LateUnit, NominationPaper, Nominee, PaperFrame
from usecases.status.status import duties_like
from usecases.submissions.required_papers import award_of

_MISSING = (TallyPart.OVERDUE, TallyPart.OWED, TallyPart.MENDING, TallyPart.SPARED, TallyPart.PAPER_CLAIMED)
_LATE = (TallyPart.LATE, TallyPart.IN_EXTENSION)
_MOST_RECEIPTS = 100_000


@dataclass(frozen=True, slots=True)
class PaperList:
    """The papers that fit one duty."""

    duty_id: int
    title: str
    kinds: tuple[PaperKind, ...]
    clusters: tuple[tuple[int, str], ...]
    """(id, name) of each cluster of the authority, for papers of one cluster."""


@query
async def list_papers(ctx: Context, duty_id: int) -> PaperList:
    """Return the papers that fit the duty. Raises Refusal if the actor may not see its status."""
    group = await duties_like(ctx, duty_id)
    clusters = await ctx.uow.clusters.of_authority(group[0].authority_id, day=ctx.today)
    return PaperList(
        duty_id=duty_id,
        title=group[0].name,
        kinds=(*await _own_kinds(ctx, group), PaperKind.LATE_LIST, PaperKind.REMINDER),
        clusters=tuple((cluster.id, cluster.name) for cluster in clusters),
    )


async def _own_kinds(ctx: Context, group: Sequence[Duty]) -> tuple[PaperKind, ...]:
    match group[0].kind:
        case DutyKind.REPORT:
            plan = await plan_in_force(ctx.uow, group[0].plan_code)
            return (PaperKind.COMPILED_REPORT,) if plan.indicators else ()
        case DutyKind.PLEDGE:
            return (PaperKind.CLUSTER_PLEDGE,)
        case DutyKind.DOSSIER:
            return (PaperKind.SUBMISSION_LETTER, PaperKind.MINUTES)
        case _:
            return ()


@command
async def draft_late_paper(ctx: Context, duty_id: int, kind: PaperKind) -> LatePaper:
    """Return the list of the late, or the letter that chases them; it has an audit entry.

    Raises Refusal if the actor may not see the status, and for the letter if nobody is missing.
    """
    group = await duties_like(ctx, duty_id)
    tally = tally_units(await view_duties(ctx, group))
    missing = tally.of(*_MISSING)
    if kind is PaperKind.REMINDER and not missing:
        raise Refusal("nobody-to-chase", "Các đơn vị đã nộp đủ, không còn đơn vị nào để nhắc.")

    frame = await frame_of_office(ctx, kind, group[0])
    authority, plan = await ctx.uow.units.get(group[0].authority_id), await plan_in_force(ctx.uow, group[0].plan_code)
    of_unit = await ctx.uow.clusters.by_unit(authority.id, day=membership_day(ctx, group))
    handed_in_on = await _first_days(ctx, group)
    paper = LatePaper(
        frame,
        office=office_of(authority, plan),
        last_valid_day=last_day(group),
        owed=tally.total,
        handed_in=tally.handed_in,
        missing=tuple(LateUnit(line, _name(of_unit.get(line.unit_id))) for line in missing),
        late=tuple(
            LateUnit(line, _name(of_unit.get(line.unit_id)), handed_in_on.get(line.unit_id))
            for line in tally.of(*_LATE)
        ),
    )
    await note_export(ctx, frame, duty_id=duty_id)
    return paper


async def _first_days(ctx: Context, group: Sequence[Duty]) -> dict[int, date]:
    """Return {unit_id: day of the first hand-in}."""
    submissions = await ctx.uow.submissions.all_of([duty.id for duty in group])
    hours = {
        duty.unit_id: [draft.counts_from for draft in submissions.get(duty.id, []) if draft.counts_from]
        for duty in group
    }
    return {unit_id: ctx.calendar.day_of(min(found)) for unit_id, found in hours.items() if found}


def _name(cluster: Cluster | None) -> str:
    return cluster.name if cluster else ""


@command
async def draft_nominations(ctx: Context, duty_id: int, kind: PaperKind) -> NominationPaper:
    """Return the letter of submission or the minutes for all dossiers that are handed in; it has an audit entry.

    Raises Refusal if the actor may not see the status, or no unit has handed in a dossier.
    """
    group = await duties_like(ctx, duty_id)
    handed_in = await _handed_in(ctx, group)
    nominations = await ctx.uow.dossiers.nominations([draft.id for draft, _ in handed_in])
    if not nominations:
        raise Refusal("dossiers-missing", "Chưa có hồ sơ đề nghị khen thưởng nào được nộp qua bot.")

    frame = await frame_of_office(ctx, kind, group[0])
    authority, plan = await ctx.uow.units.get(group[0].authority_id), await plan_in_force(ctx.uow, group[0].plan_code)
    paper = NominationPaper(
        frame,
        office=office_of(authority, plan),
        council=council_of(plan),
        nominees=await _nominees(ctx, group, handed_in, nominations),
        dossiers=len(nominations),
    )
    await note_export(ctx, frame, duty_id=duty_id)
    return paper


async def _handed_in(ctx: Context, group: Sequence[Duty]) -> list[tuple[Submission, Duty]]:
    submissions = await ctx.uow.submissions.all_of([duty.id for duty in group])
    return [
        (draft, duty)
        for duty in group
        for draft in submissions.get(duty.id, [])
        if draft.slot != ON_PAPER and draft.state in HANDED_IN
    ]


async def _nominees(
    ctx: Context,
    group: Sequence[Duty],
    handed_in: Sequence[tuple[Submission, Duty]],
    nominations: Mapping[int, Nomination],
) -> tuple[Nominee, ...]:
    """Return the nominees by award, in the plan's order of awards."""
    plan = await plan_in_force(ctx.uow, group[0].plan_code)
    names = await ctx.uow.units.names({duty.unit_id for duty in group})
    latest = await ctx.uow.submissions.latest_receipts([duty.id for duty in group], limit=_MOST_RECEIPTS)
    codes = {receipt.submission_id: receipt.code for receipt, _ in latest}
    order = [award.code for award in plan.awards]
    rows = [(nominations[draft.id], draft, duty) for draft, duty in handed_in if draft.id in nominations]
    rows.sort(key=lambda row: order.index(row[0].award) if row[0].award in order else len(order))
    return tuple(
        Nominee(
            name=name,
            subject=nomination.subject,
            award=award_of(plan, nomination.award).name if nomination.award in order else nomination.award,
            unit_name=names[duty.unit_id],
            receipt=codes.get(draft.id, ""),
            is_accepted=draft.state is State.ACCEPTED,
        )
        for nomination, draft, duty in rows
        for name in nomination.nominees.splitlines()
    )


async def note_export(ctx: Context, frame: PaperFrame, **details: object) -> None:
    """Write the audit entry of a draft and commit."""
    audit(ctx, AuditAction.EXPORTED, about=frame.kind, unit_id=frame.authority_id, **details)
    await ctx.uow.commit()
