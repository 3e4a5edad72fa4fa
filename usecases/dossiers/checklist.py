"""A dossier as its checklist: which papers are asked, which are there. A duty that is one document has one line."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.dossiers.dossiers import ChecklistItem
from domain.dossiers.proposals import ProposalSubject, Results, matters_of
from domain.errors import Refusal, Way
from domain.plans.deadlines import DutyKind
from domain.plans.plans import Plan, RuleKind, SubjectKind
from domain.roles import Right
from domain.submissions.returns import is_unlocked
from domain.submissions.submissions import State, may_withdraw
from models.duties.duties import Duty
from models.submissions.dossiers import Attachment, Nomination
from models.submissions.submissions import Submission
from usecases.context import Context
from usecases.dossiers.proposals import results_of
from usecases.duties.requirements import requires_document
from usecases.duties.views import DutyView, duty_for, view_duties
from usecases.locks import submission_for_update
from usecases.plans.loading import plan_in_force
from usecases.submissions.handing_in import DraftView, view_draft
from usecases.submissions.required_papers import award_of, items_for
from usecases.submissions.returned_items import ReturnedView, returned_items


@dataclass(frozen=True, slots=True)
class RequirementView:
    """One line of a checklist, with the file that fills it."""

    key: str
    name: str
    attachment_id: int | None
    file_name: str | None
    size: int | None
    pages: int | None
    back: ReturnedView | None = None
    """Why this paper came back."""
    is_locked: bool = False
    """Other papers came back, this one was received."""

    @property
    def is_done(self) -> bool:
        return self.attachment_id is not None and (self.back is None or self.back.is_corrected)


@dataclass(frozen=True, slots=True)
class DossierView:
    duty: DutyView
    draft: DraftView
    award: str | None
    """None for a duty that is one document."""
    subject: SubjectKind | None
    nominees: tuple[str, ...]
    requirements: tuple[RequirementView, ...]
    matter: ProposalSubject | None = None
    results: Results | None = None
    """Of the unit itself, beside the proposal of its head, where the plan asks to look at both."""

    @property
    def done(self) -> int:
        return sum(requirement.is_done for requirement in self.requirements)

    @property
    def missing(self) -> tuple[RequirementView, ...]:
        return tuple(requirement for requirement in self.requirements if not requirement.is_done)

    @property
    def can_submit(self) -> bool:
        return self.draft.is_open and not self.missing

    @property
    def can_discard(self) -> bool:
        """Only a dossier can be dropped: a plan is owed, whoever began it."""
        return self.draft.is_open and self.award is not None

    @property
    def can_withdraw(self) -> bool:
        return may_withdraw(self.draft.state, days_left=self.duty.days_left)

    def awaited(self, chosen: str | None) -> RequirementView | None:
        """What the next file is for: the piece chosen, else the first one missing; None when nothing is."""
        if not self.draft.is_open:
            return None
        picked = self.requirement(chosen) if chosen else None
        return picked if picked and not picked.is_locked else next(iter(self.missing), None)

    def requirement(self, key: str) -> RequirementView | None:
        return next((requirement for requirement in self.requirements if requirement.key == key), None)


async def found_dossier(ctx: Context, submission_id: int, *, right: Right) -> tuple[Duty, Submission]:
    """The submission and its duty, if the actor has this right at its unit."""
    return await _dossier(ctx, await ctx.uow.submissions.find(submission_id), right=right)


async def found_dossier_for_update(ctx: Context, submission_id: int, *, right: Right) -> tuple[Duty, Submission]:
    return await _dossier(ctx, await submission_for_update(ctx, submission_id), right=right)


async def _dossier(ctx: Context, draft: Submission | None, *, right: Right) -> tuple[Duty, Submission]:
    if draft is None or draft.state is State.DISCARDED:
        raise Refusal("dossier-gone", "Hồ sơ này không còn nữa.", way=Way.DUTIES)
    duty = await duty_for(ctx, draft.duty_id, right=right)
    if duty.kind is not DutyKind.DOSSIER and not await requires_document(ctx, duty):
        raise Refusal("duty-without-file", "Việc này không nộp bằng tệp.", way=Way.RIGHT_DUTY)
    return duty, draft


async def view_dossier(ctx: Context, duty: Duty, draft: Submission) -> DossierView:
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    nomination = await ctx.uow.dossiers.nomination(draft.id)
    award = award_of(plan, nomination.award) if nomination else None
    papers = {paper.requirement: paper for paper in await ctx.uow.dossiers.papers(draft.id)}
    needs = await items_for(ctx, duty, plan, award, nomination)
    back = await returned_items(ctx, draft)
    return DossierView(
        duty=(await view_duties(ctx, [duty]))[0],
        draft=await view_draft(ctx, draft),
        award=award.name if award else None,
        subject=nomination.subject if nomination else None,
        nominees=tuple(nomination.nominees.splitlines()) if nomination else (),
        requirements=tuple(_piece(need, papers.get(need.key), back) for need in needs),
        matter=_matter(plan, nomination),
        results=await results_of(ctx, duty) if _is_seen_beside_unit(plan, nomination) else None,
    )


def _matter(plan: Plan, nomination: Nomination | None) -> ProposalSubject | None:
    return next((one for one in matters_of(plan) if nomination and one.code == nomination.matter), None)


def _is_seen_beside_unit(plan: Plan, nomination: Nomination | None) -> bool:
    return nomination is not None and nomination.subject is SubjectKind.HEAD and plan.has_rule(RuleKind.HEAD)


def _piece(need: ChecklistItem, paper: Attachment | None, back: Mapping[str, ReturnedView]) -> RequirementView:
    return RequirementView(
        key=need.key,
        name=need.name,
        attachment_id=paper.id if paper else None,
        file_name=paper.file_name if paper else None,
        size=paper.size if paper else None,
        pages=paper.pages if paper else None,
        back=back.get(need.key),
        is_locked=bool(back) and not is_unlocked(need.key, returned=back.keys()),
    )
