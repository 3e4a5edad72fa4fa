"""The files that a submission must hold, by the plan in force and the award."""

from domain.dossiers.dossiers import ChecklistItem, checklist_items, document_items
from domain.errors import Refusal
from domain.plans.plans import AwardForm, Plan
from models.duties.duties import Duty
from models.plans.in_force import plan_in_force
from models.submissions.dossiers import Nomination
from usecases.context import Context

LATE_ITEM = "giai-trinh-nop-tre"
"""Key of the explanation that a late dossier or document holds besides what it always holds."""
LATE_ITEM_NAME = "Giải trình nộp trễ"
KEPT = "giay-kem"
"""Begins the key of a paper that is kept with a report or a pledge, although none is asked for: «giay-kem#1»."""
KEPT_NAME = "Bản giấy kèm theo"


def award_of(plan: Plan, code: str) -> AwardForm:
    """Return the award of this code. Raises Refusal if the plan does not have it any more."""
    found = next((award for award in plan.awards if award.code == code), None)
    if found is None:
        raise Refusal("award-gone", "Hình thức khen thưởng này không còn trong kế hoạch. Anh/chị chọn lại.")
    return found


async def items_for(
    ctx: Context, duty: Duty, plan: Plan, award: AwardForm | None, nomination: Nomination | None
) -> tuple[ChecklistItem, ...]:
    """Return the checklist of a dossier; without an award, of a duty that is one document.

    What a late one needs besides is left out.
    """
    if award is None or nomination is None:
        return document_items(plan.papers, code=duty.code, title=duty.title)
    unit = await ctx.uow.units.get(duty.unit_id)
    nominees = tuple(nomination.nominees.splitlines())
    return checklist_items(award, subject=nomination.subject, nominees=nominees, proposer=unit.kind)


async def paper_names(ctx: Context, duty: Duty, submission_id: int) -> dict[str, str]:
    """Return {key of a checklist item or a kept paper: its name}; items that the plan has no more are missing."""
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    nomination = await ctx.uow.dossiers.nomination(submission_id)
    award = next((form for form in plan.awards if nomination and form.code == nomination.award), None)
    names = {item.key: item.name for item in await items_for(ctx, duty, plan, award, nomination)}
    names[LATE_ITEM] = LATE_ITEM_NAME
    kept = [paper.requirement for paper in await ctx.uow.dossiers.papers(submission_id)]
    return names | {key: f"{KEPT_NAME} {key.rpartition('#')[2]}" for key in kept if key.startswith(f"{KEPT}#")}
