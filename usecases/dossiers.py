"""Award dossiers, and duties that are one document: which papers are needed, which are there, handing in."""

import secrets
from dataclasses import dataclass

from domain.deadlines import DutyKind
from domain.dossiers import Need, needs_of, read_nominees
from domain.errors import Refusal
from domain.plans import AwardForm, Plan, SubjectKind
from domain.roles import Right
from domain.submissions import HANDED_IN
from models.dossiers import Nomination, Paper
from models.duties import Duty
from models.submissions import Submission
from usecases.context import Context, action, question
from usecases.duties import DutyView, duty_for, view_duties
from usecases.papers import inspect
from usecases.plans import plan_in_force
from usecases.ports import FileStore
from usecases.submissions import (
    DraftView,
    ReceiptView,
    acting_person,
    begin,
    draft_for,
    hand_in,
    refuse_unless_editable,
    touch,
    view_draft,
)


@dataclass(frozen=True, slots=True)
class PieceView:
    """One line of a checklist, with the file that fills it."""

    key: str
    name: str
    paper_id: int | None
    file_name: str | None
    size: int | None
    pages: int | None


@dataclass(frozen=True, slots=True)
class DossierView:
    duty: DutyView
    draft: DraftView
    award: str | None
    """None for a duty that is one document."""
    subject: SubjectKind | None
    nominees: tuple[str, ...]
    pieces: tuple[PieceView, ...]

    @property
    def done(self) -> int:
        return sum(piece.paper_id is not None for piece in self.pieces)

    @property
    def missing(self) -> tuple[PieceView, ...]:
        return tuple(piece for piece in self.pieces if piece.paper_id is None)

    def piece(self, key: str) -> PieceView | None:
        return next((piece for piece in self.pieces if piece.key == key), None)


@dataclass(frozen=True, slots=True)
class AwardView:
    code: str
    name: str
    subjects: tuple[SubjectKind, ...]


@dataclass(frozen=True, slots=True)
class DossiersView:
    """All dossiers of one duty, and the awards a new one may ask for."""

    duty: DutyView
    awards: tuple[AwardView, ...]
    dossiers: tuple[DossierView, ...]
    declared_nothing: DraftView | None


@question
async def list_dossiers(ctx: Context, duty_id: int) -> DossiersView:
    duty = await _duty(ctx, duty_id, right=Right.SEE_UNIT, kinds=(DutyKind.DOSSIER,))
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    submissions = (await ctx.uow.submissions.all_of([duty.id])).get(duty.id, [])
    nothing = [draft for draft in submissions if draft.slot == 0 and draft.declares_nothing]
    return DossiersView(
        duty=(await view_duties(ctx, [duty]))[0],
        awards=tuple(AwardView(award.code, award.name, award.subjects) for award in plan.awards),
        dossiers=tuple([await _view(ctx, duty, plan, draft) for draft in submissions if draft.slot]),
        declared_nothing=await view_draft(ctx, nothing[0]) if nothing else None,
    )


@action
async def start_dossier(ctx: Context, duty_id: int, *, award: str, subject: SubjectKind, nominees: str) -> int:
    """Begin a dossier; `nominees` is one name a line. Returns its submission id."""
    duty = await _duty(ctx, duty_id, right=Right.SUBMIT, kinds=(DutyKind.DOSSIER,))
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    asked = _award(plan, award)

    names = read_nominees(nominees)
    if subject not in asked.subjects:
        raise Refusal(f"{asked.name} không dành cho đối tượng này. Anh/chị chọn đối tượng khác.")

    draft = begin(ctx, duty, slot=secrets.randbelow(2**31 - 1) + 1)
    await ctx.uow.flush()
    ctx.uow.dossiers.add(Nomination(submission_id=draft.id, award=award, subject=subject, nominees="\n".join(names)))
    await ctx.uow.commit()
    return draft.id


@action
async def open_paper(ctx: Context, duty_id: int) -> int:
    """The submission of a duty that is one document, begun if need be."""
    duty = await _duty(ctx, duty_id, right=Right.SUBMIT, kinds=(DutyKind.PLAN, DutyKind.TASK))
    draft = await ctx.uow.submissions.of_duty(duty.id) or begin(ctx, duty, slot=0)
    await ctx.uow.commit()
    return draft.id


@question
async def read_dossier(ctx: Context, submission_id: int) -> DossierView:
    duty, draft = await _found(ctx, submission_id, right=Right.SEE_UNIT)
    return await _view(ctx, duty, await plan_in_force(ctx.uow, duty.plan_code), draft)


@action
async def add_paper(
    ctx: Context, submission_id: int, *, piece: str, file_name: str, content: bytes, files: FileStore
) -> DossierView:
    """Put a file in its place in the dossier; what lay there before is replaced."""
    duty, draft = await _found(ctx, submission_id, right=Right.SUBMIT)
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    dossier = await _view(ctx, duty, plan, draft)

    refuse_unless_editable(duty, draft)
    place = dossier.piece(piece)
    if place is None:
        raise Refusal("Thành phần này không có trong hồ sơ. Anh/chị chọn lại thành phần.")
    found = inspect(file_name, content)
    twin = next((p for p in await ctx.uow.dossiers.papers(draft.id) if p.sha256 == found.sha256), None)
    if twin is not None and twin.piece != piece:
        raise Refusal(f"Tệp này giống hệt «{twin.file_name}» đã gửi cho thành phần khác. Anh/chị kiểm tra lại.")

    key = f"{duty.year}/{duty.unit_id}/{draft.id}/{found.sha256}"
    await files.save(key, content)
    await _empty(ctx, place)
    ctx.uow.dossiers.add(
        Paper(
            submission_id=draft.id,
            piece=piece,
            file_name=file_name[:255],
            file_key=key,
            size=found.size,
            pages=found.pages,
            sha256=found.sha256,
            added_by=acting_person(ctx),
            added_at=ctx.now,
        )
    )
    touch(ctx, draft)
    await ctx.uow.flush()
    after = await _view(ctx, duty, plan, draft)
    await ctx.uow.commit()
    return after


@action
async def remove_paper(ctx: Context, submission_id: int, *, piece: str) -> None:
    """Take a file out of the dossier."""
    duty, draft = await _found(ctx, submission_id, right=Right.SUBMIT)
    dossier = await _view(ctx, duty, await plan_in_force(ctx.uow, duty.plan_code), draft)

    refuse_unless_editable(duty, draft)
    place = dossier.piece(piece)
    if place is None or place.paper_id is None:
        raise Refusal("Thành phần này chưa có tệp nào. Anh/chị gửi tệp khi có.")

    await _empty(ctx, place)
    touch(ctx, draft)
    await ctx.uow.commit()


@action
async def submit_dossier(ctx: Context, submission_id: int, *, seen: int) -> ReceiptView:
    """Hand in a whole dossier; `seen` is the revision the officer looked at."""
    duty, draft = await _found(ctx, submission_id, right=Right.SUBMIT)
    dossier = await _view(ctx, duty, await plan_in_force(ctx.uow, duty.plan_code), draft)

    refuse_unless_editable(duty, draft)
    if dossier.missing:
        names = ", ".join(piece.name for piece in dossier.missing)
        raise Refusal(f"Hồ sơ còn thiếu: {names}. Anh/chị gửi đủ rồi nộp.")

    papers = await ctx.uow.dossiers.papers(draft.id)
    files = tuple((paper.file_name, paper.sha256) for paper in papers)
    body: dict[str, object] = {"award": dossier.award, "nominees": dossier.nominees}
    receipt = await hand_in(ctx, duty, draft, seen=seen, body=body, files=files)
    await ctx.uow.commit()
    return receipt


@action
async def declare_nothing(ctx: Context, duty_id: int) -> ReceiptView:
    """The unit proposes nobody this time: that, too, is an answer, with a receipt."""
    duty = await _duty(ctx, duty_id, right=Right.SUBMIT, kinds=(DutyKind.DOSSIER,))
    others = (await ctx.uow.submissions.all_of([duty.id])).get(duty.id, [])
    draft = await draft_for(ctx, duty)

    if any(other.slot and other.state in HANDED_IN for other in others):
        raise Refusal("Đơn vị đã nộp hồ sơ khen thưởng, nên không báo «không đề nghị» được.")

    draft.declares_nothing = True
    receipt = await hand_in(ctx, duty, draft, seen=draft.revision, body={"nothing": True})
    await ctx.uow.commit()
    return receipt


@action
async def discard_dossier(ctx: Context, submission_id: int) -> None:
    """Drop a dossier that was begun by mistake; only a draft can be dropped."""
    duty, draft = await _found(ctx, submission_id, right=Right.SUBMIT)

    refuse_unless_editable(duty, draft)

    await ctx.uow.dossiers.discard(draft)
    await ctx.uow.commit()


async def _duty(ctx: Context, duty_id: int, *, right: Right, kinds: tuple[DutyKind, ...]) -> Duty:
    duty = await duty_for(ctx, duty_id, right=right)
    if duty.kind not in kinds:
        raise Refusal("Việc này không nộp bằng hồ sơ. Anh/chị gõ /viec để mở đúng việc.")
    return duty


async def _found(ctx: Context, submission_id: int, *, right: Right) -> tuple[Duty, Submission]:
    draft = await ctx.uow.submissions.find(submission_id)
    if draft is None:
        raise Refusal("Hồ sơ này không còn nữa. Anh/chị gõ /viec để xem các việc hiện có.")
    return await duty_for(ctx, draft.duty_id, right=right), draft


def _award(plan: Plan, code: str) -> AwardForm:
    found = next((award for award in plan.awards if award.code == code), None)
    if found is None:
        raise Refusal("Hình thức khen thưởng này không còn trong kế hoạch. Anh/chị chọn lại.")
    return found


async def _empty(ctx: Context, place: PieceView) -> None:
    lying = await ctx.uow.dossiers.paper(place.paper_id) if place.paper_id else None
    if lying is not None:
        lying.removed_at = ctx.now


async def _view(ctx: Context, duty: Duty, plan: Plan, draft: Submission) -> DossierView:
    nomination = await ctx.uow.dossiers.nomination(draft.id)
    nominees = tuple(nomination.nominees.splitlines()) if nomination else ()
    award = _award(plan, nomination.award) if nomination else None
    papers = {paper.piece: paper for paper in await ctx.uow.dossiers.papers(draft.id)}
    return DossierView(
        duty=(await view_duties(ctx, [duty]))[0],
        draft=await view_draft(ctx, draft),
        award=award.name if award else None,
        subject=nomination.subject if nomination else None,
        nominees=nominees,
        pieces=tuple(_piece(need, papers.get(need.key)) for need in _needs(plan, award, nomination, nominees)),
    )


def _needs(
    plan: Plan, award: AwardForm | None, nomination: Nomination | None, nominees: tuple[str, ...]
) -> tuple[Need, ...]:
    if award is None or nomination is None:
        return tuple(Need(piece.code, piece.name) for piece in plan.papers)
    return needs_of(award, subject=nomination.subject, nominees=nominees)


def _piece(need: Need, paper: Paper | None) -> PieceView:
    return PieceView(
        key=need.key,
        name=need.name,
        paper_id=paper.id if paper else None,
        file_name=paper.file_name if paper else None,
        size=paper.size if paper else None,
        pages=paper.pages if paper else None,
    )
