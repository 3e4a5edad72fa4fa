"""What is found about a paper by comparing it with its dossier and with other files, and why its sender keeps it."""

from collections.abc import Collection

from domain.audit import AuditAction
from domain.dossiers.paper_checks import (
    Finding,
    FindingKind,
    find_other_unit,
    find_other_year,
    read_reason,
    states_unit_and_year,
)
from domain.errors import Refusal
from domain.roles import Right
from models.duties.duties import Duty
from models.submissions.submissions import Submission
from uploads.paper_checks import CheckedPaper
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command
from usecases.dossiers.checklist import DossierView, found_dossier_for_update, view_dossier
from usecases.submissions.drafts import refuse_unless_editable, touch


async def compare_paper(
    ctx: Context, duty: Duty, draft: Submission, requirement_name: str, paper: CheckedPaper
) -> tuple[Finding, ...]:
    """Return what the pages showed, and whether the file was used before or names another unit or year."""
    found = [*paper.findings, *await _uses(ctx, duty, draft, paper.upload.sha256)]
    if paper.text and states_unit_and_year(requirement_name):
        unit = await _other_unit(ctx, duty, paper.text)
        year = find_other_year(paper.text, years={duty.year, ctx.today.year})
        found += [finding for finding in (unit, year) if finding]
    return tuple(found)


async def _uses(ctx: Context, duty: Duty, draft: Submission, sha256: str) -> tuple[Finding, ...]:
    units = await ctx.uow.dossiers.units_with_file(sha256, besides=draft.id)
    if units - {duty.unit_id}:
        return (Finding(FindingKind.USED_ELSEWHERE),)
    return (Finding(FindingKind.USED_BEFORE),) if units else ()


async def _other_unit(ctx: Context, duty: Duty, text: str) -> Finding | None:
    """Return a finding if the text names a neighbouring unit, and the own one by no name that it ever had."""
    unit = await ctx.uow.units.get(duty.unit_id)
    if unit.authority_id is None:
        return None
    before = {id_ for _, id_ in await ctx.uow.successions.predecessors([unit.id], day=ctx.today)}
    own = await ctx.uow.successions.all_names({unit.id, *before})
    beside = await ctx.uow.units.names_below(unit.authority_id, day=ctx.today)
    others = {name for id_, name in beside.items() if id_ not in {unit.id, *before}}
    return find_other_unit(text, own=own, others=others)


@command
async def keep_papers(ctx: Context, submission_id: int, *, attachment_ids: Collection[int], reason: str) -> DossierView:
    """Store why files are kept in spite of what was found about them: those the officer saw that have no reason yet.

    Raises Refusal if the reason is not usable, the dossier cannot be changed, or none of the files is there any more.
    """
    duty, draft = await found_dossier_for_update(ctx, submission_id, right=Right.SUBMIT)
    refuse_unless_editable(ctx, duty, draft)
    reason = read_reason(reason)
    papers = [
        paper
        for paper in await ctx.uow.dossiers.papers(draft.id)
        if paper.id in attachment_ids and paper.findings and paper.kept_reason is None
    ]
    if not papers:
        raise Refusal("nothing-to-keep", "Các tệp vừa xem đã được thay hoặc đã có lý do. Anh/chị xem lại hồ sơ.")

    for paper in papers:
        paper.kept_reason, paper.kept_by, paper.kept_at = reason, acting_person(ctx), ctx.now
        audit(
            ctx,
            AuditAction.FILE_KEPT,
            about=paper.sha256,
            unit_id=duty.unit_id,
            submission=draft.id,
            requirement=paper.requirement,
            findings=",".join(str(Finding.of(kept).kind) for kept in paper.findings or ()),
        )
    touch(ctx, draft)
    await ctx.uow.flush()
    after = await view_dossier(ctx, duty, draft)
    await ctx.uow.commit()
    return after
