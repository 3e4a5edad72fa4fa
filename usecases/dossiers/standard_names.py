"""Standard names of a dossier's files, for those who file them."""

from pathlib import PurePath

from domain.dossiers.standard_names import number_name, standard_stem
from models.duties.duties import Duty
from models.submissions.dossiers import Attachment
from models.submissions.submissions import Submission
from usecases.context import Context
from usecases.dossiers.checklist import view_dossier
from usecases.plans.loading import plan_in_force


async def standard_name(ctx: Context, duty: Duty, draft: Submission, requirement: str) -> str | None:
    """Return the file's standard name, numbered among all that the unit sent for the duty; None if there is no file."""
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    names = {asked.code: asked.name for award in plan.awards for asked in award.requirements}
    dossier = await view_dossier(ctx, duty, draft)
    names |= {asked.key.partition("#")[0]: asked.name for asked in dossier.requirements}
    papers = await ctx.uow.dossiers.papers_of_duty(duty.id)
    stems = [_stem(paper, names, unit_name=dossier.duty.unit_name, year=duty.year) for paper in papers]
    for place, paper in enumerate(papers):
        if (paper.submission_id, paper.requirement) == (draft.id, requirement):
            ending = PurePath(paper.file_name).suffix.lower()
            return number_name(stems[place], ending=ending, before=stems[:place])
    return None


def _stem(paper: Attachment, names: dict[str, str], *, unit_name: str, year: int) -> str:
    code = paper.requirement.partition("#")[0]
    return standard_stem(names.get(code, code), unit_name=unit_name, year=year)
