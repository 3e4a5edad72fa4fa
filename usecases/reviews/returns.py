"""Returning single items with reasons; the unit may ask a question about them, which the reviewer answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.errors import AlreadyDone, Refusal, Way
from domain.roles import Right
from domain.submissions.returns import WHOLE, correct_by
from domain.submissions.submissions import Action, State
from domain.typed_input.words import read_sentence
from models.duties.duties import Duty
from models.message_kinds import MessageKind
from models.people.officers import Account
from models.reviews.returns import LONGEST_VALUE, Return, ReturnedItem, ReturnQuestion
from models.submissions.submissions import Submission
from usecases.actor import acting_person
from usecases.context import Context, command, query
from usecases.duties.views import DutyView, duty_for, view_duties
from usecases.groups.scoreboards import refresh_scoreboards
from usecases.locks import submission_for_update
from usecases.outbox.queueing import accounts_of, clerks_of, notify
from usecases.reachability.unit_notices import UnitNotice, notify_unit
from usecases.reviews.access import ReviewCase, decide, refuse_unless_allowed, review_case, review_case_for_update
from usecases.reviews.sheet import lines_of
from usecases.submissions.handing_in import REVIEWING
from usecases.submissions.returned_items import ReturnedView, view_item

_EXAMPLE = "Có lẽ nhầm đơn vị, là 12,5?"
_GONE = "Việc này không còn nữa."


@dataclass(frozen=True, slots=True)
class ReturnView:
    id: int
    submission_id: int
    duty: DutyView
    items: tuple[ReturnedView, ...]
    others: int
    """Number of lines that were not returned."""
    is_paper: bool
    """Whether the lines are files, not figures."""
    correct_by: date
    """Last day on which correcting it keeps the time of the first hand-in."""
    is_open: bool
    """False once it was handed in again or the return was undone."""
    is_taken_back: bool = False
    """Whether the reviewer undid the return."""
    is_granted: bool = False
    """Whether the unit itself asked to correct what was accepted."""
    told: UnitNotice | None = None
    """People who were told of the return, or None unless it was sent just now."""

    @property
    def is_whole(self) -> bool:
        return any(item.is_whole for item in self.items)


@dataclass(frozen=True, slots=True)
class QuestionView:
    id: int
    back: ReturnView
    text: str
    by: str
    answer: str | None
    answered_by: str | None
    told: UnitNotice | None = None
    """People who were told of the answer, or None unless it was given just now."""


@command
async def send_back(ctx: Context, submission_id: int, *, seen: int, reasons: Mapping[str, str]) -> ReturnView:
    """Return the items of `reasons` ({key: reason}) to the unit; the key «*» alone returns everything.

    `seen` is the revision that the reviewer looked at. Raises Refusal if the actor may not decide, the submission has
    changed since, a key is not of this submission, or a reason is no sentence.
    """
    case = await review_case_for_update(ctx, submission_id)
    to = await refuse_unless_allowed(ctx, case, Action.RETURN, seen=seen)
    said = {key: read_sentence(reason, example=_EXAMPLE) for key, reason in reasons.items()}

    back, told = await return_items(ctx, case, said, action=Action.RETURN, to=to)
    view = replace(await _view(ctx, case.duty, case.draft, back), told=told)
    await ctx.uow.commit()
    return view


async def return_items(
    ctx: Context, case: ReviewCase, reasons: Mapping[str, str], *, action: Action, to: State
) -> tuple[Return, UnitNotice]:
    """Store the return, move the submission and tell the unit. Does not commit.

    Return the return and who was told. Raises Refusal if a key of `reasons` is not of this submission.
    """
    duty, draft = case.duty, case.draft
    lines = {line.key: line for line in await lines_of(ctx, duty, draft)}
    if not reasons or not (reasons.keys() <= lines.keys() or reasons.keys() == {WHOLE}):
        raise Refusal("nothing-chosen", "Anh/chị chọn ít nhất một mục cần sửa trong nội dung này.")

    back = Return(
        submission_id=draft.id,
        turn=await ctx.uow.returns.next_turn(draft.id),
        was=draft.state,
        by=acting_person(ctx),
        at=ctx.now,
        correct_by=correct_by(ctx.today, last_valid_day=duty.due_day, calendar=ctx.calendar),
    )
    ctx.uow.returns.add(back)
    await ctx.uow.flush()
    for key, reason in reasons.items():
        name, old = (lines[key].name, lines[key].shown) if key in lines else ("Toàn bộ", "")
        ctx.uow.returns.add(ReturnedItem(return_id=back.id, key=key, name=name, old=old[:LONGEST_VALUE], reason=reason))
    await decide(ctx, case, action, to=to)
    told = await notify_unit(
        ctx, MessageKind.RETURNED, duty, key=f"returned:{back.id}", first=draft.submitted_by, back=back.id
    )
    await refresh_scoreboards(ctx, duty)
    return back, told


@query
async def read_return(ctx: Context, return_id: int) -> ReturnView:
    """Return the view of a return. Raises Refusal if it does not exist or the actor may not see the unit."""
    duty, draft, back = await _found(ctx, return_id, right=Right.SEE_UNIT)
    return await _view(ctx, duty, draft, back)


@command
async def ask_reviewer(ctx: Context, return_id: int, *, text: str) -> QuestionView:
    """Send the unit's question about a return to its reviewer.

    Raises Refusal if the return was undone or handed in again, `text` is no sentence, or no reviewer is in the bot.
    """
    duty, draft, back = await _found_for_update(ctx, return_id, right=Right.SUBMIT)
    view = await _view(ctx, duty, draft, back)
    said = read_sentence(text, example="Số 125 là đúng, có quyết định kèm theo, anh/chị xem giúp")
    reviewers = await _reviewers(ctx, duty, back)

    if view.is_taken_back:
        raise Refusal(
            "return-withdrawn",
            f"Người duyệt đã thu hồi yêu cầu sửa {view.duty.title}, không cần hỏi nữa.",
            way=Way.DUTY_LIST,
        )
    if not view.is_open:
        raise AlreadyDone(
            "return-corrected", f"{view.duty.title} đã được nộp lại, không cần hỏi nữa.", way=Way.DUTY_LIST
        )
    if not reviewers:
        raise Refusal("reviewer-gone", "Người duyệt không còn trong bot.", way=Way.CALL_OFFICE)

    asked = ReturnQuestion(return_id=back.id, text=said, by=acting_person(ctx), at=ctx.now)
    ctx.uow.returns.add(asked)
    await ctx.uow.flush()
    await notify(ctx, MessageKind.RETURN_QUESTION, reviewers, key=f"return-question:{asked.id}", question=asked.id)
    question_view = await _question(ctx, view, asked)
    await ctx.uow.commit()
    return question_view


async def _reviewers(ctx: Context, duty: Duty, back: Return) -> Mapping[int, Account]:
    """Return {person_id: account} of the person who returned it, else of the standing body."""
    posts = await ctx.uow.officers.posts(back.by, day=ctx.today)
    returner = await accounts_of(ctx, [unit.id for _, unit in posts], REVIEWING, only=[back.by])
    return returner or await clerks_of(ctx, duty.authority_id)


@query
async def read_question(ctx: Context, question_id: int) -> QuestionView:
    """Return the question. Raises Refusal if the actor neither reviews the submission nor belongs to its unit."""
    return await _question(ctx, *(await _asked(ctx, await ctx.uow.returns.question(question_id)))[1:])


@command
async def answer_unit(ctx: Context, question_id: int, *, text: str) -> QuestionView:
    """Answer the unit's question and tell the unit.

    Raises Refusal if it has been answered, the actor does not review the submission, or `text` is no sentence.
    """
    draft_id, view, asked = await _asked(ctx, await ctx.uow.returns.question_for_update(question_id))
    case = await review_case_for_update(ctx, draft_id)
    said = read_sentence(text, example="Anh/chị kiểm tra lại đơn vị tính giúp")

    if asked.answer is not None:
        raise AlreadyDone("question-answered", "Câu hỏi này đã được trả lời rồi.", way=Way.REVIEWS_WAITING)

    asked.answer, asked.answered_by, asked.answered_at = said, acting_person(ctx), ctx.now
    key = f"return-answer:{asked.id}"
    told = await notify_unit(ctx, MessageKind.RETURN_ANSWER, case.duty, key=key, first=asked.by, question=asked.id)
    question_view = replace(await _question(ctx, view, asked), told=told)
    await ctx.uow.commit()
    return question_view


async def _asked(ctx: Context, asked: ReturnQuestion | None) -> tuple[int, ReturnView, ReturnQuestion]:
    back = await ctx.uow.returns.find(asked.return_id) if asked else None
    draft = await ctx.uow.submissions.find(back.submission_id) if back else None
    duty = await ctx.uow.duties.find(draft.duty_id) if draft else None
    if asked is None or back is None or draft is None or duty is None:
        raise Refusal("duty-gone", _GONE, way=Way.DUTIES)
    if not ctx.actor.may(Right.SUBMIT, unit_id=duty.unit_id):
        await review_case(ctx, draft.id)
    return draft.id, await _view(ctx, duty, draft, back), asked


async def _question(ctx: Context, view: ReturnView, asked: ReturnQuestion) -> QuestionView:
    names = await ctx.uow.officers.names({asked.by, asked.answered_by or asked.by})
    return QuestionView(
        id=asked.id,
        back=view,
        text=asked.text,
        by=names[asked.by],
        answer=asked.answer,
        answered_by=names[asked.answered_by] if asked.answered_by else None,
    )


async def _found(ctx: Context, return_id: int, *, right: Right) -> tuple[Duty, Submission, Return]:
    back = await ctx.uow.returns.find(return_id)
    draft = await ctx.uow.submissions.find(back.submission_id) if back else None
    return await _with_duty(ctx, draft, back, right=right)


async def _found_for_update(ctx: Context, return_id: int, *, right: Right) -> tuple[Duty, Submission, Return]:
    back = await ctx.uow.returns.find(return_id)
    draft = await submission_for_update(ctx, back.submission_id) if back else None
    return await _with_duty(ctx, draft, back, right=right)


async def _with_duty(
    ctx: Context, draft: Submission | None, back: Return | None, *, right: Right
) -> tuple[Duty, Submission, Return]:
    if back is None or draft is None:
        raise Refusal("duty-gone", _GONE, way=Way.DUTIES)
    return await duty_for(ctx, draft.duty_id, right=right), draft, back


async def _view(ctx: Context, duty: Duty, draft: Submission, back: Return) -> ReturnView:
    items = tuple(view_item(item) for item in await ctx.uow.returns.items(back.id))
    last = await ctx.uow.returns.last(draft.id)
    lines = await lines_of(ctx, duty, draft)
    return ReturnView(
        id=back.id,
        submission_id=draft.id,
        duty=(await view_duties(ctx, [duty]))[0],
        items=items,
        others=0 if any(item.is_whole for item in items) else len(lines) - len(items),
        is_paper=any(line.is_paper for line in lines),
        correct_by=back.correct_by,
        is_open=draft.state is State.RETURNED and last is not None and last.id == back.id,
        is_taken_back=back.taken_back_at is not None,
        is_granted=back.was is State.CORRECTING,
    )
