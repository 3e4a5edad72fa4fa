"""Award dossiers, and duties that are one document: beginning, handing in, discarding, declaring that none is due."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from domain.audit import AuditAction
from domain.dossiers.dossiers import own_subject, read_nominees
from domain.dossiers.proposals import ProposalSubject, QuotaUse, matters_of
from domain.dossiers.shares import Counts
from domain.errors import Refusal, Way
from domain.plans.award_rules import awards_of
from domain.plans.awards import Share
from domain.plans.deadlines import DutyKind
from domain.plans.plans import AwardForm, Plan, RuleKind, SubjectKind
from domain.roles import Right
from domain.submissions.submissions import HANDED_IN, MOVES, ON_PAPER, Action, State, may_withdraw
from domain.typed_input.listing import listed
from models.duties.duties import Duty
from models.submissions.dossiers import Nomination
from models.submissions.submissions import Submission
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.dossiers.checklist import DossierView, found_dossier, found_dossier_for_update, view_dossier
from usecases.dossiers.conditions import refuse_award_elsewhere, refuse_shares, refuse_unposted
from usecases.dossiers.proposals import Check, checks_of, figures_of, merits_for, wording_of
from usecases.duties.requirements import requires_document
from usecases.duties.views import DutyView, duty_for, view_duties
from usecases.plans.loading import plan_in_force
from usecases.plans.quotas import quota_uses, refuse_over_quota
from usecases.submissions.drafts import DraftView, begin, draft_for, refuse_unless_editable, touch, view_draft
from usecases.submissions.handing_in import hand_in
from usecases.submissions.receipts import ReceiptView
from usecases.submissions.required_papers import award_of

_OTHER_DOOR = "Việc này không nộp bằng hồ sơ."


@dataclass(frozen=True, slots=True)
class AwardView:
    code: str
    name: str
    subjects: tuple[SubjectKind, ...]
    tally: QuotaUse | None = None
    """The use of the quota, or None if the standing body has set none."""
    checks: tuple[Check, ...] = ()
    """The criteria of the award that a reported figure decides."""
    fallbacks: tuple[str, ...] = ()
    """Codes of the awards to ask for instead, best first."""
    shares: tuple[Share, ...] = ()
    """Shares of a headcount whose numbers a dossier states."""


@dataclass(frozen=True, slots=True)
class DossiersView:
    """All dossiers of one duty, and the awards a new one may ask for."""

    duty: DutyView
    own_subject: SubjectKind
    """Kind of subject that the unit itself is."""
    awards: tuple[AwardView, ...]
    dossiers: tuple[DossierView, ...]
    declared_nothing: DraftView | None
    """The declaration that nobody is proposed, or None if there is none."""
    matters: tuple[ProposalSubject, ...] = ()
    """Subjects of which a dossier names one; empty if the plan has no bodies for subjects."""
    routine: str = ""
    """The plan's rule on routine yearly tasks in its own words; empty if it has none."""
    merits: tuple[str, ...] = ()
    """Nominees that drives of the year have left to the year-end record."""

    @property
    def can_withdraw(self) -> bool:
        """Whether the declaration that nobody is proposed can be taken back."""
        declared = self.declared_nothing
        return declared is not None and may_withdraw(declared.state, is_over=self.duty.is_over)

    def award(self, code: str) -> AwardView | None:
        return next((award for award in self.awards if award.code == code), None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The award that a dossier asks for, and for whom."""

    award: str
    subject: SubjectKind
    nominees: str
    """One name a line."""
    matter: str | None = None
    counts: Counts = field(default_factory=dict)


@query
async def list_dossiers(ctx: Context, duty_id: int) -> DossiersView:
    duty = await _duty(ctx, duty_id, right=Right.SEE_UNIT)
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    submissions = await _submissions(ctx, duty)
    nothing = _nothing(submissions)
    tallies, figures = await quota_uses(ctx, duty), await figures_of(ctx, duty)
    unit = await ctx.uow.units.get(duty.unit_id)
    return DossiersView(
        duty=(await view_duties(ctx, [duty]))[0],
        own_subject=own_subject(unit.kind),
        awards=tuple(_award(plan, duty, award, tallies, figures) for award in awards_of(plan, duty.code)),
        dossiers=tuple([await view_dossier(ctx, duty, draft) for draft in submissions if draft.slot]),
        declared_nothing=await view_draft(ctx, nothing) if nothing else None,
        matters=matters_of(plan),
        routine=wording_of(plan, RuleKind.ROUTINE),
        merits=await merits_for(ctx, plan, duty),
    )


def _award(
    plan: Plan, duty: Duty, award: AwardForm, tallies: Mapping[str, QuotaUse], figures: Mapping[str, Decimal]
) -> AwardView:
    own = {one.code for one in awards_of(plan, duty.code)}
    return AwardView(
        award.code,
        award.name,
        award.subjects,
        tally=tallies.get(award.code),
        checks=checks_of(plan, award, figures),
        fallbacks=tuple(lower.code for lower in plan.fallbacks_of(award.code) if lower.code in own),
        shares=award.shares,
    )


@command
async def start_dossier(ctx: Context, duty_id: int, proposal: Proposal) -> int:
    """Begin a dossier, or find the same one begun before; return its submission id.

    Raises Refusal if the award is not for this subject or belongs to another duty, the unit has declared that it
    proposes nobody, the quota is exceeded, a share is not kept, or the plan does not have the award or the matter.
    """
    await ctx.uow.duties.find_for_update(duty_id)
    duty = await _duty(ctx, duty_id, right=Right.SUBMIT)
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    award, subject, matter = award_of(plan, proposal.award), proposal.subject, proposal.matter
    submissions = await _submissions(ctx, duty)

    names = "\n".join(read_nominees(proposal.nominees))
    if subject not in award.subjects:
        raise Refusal(
            "award-of-other-subject", f"{award.name} không dành cho đối tượng này. Anh/chị chọn đối tượng khác."
        )
    refuse_award_elsewhere(plan, duty, award)
    _refuse_declared(submissions)
    nominations = await ctx.uow.dossiers.nominations([draft.id for draft in submissions])
    for row in nominations.values():
        if (row.award, row.subject, row.nominees) == (award.code, subject, names):
            return row.submission_id

    await refuse_over_quota(ctx, plan, duty, award=award.code, number=len(names.splitlines()))
    if matter is not None and matter not in {known.code for known in matters_of(plan)}:
        raise Refusal("matter-gone", "Lĩnh vực này không còn trong kế hoạch. Anh/chị chọn lại.")
    stated = {code: [part, whole] for code, (part, whole) in proposal.counts.items()} or None
    nomination = Nomination(award=award.code, subject=subject, nominees=names, matter=matter, counts=stated)
    refuse_shares(award, nomination, nominations)
    _drop_returned_declaration(ctx, duty, submissions)
    draft = begin(ctx, duty, slot=secrets.randbelow(2**31 - 1) + 1)
    await ctx.uow.flush()
    nomination.submission_id = draft.id
    ctx.uow.dossiers.add(nomination)
    await ctx.uow.commit()
    return draft.id


@command
async def open_paper(ctx: Context, duty_id: int) -> int:
    """Return the submission id of a duty that is one document; begin the submission if there is none.

    Raises Refusal if the duty is not handed in as one document.
    """
    await ctx.uow.duties.find_for_update(duty_id)
    duty = await duty_for(ctx, duty_id, right=Right.SUBMIT)
    if not await requires_document(ctx, duty):
        raise Refusal("duty-without-dossier", _OTHER_DOOR, way=Way.RIGHT_DUTY)

    draft = await ctx.uow.submissions.of_duty_for_update(duty.id) or begin(ctx, duty, slot=0)
    await ctx.uow.commit()
    return draft.id


@query
async def asks_document(ctx: Context, duty_id: int) -> bool:
    """Whether the duty is handed in as one document. Raises Refusal if the actor may not see the unit."""
    return await requires_document(ctx, await duty_for(ctx, duty_id, right=Right.SEE_UNIT))


@query
async def read_dossier(ctx: Context, submission_id: int) -> DossierView:
    duty, draft = await found_dossier(ctx, submission_id, right=Right.SEE_UNIT)
    return await view_dossier(ctx, duty, draft)


@command
async def submit_dossier(ctx: Context, submission_id: int, *, seen: int) -> ReceiptView:
    """Hand in a complete dossier; `seen` is the revision that the officer looked at.

    Raises Refusal if files are missing, the quota is exceeded, a share or the posting is not as the plan asks, or the
    dossier has changed since.
    """
    duty, draft = await found_dossier_for_update(ctx, submission_id, right=Right.SUBMIT)
    dossier = await view_dossier(ctx, duty, draft)

    refuse_unless_editable(ctx, duty, draft)
    if dossier.missing:
        names = listed((requirement.name for requirement in dossier.missing), more="thành phần khác")
        raise Refusal("dossier-incomplete", f"Hồ sơ còn thiếu: {names}. Anh/chị gửi đủ rồi nộp.")
    if draft.slot:
        _refuse_declared(await _submissions(ctx, duty))
    nomination = await ctx.uow.dossiers.nomination(draft.id)
    if nomination is not None:
        plan = await plan_in_force(ctx.uow, duty.plan_code)
        await refuse_over_quota(ctx, plan, duty, award=nomination.award, number=len(dossier.nominees))
        award = award_of(plan, nomination.award)
        others = [other.id for other in await _submissions(ctx, duty)]
        refuse_shares(award, nomination, await ctx.uow.dossiers.nominations(others))
        refuse_unposted(ctx, award, nomination)

    papers = await ctx.uow.dossiers.papers(draft.id)
    files = tuple((paper.file_name, paper.sha256) for paper in papers)
    receipt = await hand_in(ctx, duty, draft, seen=seen, files=files)
    await ctx.uow.commit()
    return receipt


@command
async def declare_nothing(ctx: Context, duty_id: int) -> ReceiptView:
    """Hand in a declaration that the unit proposes nobody.

    Raises Refusal if it has begun or handed in a dossier for this duty.
    """
    duty = await _duty(ctx, duty_id, right=Right.SUBMIT)
    draft = await draft_for(ctx, duty)
    dossiers = [draft for draft in await _submissions(ctx, duty) if draft.slot]

    if any(dossier.state in HANDED_IN for dossier in dossiers):
        raise Refusal("dossier-handed-in", "Đơn vị đã nộp hồ sơ khen thưởng, nên không báo «không đề nghị» được.")
    if dossiers:
        raise Refusal(
            "dossier-begun", "Đơn vị đang có hồ sơ lập dở. Anh/chị nộp hoặc bỏ hồ sơ ấy trước khi báo «không đề nghị»."
        )

    draft.declares_nothing = True
    receipt = await hand_in(ctx, duty, draft, seen=draft.revision)
    await ctx.uow.commit()
    return receipt


@command
async def discard_dossier(ctx: Context, submission_id: int) -> None:
    """Discard a dossier that was begun by mistake; its earlier receipts can still be looked up.

    Raises Refusal if it has been handed in, or is the document of a duty that is owed.
    """
    duty, draft = await found_dossier_for_update(ctx, submission_id, right=Right.SUBMIT)

    refuse_unless_editable(ctx, duty, draft)
    if not draft.slot:
        raise Refusal("duty-not-discardable", "Việc này phải nộp nên không bỏ được. Anh/chị thay tệp nếu gửi nhầm.")

    for paper in await ctx.uow.dossiers.papers(draft.id):
        paper.removed_at = ctx.now
    touch(ctx, draft)
    draft.state, draft.counts_from = MOVES[draft.state, Action.DISCARD].to, None
    audit(ctx, AuditAction.DISCARDED, about=draft.id, unit_id=duty.unit_id)
    await ctx.uow.commit()


async def _duty(ctx: Context, duty_id: int, *, right: Right) -> Duty:
    duty = await duty_for(ctx, duty_id, right=right)
    if duty.kind is not DutyKind.DOSSIER:
        raise Refusal("duty-without-dossier", _OTHER_DOOR, way=Way.RIGHT_DUTY)
    return duty


async def _submissions(ctx: Context, duty: Duty) -> list[Submission]:
    """Return the submissions that were begun in chat and not discarded, the oldest first."""
    found = (await ctx.uow.submissions.all_of([duty.id])).get(duty.id, [])
    begun = (draft for draft in found if draft.slot != ON_PAPER and draft.state is not State.DISCARDED)
    return sorted(begun, key=lambda draft: draft.id)


def _nothing(submissions: Sequence[Submission]) -> Submission | None:
    declared = (draft for draft in submissions if not draft.slot and draft.declares_nothing)
    return next((draft for draft in declared if draft.state in HANDED_IN), None)


def _drop_returned_declaration(ctx: Context, duty: Duty, submissions: Sequence[Submission]) -> None:
    """Discard a returned declaration that nobody is proposed: the new dossier corrects it."""
    for draft in submissions:
        if draft.declares_nothing and draft.state is State.RETURNED:
            draft.state, draft.declares_nothing = MOVES[draft.state, Action.DISCARD].to, False
            audit(ctx, AuditAction.DISCARDED, about=draft.id, unit_id=duty.unit_id)


def _refuse_declared(submissions: Sequence[Submission]) -> None:
    if _nothing(submissions) is not None:
        raise Refusal(
            "nothing-declared", "Đơn vị đã báo không đề nghị khen thưởng. Muốn lập hồ sơ, anh/chị rút lại báo ấy trước."
        )
