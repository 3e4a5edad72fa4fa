"""A submission as its reviewer sees it: every line with pledge, last period and median, outliers first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from domain.dossiers.paper_checks import Finding
from domain.plans.deadlines import WITH_FIGURES, DutyKind
from domain.submissions.outliers import Outlier
from domain.submissions.pledges import ChoiceKind
from domain.submissions.returns import WHOLE
from domain.submissions.submissions import Action, State
from domain.typed_input.figures import write_figure
from models.duties.duties import Duty
from models.submissions.submissions import Submission
from usecases.context import Context, command, query
from usecases.dossiers.attachments import StoredAttachment, stored_attachment
from usecases.dossiers.checklist import RequirementView, view_dossier
from usecases.dossiers.kept_papers import KeptPaper, papers_of, stored_paper
from usecases.dossiers.standard_names import standard_name
from usecases.duties.requirements import requires_document
from usecases.duties.views import DutyView, view_duties
from usecases.ports import FileStore
from usecases.reviews.access import ReviewCase, review_case
from usecases.submissions.comparisons import previous_period
from usecases.submissions.first_reviewers import FirstReviewer
from usecases.submissions.pledges import ChoiceView, TargetView, view_pledge
from usecases.submissions.report_sheet import FigureView, view_report
from usecases.submissions.required_papers import KEPT

_NO_FIGURE = "không có số liệu"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A part that can be returned alone: an indicator, a file, or the campaigns or titles of a pledge."""

    key: str
    name: str
    shown: str
    """The handed-in content: «12,5 tỷ đồng», a file's name."""
    note: str | None = None
    """The unit's reason why there is no figure, or why it is off the trend."""
    pledged: Decimal | None = None
    previous: Decimal | None = None
    median: Decimal | None = None
    outliers: tuple[Outlier, ...] = ()
    is_paper: bool = False
    findings: tuple[Finding, ...] = ()
    """What the checks of the file found."""
    kept_reason: str | None = None
    """Why the unit keeps the file in spite of that."""


@dataclass(frozen=True, slots=True)
class CorrectedLineView:
    """A returned line before and after its correction."""

    name: str
    reason: str
    old: str
    new: str

    @property
    def has_changed(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A unit's open request to correct lines of an accepted submission."""

    names: tuple[str, ...]
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class ReviewSheetView:
    submission_id: int
    revision: int
    state: State
    duty: DutyView
    award: str | None
    nominees: tuple[str, ...]
    declares_nothing: bool
    receipt: str | None
    at: datetime | None
    """When it was handed in last (local time)."""
    on_time: bool
    late_reason: str | None
    """The unit's explanation of a late hand-in."""
    lines: tuple[SheetLine, ...]
    """Lines with outliers or findings first."""
    previous_period: str
    """Period of the previous figures: «6 tháng 2025»."""
    changes: tuple[CorrectedLineView, ...]
    """The lines of the last return, as they are now."""
    correction: CorrectionView | None
    first: FirstReviewer | None
    kept: tuple[KeptPaper, ...]
    """Photos of the signed paper that the unit keeps with its figures; they are no lines to return."""
    may_accept: bool
    may_check: bool
    """Whether the reader may pass it on to the standing body."""
    may_return: bool
    may_decide: bool
    """Whether the reader may answer the request to correct it."""

    @property
    def marked(self) -> tuple[SheetLine, ...]:
        return tuple(line for line in self.lines if line.outliers)

    @property
    def papers(self) -> tuple[SheetLine, ...]:
        return tuple(line for line in self.lines if line.is_paper)

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """(key, name) of every file that can be opened."""
        return (*((line.key, line.name) for line in self.papers), *((paper.key, paper.name) for paper in self.kept))

    def line(self, key: str) -> SheetLine | None:
        return next((line for line in self.lines if line.key == key), None)


@query
async def read_sheet(ctx: Context, submission_id: int) -> ReviewSheetView:
    return await view_sheet(ctx, await review_case(ctx, submission_id))


async def view_sheet(ctx: Context, case: ReviewCase) -> ReviewSheetView:
    """Return the sheet. The caller has checked that the actor reviews the submission."""
    duty, draft = case.duty, case.draft
    # A withdrawn submission is the unit's own draft again; reviewers may not read it.
    is_withdrawn = draft.state is State.DRAFT
    lines = () if is_withdrawn else await lines_of(ctx, duty, draft)
    dossier = await view_dossier(ctx, duty, draft) if draft.slot and not is_withdrawn else None
    receipt = await ctx.uow.submissions.last_receipt(draft.id)
    return ReviewSheetView(
        submission_id=draft.id,
        revision=draft.revision,
        state=draft.state,
        duty=(await view_duties(ctx, [duty]))[0],
        award=dossier.award if dossier else None,
        nominees=dossier.nominees if dossier else (),
        declares_nothing=draft.declares_nothing,
        receipt=receipt.code if receipt else None,
        at=ctx.local(draft.submitted_at) if draft.submitted_at else None,
        on_time=receipt is None or receipt.on_time,
        late_reason=None if receipt is None or receipt.on_time else draft.late_reason,
        lines=tuple(sorted(lines, key=lambda line: not (line.outliers or line.findings))),
        previous_period=await previous_period(ctx, duty),
        changes=await changes_of(ctx, draft, lines),
        correction=await _correction(ctx, draft, lines),
        first=case.first,
        kept=await papers_of(ctx, draft) if duty.kind in WITH_FIGURES and not is_withdrawn else (),
        may_accept=case.may(Action.ACCEPT),
        may_check=case.may(Action.CHECK),
        may_return=case.may(Action.RETURN),
        may_decide=case.may(Action.ALLOW_CORRECTION),
    )


async def lines_of(ctx: Context, duty: Duty, draft: Submission) -> tuple[SheetLine, ...]:
    """Return the lines in the plan's order; a declaration that nobody is proposed has none."""
    if draft.declares_nothing:
        return ()
    if duty.kind is DutyKind.DOSSIER or await requires_document(ctx, duty):
        return tuple(_paper(requirement) for requirement in (await view_dossier(ctx, duty, draft)).requirements)
    if duty.kind is DutyKind.REPORT:
        return tuple(_figure(line) for line in (await view_report(ctx, duty)).lines)
    pledge = await view_pledge(ctx, duty)
    targets = tuple(_target(line) for line in pledge.lines)
    return (
        *targets,
        _choices(ChoiceKind.CAMPAIGN, "Phong trào", pledge.joins),
        _choices(ChoiceKind.TITLE, "Danh hiệu", pledge.strives_for),
    )


def _figure(line: FigureView) -> SheetLine:
    return SheetLine(
        key=line.indicator,
        name=line.name,
        shown=_NO_FIGURE if line.value is None else f"{write_figure(line.value)} {line.uom}",
        note=line.reason,
        pledged=line.target,
        previous=line.previous,
        median=line.median,
        outliers=line.outliers,
    )


def _target(line: TargetView) -> SheetLine:
    shown = _NO_FIGURE if line.target is None else f"{write_figure(line.target)} {line.uom}"
    return SheetLine(line.indicator, line.name, shown, previous=line.previous, outliers=line.outliers)


def _choices(kind: ChoiceKind, name: str, chosen: Sequence[ChoiceView]) -> SheetLine:
    return SheetLine(kind, name, ", ".join(choice.name for choice in chosen) or "không đăng ký")


def _paper(requirement: RequirementView) -> SheetLine:
    return SheetLine(
        requirement.key,
        requirement.name,
        requirement.file_name or "chưa có tệp",
        is_paper=requirement.attachment_id is not None,
        findings=requirement.findings,
        kept_reason=requirement.kept_reason,
    )


async def changes_of(ctx: Context, draft: Submission, lines: Sequence[SheetLine]) -> tuple[CorrectedLineView, ...]:
    """Return the lines of the last return once they were handed in again; nothing if it was a return of the whole."""
    back = await ctx.uow.returns.last(draft.id)
    if back is None or draft.state in (State.DRAFT, State.RETURNED):
        return ()
    now = {line.key: line.shown for line in lines}
    items = await ctx.uow.returns.items(back.id)
    return tuple(
        CorrectedLineView(item.name, item.reason, item.old, now.get(item.key, item.old))
        for item in items
        if item.key != WHOLE
    )


async def _correction(ctx: Context, draft: Submission, lines: Sequence[SheetLine]) -> CorrectionView | None:
    asked = await ctx.uow.correction_requests.last(draft.id) if draft.state is State.CORRECTING else None
    if asked is None:
        return None
    names = tuple(line.name for line in lines if line.key in asked.keys)
    return CorrectionView(names, asked.reason, by=(await ctx.uow.officers.names({asked.by}))[asked.by])


@command
async def open_reviewed_attachment(
    ctx: Context, submission_id: int, *, requirement: str, files: FileStore
) -> StoredAttachment:
    """Return an attached file under its standard name, and record in the audit log that the reviewer opened it.

    Raises Refusal if the actor does not review the submission, or nothing is attached there.
    """
    case = await review_case(ctx, submission_id)
    if requirement.startswith(f"{KEPT}#"):
        return await stored_paper(ctx, case.duty, case.draft, key=requirement, files=files)
    name = await standard_name(ctx, case.duty, case.draft, requirement)
    stored = await stored_attachment(ctx, case.duty, case.draft, requirement=requirement, files=files)
    return replace(stored, file_name=name or stored.file_name)
