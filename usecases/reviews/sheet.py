"""A submission as its reviewer sees it: every line beside pledge, last period and median, what is far off first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.plans.deadlines import DutyKind
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
from usecases.duties.requirements import requires_document
from usecases.duties.views import DutyView, view_duties
from usecases.ports import FileStore
from usecases.reviews.access import ReviewCase, review_case
from usecases.submissions.comparisons import previous_period
from usecases.submissions.first_reviewers import FirstReviewer
from usecases.submissions.pledges import ChoiceView, TargetView, view_pledge
from usecases.submissions.reports import FigureView, view_report

_NO_FIGURE = "không có số liệu"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """An indicator, a paper, or the campaigns of a pledge: whatever can be returned alone."""

    key: str
    name: str
    shown: str
    """What was handed in: «12,5 tỷ đồng», a file's name."""
    note: str | None = None
    """Why there is no figure, or why it is far off, in the unit's own words."""
    pledged: Decimal | None = None
    previous: Decimal | None = None
    median: Decimal | None = None
    outliers: tuple[Outlier, ...] = ()
    is_paper: bool = False


@dataclass(frozen=True, slots=True)
class CorrectedLineView:
    """A returned line before and after its mending."""

    name: str
    reason: str
    old: str
    new: str

    @property
    def has_changed(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """The unit asks to change these lines of what was accepted."""

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
    """When it was handed in last."""
    on_time: bool
    lines: tuple[SheetLine, ...]
    """What is far off comes first."""
    previous_period: str
    """What the previous figures are figures of: «6 tháng 2025»."""
    changes: tuple[CorrectedLineView, ...]
    """What was returned last time, as it is now."""
    correction: CorrectionView | None
    first: FirstReviewer | None
    may_accept: bool
    may_check: bool
    """Pass it on to the standing body."""
    may_return: bool
    may_decide: bool
    """Upon a request to correct it."""

    @property
    def marked(self) -> tuple[SheetLine, ...]:
        return tuple(line for line in self.lines if line.outliers)

    @property
    def papers(self) -> tuple[SheetLine, ...]:
        return tuple(line for line in self.lines if line.is_paper)

    def line(self, key: str) -> SheetLine | None:
        return next((line for line in self.lines if line.key == key), None)


@query
async def read_sheet(ctx: Context, submission_id: int) -> ReviewSheetView:
    return await view_sheet(ctx, await review_case(ctx, submission_id))


async def view_sheet(ctx: Context, case: ReviewCase) -> ReviewSheetView:
    duty, draft = case.duty, case.draft
    # What was withdrawn is the unit's own draft again, and nobody's to read before it is handed in.
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
        lines=tuple(sorted(lines, key=lambda line: not line.outliers)),
        previous_period=await previous_period(ctx, duty),
        changes=await changes_of(ctx, draft, lines),
        correction=await _correction(ctx, draft, lines),
        first=case.first,
        may_accept=case.may(Action.ACCEPT),
        may_check=case.may(Action.CHECK),
        may_return=case.may(Action.RETURN),
        may_decide=case.may(Action.ALLOW_CORRECTION),
    )


async def lines_of(ctx: Context, duty: Duty, draft: Submission) -> tuple[SheetLine, ...]:
    """In the plan's order; none of a declaration that nobody is proposed."""
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
    )


async def changes_of(ctx: Context, draft: Submission, lines: Sequence[SheetLine]) -> tuple[CorrectedLineView, ...]:
    """What came back last and was handed in again; a whole return has no lines to compare."""
    back = await ctx.uow.reviews.last_return(draft.id)
    if back is None or draft.state in (State.DRAFT, State.RETURNED):
        return ()
    now = {line.key: line.shown for line in lines}
    items = await ctx.uow.reviews.items(back.id)
    return tuple(
        CorrectedLineView(item.name, item.reason, item.old, now.get(item.key, item.old))
        for item in items
        if item.key != WHOLE
    )


async def _correction(ctx: Context, draft: Submission, lines: Sequence[SheetLine]) -> CorrectionView | None:
    asked = await ctx.uow.reviews.last_correction(draft.id) if draft.state is State.CORRECTING else None
    if asked is None:
        return None
    names = tuple(line.name for line in lines if line.key in asked.keys)
    return CorrectionView(names, asked.reason, by=(await ctx.uow.officers.names({asked.by}))[asked.by])


@command
async def open_reviewed_attachment(
    ctx: Context, submission_id: int, *, requirement: str, files: FileStore
) -> StoredAttachment:
    """The file for its reviewer; that it was looked at is noted."""
    case = await review_case(ctx, submission_id)
    return await stored_attachment(ctx, case.duty, case.draft, requirement=requirement, files=files)
