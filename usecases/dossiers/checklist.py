"""A dossier as a checklist of required and present files. A duty that is one document has a single line."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.dossiers.dossiers import ChecklistItem
from domain.dossiers.paper_checks import Finding
from domain.dossiers.proposals import ProposalSubject, Results, matters_of
from domain.errors import Refusal, Way
from domain.plans.award_rules import original_of
from domain.plans.deadlines import DutyKind, PaperOriginal
from domain.plans.plans import Plan, RuleKind, SubjectKind
from domain.roles import Right
from domain.submissions.returns import is_unlocked
from domain.submissions.submissions import State, may_withdraw
from models.duties.duties import Duty
from models.submissions.dossiers import Attachment, Nomination
from models.submissions.submissions import Submission
from usecases.context import Context
from usecases.dossiers.conditions import PostingView, StatedShare, stated_shares, view_posting
from usecases.dossiers.proposals import results_of
from usecases.duties.requirements import requires_document
from usecases.duties.views import DutyView, duty_for, view_duties
from usecases.locks import submission_for_update
from usecases.plans.loading import plan_in_force
from usecases.submissions.drafts import DraftView, view_draft
from usecases.submissions.late_reasons import late_item
from usecases.submissions.required_papers import LATE_ITEM, LATE_ITEM_NAME, award_of, items_for
from usecases.submissions.returned_items import ReturnedView, returned_items


@dataclass(frozen=True, slots=True)
class RequirementView:
    """One line of a checklist, with the file attached to it."""

    key: str
    name: str
    attachment_id: int | None
    file_name: str | None
    size: int | None
    pages: int | None
    back: ReturnedView | None = None
    """The return of this file, or None if it was not returned."""
    is_locked: bool = False
    """Whether only other files were returned, so that this one cannot be changed."""
    findings: tuple[Finding, ...] = ()
    """What the checks of the file found."""
    kept_reason: str | None = None
    """Why the unit keeps the file in spite of that."""

    @property
    def is_done(self) -> bool:
        return self.attachment_id is not None and (self.back is None or self.back.is_corrected)

    @property
    def is_doubtful(self) -> bool:
        """Whether something was found and the unit has not said why it keeps the file."""
        return bool(self.findings) and not self.kept_reason


@dataclass(frozen=True, slots=True)
class DossierView:
    duty: DutyView
    draft: DraftView
    award: str | None
    """Name of the award, or None for a duty that is one document."""
    subject: SubjectKind | None
    nominees: tuple[str, ...]
    requirements: tuple[RequirementView, ...]
    matter: ProposalSubject | None = None
    """The subject that the proposal names, if the plan has bodies for subjects."""
    original: PaperOriginal | None = None
    """Where the signed paper goes, or None if the plan does not say."""
    shares: tuple[StatedShare, ...] = ()
    posting: PostingView | None = None
    """The public posting that the award asks for, or None if it asks for none."""
    results: Results | None = None
    """The unit's own results, if its head is proposed and the plan asks to look at both."""

    @property
    def done(self) -> int:
        return sum(requirement.is_done for requirement in self.requirements)

    @property
    def missing(self) -> tuple[RequirementView, ...]:
        return tuple(requirement for requirement in self.requirements if not requirement.is_done)

    @property
    def doubtful(self) -> tuple[RequirementView, ...]:
        return tuple(requirement for requirement in self.requirements if requirement.is_doubtful)

    @property
    def can_keep(self) -> bool:
        """Whether there are files for which the unit can say why it keeps them."""
        return self.draft.is_open and any(not requirement.is_locked for requirement in self.doubtful)

    @property
    def can_submit(self) -> bool:
        return self.draft.is_open and not self.missing and not self.needs_posting

    @property
    def needs_posting(self) -> bool:
        """Whether the days of the public posting are still to be stated."""
        return self.posting is not None and not self.posting.is_stated

    @property
    def can_discard(self) -> bool:
        """Whether it can be discarded: only proposals can, a document is owed in any case."""
        return self.draft.is_open and self.award is not None

    @property
    def can_withdraw(self) -> bool:
        return may_withdraw(self.draft.state, is_over=self.duty.is_over)

    def awaited(self, chosen: str | None) -> RequirementView | None:
        """Return the line for the next file: the chosen one, else the first that is missing, if any."""
        if not self.draft.is_open:
            return None
        picked = self.requirement(chosen) if chosen else None
        return picked if picked and not picked.is_locked else next(iter(self.missing), None)

    def requirement(self, key: str) -> RequirementView | None:
        return next((requirement for requirement in self.requirements if requirement.key == key), None)


async def found_dossier(ctx: Context, submission_id: int, *, right: Right) -> tuple[Duty, Submission]:
    """Return the duty and the submission.

    Raises Refusal if the submission does not exist or was discarded, if the actor lacks the right at its unit, or if
    the duty is not handed in as files.
    """
    return await _dossier(ctx, await ctx.uow.submissions.find(submission_id), right=right)


async def found_dossier_for_update(ctx: Context, submission_id: int, *, right: Right) -> tuple[Duty, Submission]:
    """Do the same as `found_dossier`, with the duty and the submission locked."""
    return await _dossier(ctx, await submission_for_update(ctx, submission_id), right=right)


async def _dossier(ctx: Context, draft: Submission | None, *, right: Right) -> tuple[Duty, Submission]:
    if draft is None or draft.state is State.DISCARDED:
        raise Refusal("dossier-gone", "Hồ sơ này không còn nữa.", way=Way.DUTIES)
    duty = await duty_for(ctx, draft.duty_id, right=right)
    if duty.kind is not DutyKind.DOSSIER and not await requires_document(ctx, duty):
        raise Refusal("duty-without-file", "Việc này không nộp bằng tệp.", way=Way.RIGHT_DUTY)
    return duty, draft


async def view_dossier(ctx: Context, duty: Duty, draft: Submission) -> DossierView:
    """Return the dossier. The caller has checked that the actor may see it."""
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    nomination = await ctx.uow.dossiers.nomination(draft.id)
    award = award_of(plan, nomination.award) if nomination else None
    papers = {paper.requirement: paper for paper in await ctx.uow.dossiers.papers(draft.id)}
    items = await items_for(ctx, duty, plan, award, nomination)
    if (late := late_item(ctx, plan, duty, draft)) or LATE_ITEM in papers:
        items = (*items, late or ChecklistItem(LATE_ITEM, LATE_ITEM_NAME))
    back = await returned_items(ctx, draft)
    return DossierView(
        duty=(await view_duties(ctx, [duty]))[0],
        draft=await view_draft(ctx, draft),
        award=award.name if award else None,
        subject=nomination.subject if nomination else None,
        nominees=tuple(nomination.nominees.splitlines()) if nomination else (),
        requirements=tuple(_requirement(item, papers.get(item.key), back) for item in items),
        matter=_matter(plan, nomination),
        shares=stated_shares(award, nomination) if award and nomination else (),
        original=original_of(plan, duty.code, award),
        posting=view_posting(award, nomination) if award and nomination else None,
        results=await results_of(ctx, duty) if _shows_unit_results(plan, nomination) else None,
    )


def _matter(plan: Plan, nomination: Nomination | None) -> ProposalSubject | None:
    return next((matter for matter in matters_of(plan) if nomination and matter.code == nomination.matter), None)


def _shows_unit_results(plan: Plan, nomination: Nomination | None) -> bool:
    return nomination is not None and nomination.subject is SubjectKind.HEAD and plan.has_rule(RuleKind.HEAD)


def _requirement(item: ChecklistItem, paper: Attachment | None, back: Mapping[str, ReturnedView]) -> RequirementView:
    return RequirementView(
        key=item.key,
        name=item.name,
        attachment_id=paper.id if paper else None,
        file_name=paper.file_name if paper else None,
        size=paper.size if paper else None,
        pages=paper.pages if paper else None,
        back=back.get(item.key),
        is_locked=bool(back) and not is_unlocked(item.key, returned=back.keys()),
        findings=tuple(Finding.of(kept) for kept in paper.findings or ()) if paper else (),
        kept_reason=paper.kept_reason if paper else None,
    )
