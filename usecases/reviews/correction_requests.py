"""Requests to correct what was accepted: the unit asks with a reason, the standing body allows or refuses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.roles import Right
from domain.submissions.submissions import ON_PAPER, Action, ReviewPart, State, moved
from domain.typed_input.figures import Otherwise, write_figure
from domain.typed_input.words import LONGEST_SENTENCE, read_sentence
from models.duties.duties import Duty
from models.message_kinds import MessageKind
from models.reviews.correction_requests import CorrectionRequest
from models.submissions.submissions import Submission
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.duties.requirements import required_indicators
from usecases.duties.views import DutyView, duty_for, view_duties
from usecases.locks import submission_for_update
from usecases.outbox.queueing import clerks_of, notify
from usecases.reachability.unit_notices import UnitNotice, notify_unit
from usecases.reviews.access import decide, refuse_unless_allowed, review_case_for_update
from usecases.reviews.returns import return_items
from usecases.reviews.sheet import SheetLine, lines_of
from usecases.submissions.form import indicator_of, readings

EXAMPLE = "Kho bạc vừa đối chiếu lại số thu"


@dataclass(frozen=True, slots=True)
class CorrectableView:
    """The lines of an accepted submission that the unit may ask to correct."""

    submission_id: int
    duty: DutyView
    lines: tuple[SheetLine, ...]
    figures: frozenset[str]
    """Keys of the lines that are figures; the unit is asked for the right ones."""


@dataclass(frozen=True, slots=True)
class CorrectionNews:
    """A request and its answer."""

    submission_id: int
    duty: DutyView
    names: tuple[str, ...]
    reason: str
    by: str
    is_waiting: bool
    answer: str | None
    """Reason of the refusal, or None if it waits or was allowed."""


@dataclass(frozen=True, slots=True)
class CorrectionAnswer:
    """The duty of an answered request, and who was told of the answer."""

    duty: DutyView
    told: UnitNotice


@query
async def read_correctable(ctx: Context, submission_id: int) -> CorrectableView:
    """Return the lines that can be corrected. Raises Refusal if no correction can be asked for."""
    duty, draft = await _accepted(ctx, await ctx.uow.submissions.find(submission_id))
    lines = await lines_of(ctx, duty, draft)
    asked = {indicator.code for indicator in await required_indicators(ctx, duty)}
    figures = frozenset(line.key for line in lines if line.key in asked and not line.is_paper)
    return CorrectableView(draft.id, (await view_duties(ctx, [duty]))[0], lines, figures)


@query
async def read_right_figure(ctx: Context, submission_id: int, *, key: str, text: str) -> str:
    """Read the right figure of a line and return it in words: «12,5 tỷ đồng».

    Raises Refusal if it is no figure of this indicator, or can be read in two ways.
    """
    duty, _ = await _accepted(ctx, await ctx.uow.submissions.find(submission_id))
    asked = await indicator_of(ctx, duty, key)
    values = readings(text, asked, near=None, otherwise=Otherwise.GO_BACK)
    if len(values) > 1:
        either = " hay ".join(write_figure(value) for value in values)
        raise Refusal("figure-ambiguous", f"«{text}» đọc được hai cách: {either}? Anh/chị ghi lại cho rõ giúp.")
    return f"{write_figure(values[0])} {asked.uom}"


@command
async def ask_correction(
    ctx: Context, submission_id: int, *, keys: Sequence[str], reason: str, right: Mapping[str, str] | None = None
) -> CorrectionNews:
    """Ask the standing body to reopen these lines; the accepted submission stays valid until it allows that.

    `right` is {key: the right figure}; old and right figures are put before the reason. Raises Refusal if no correction
    can be asked for, `keys` is empty or not of this submission, the text is too long, or nobody can answer.
    """
    duty, draft = await _accepted(ctx, await submission_for_update(ctx, submission_id))
    lines = await lines_of(ctx, duty, draft)
    changes = [f"{line.name}: {line.shown} → {right[line.key]}" for line in lines if right and line.key in right]
    said = "; ".join([*changes, read_sentence(reason, example=EXAMPLE)])
    if len(said) > LONGEST_SENTENCE:
        raise Refusal(
            "correction-too-long", "Yêu cầu dài quá. Anh/chị ghi lý do ngắn lại, hoặc xin sửa ít dòng hơn mỗi lần."
        )
    clerks = await clerks_of(ctx, duty.authority_id)
    if not keys or not set(keys) <= {line.key for line in lines}:
        raise Refusal("nothing-chosen", "Anh/chị chọn ít nhất một dòng cần sửa.")
    if not clerks:
        raise Refusal(
            "nobody-to-answer", "Cơ quan thường trực chưa có ai vào bot để trả lời.", way=Way.CALL_FOR_CORRECTION
        )
    before = await ctx.uow.correction_requests.last(draft.id)
    last = await ctx.uow.reviews.last(draft.id)

    asked = CorrectionRequest(
        submission_id=draft.id,
        turn=before.turn + 1 if before else 1,
        keys=list(keys),
        reason=said,
        by=acting_person(ctx),
        at=ctx.now,
    )
    ctx.uow.correction_requests.add(asked)
    draft.state = State.CORRECTING
    await ctx.uow.flush()
    to = {last.by: clerks[last.by]} if last and last.by in clerks else clerks
    await notify(ctx, MessageKind.CORRECTION, to, key=f"correction:{asked.id}", correction=asked.id)
    audit(ctx, AuditAction.CORRECTION_ASKED, about=draft.id, unit_id=duty.unit_id, items=len(keys))
    view = await _news(ctx, duty, draft, asked)
    await ctx.uow.commit()
    return view


async def _accepted(ctx: Context, draft: Submission | None) -> tuple[Duty, Submission]:
    if draft is None:
        raise Refusal("duty-gone", "Nội dung này không còn nữa.", way=Way.DUTIES)
    duty = await duty_for(ctx, draft.duty_id, right=Right.SUBMIT)
    if draft.state is State.CORRECTING:
        raise Refusal("correction-waiting", "Đơn vị đã xin sửa nội dung này, bot đang chờ cơ quan thường trực trả lời.")
    if moved(draft.state, Action.ASK_CORRECTION, parts={ReviewPart.UNIT}) is None:
        raise Refusal("not-accepted-yet", "Nội dung này chưa được tiếp nhận nên chưa cần xin sửa.", way=Way.REOPEN_DUTY)
    if draft.slot == ON_PAPER or draft.declares_nothing:
        raise Refusal("nothing-to-correct", "Nội dung này không có dòng nào để sửa trong bot.", way=Way.CALL_OFFICE)
    return duty, draft


@command
async def allow_correction(ctx: Context, submission_id: int, *, seen: int) -> CorrectionAnswer:
    """Return the lines of the request to the unit, with the unit's own reason.

    Raises Refusal if the actor may not decide, or the request was decided or changed since `seen`.
    """
    case = await review_case_for_update(ctx, submission_id)
    to = await refuse_unless_allowed(ctx, case, Action.ALLOW_CORRECTION, seen=seen)
    asked = await _open_request(ctx, case.draft)

    asked.decided_by, asked.decided_at = acting_person(ctx), ctx.now
    lines = {line.key for line in await lines_of(ctx, case.duty, case.draft)}
    reasons = {key: asked.reason for key in asked.keys if key in lines}
    _, told = await return_items(ctx, case, reasons, action=Action.ALLOW_CORRECTION, to=to)
    answer = CorrectionAnswer((await view_duties(ctx, [case.duty]))[0], told)
    await ctx.uow.commit()
    return answer


@command
async def refuse_correction(ctx: Context, submission_id: int, *, seen: int, reason: str) -> CorrectionAnswer:
    """Refuse the request and tell the unit the reason; the submission stays accepted.

    Raises Refusal if the actor may not decide, the request was decided or changed since `seen`, or `reason` is no
    sentence.
    """
    case = await review_case_for_update(ctx, submission_id)
    to = await refuse_unless_allowed(ctx, case, Action.REFUSE_CORRECTION, seen=seen)
    asked = await _open_request(ctx, case.draft)
    said = read_sentence(reason, example="Số liệu đã báo cáo tỉnh")

    asked.answer, asked.decided_by, asked.decided_at = said, acting_person(ctx), ctx.now
    await decide(ctx, case, Action.REFUSE_CORRECTION, to=to)
    key = f"correction-refused:{asked.id}"
    told = await notify_unit(
        ctx, MessageKind.CORRECTION_REFUSED, case.duty, key=key, first=asked.by, correction=asked.id
    )
    answer = CorrectionAnswer((await view_duties(ctx, [case.duty]))[0], told)
    await ctx.uow.commit()
    return answer


async def _open_request(ctx: Context, draft: Submission) -> CorrectionRequest:
    asked = await ctx.uow.correction_requests.last(draft.id)
    if asked is None:
        raise Refusal("correction-gone", "Đơn vị không còn xin sửa nội dung này.", way=Way.OTHER_REVIEWS)
    return asked


@query
async def read_correction(ctx: Context, correction_id: int) -> CorrectionNews:
    """Return the request. Raises Refusal if it does not exist or the actor may not see the unit."""
    asked = await ctx.uow.correction_requests.find(correction_id)
    draft = await ctx.uow.submissions.find(asked.submission_id) if asked else None
    if asked is None or draft is None:
        raise Refusal("duty-gone", "Việc này không còn nữa.", way=Way.DUTIES)
    return await _news(ctx, await duty_for(ctx, draft.duty_id, right=Right.SEE_UNIT), draft, asked)


async def _news(ctx: Context, duty: Duty, draft: Submission, asked: CorrectionRequest) -> CorrectionNews:
    return CorrectionNews(
        submission_id=draft.id,
        duty=(await view_duties(ctx, [duty]))[0],
        names=tuple(line.name for line in await lines_of(ctx, duty, draft) if line.key in asked.keys),
        reason=asked.reason,
        by=(await ctx.uow.officers.names({asked.by}))[asked.by],
        is_waiting=asked.decided_at is None,
        answer=asked.answer,
    )
