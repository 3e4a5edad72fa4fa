"""Messages of a review: returns, corrections, questions and answers."""

from collections.abc import Mapping, Sequence

from domain.duties.reminders import next_sending_hour
from models.message_kinds import MessageKind
from scheduler.messages.scheduled_message import ROWS, Addressed, ScheduledMessage, Write
from templates import render
from usecases.context import Context
from usecases.outbox.sending import QueuedMessage
from usecases.ports import Button, MessageContent
from usecases.reviews.acceptance_notices import AcceptedView, read_acceptances
from usecases.reviews.correction_requests import read_correction
from usecases.reviews.returns import ReturnView, read_question, read_return
from usecases.reviews.sheet import read_sheet
from usecases.reviews.undo import read_undo


async def _returned(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    back = await read_return(ctx, queued.ref("back"))
    if not back.is_open:
        return None
    # A reviewer has just pressed «Trả lại»; the unit wants to know now.
    return ScheduledMessage(MessageContent(render("reviews/returns/returned", back=back), _ways(back)), hour=ctx.now)


def _ways(back: ReturnView) -> tuple[tuple[Button, ...], ...]:
    return (Button(_correct_label(back), action=f"mend:{back.id}"),), (
        Button("Hỏi lại người duyệt", action=f"askback:{back.id}"),
    )


def _correct_label(back: ReturnView) -> str:
    if back.is_whole:
        return "Sửa lại"
    thing = "giấy tờ" if back.is_paper else "dòng"
    return f"Sửa {thing} này" if len(back.items) == 1 else f"Sửa {len(back.items)} {thing} này"


async def _resubmitted(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    sheet = await read_sheet(ctx, queued.ref("submission"))
    if not sheet.may_accept and not sheet.may_check:
        return None
    html = render("reviews/resubmitted" if sheet.changes else "reviews/whole_again", sheet=sheet)
    accept = Button("Tiếp nhận", action=f"approve:{sheet.submission_id}:{sheet.revision}")
    look = Button("Xem toàn bộ", action=f"review:{sheet.submission_id}")
    return ScheduledMessage(MessageContent(html, ((accept, look),) if sheet.changes else ((look,),)), hour=ctx.now)


async def _question(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    asked = await read_question(ctx, queued.ref("question"))
    if asked.answer is not None:
        return None
    answer = Button("Trả lời", action=f"answer:{asked.id}")
    look = Button("Xem toàn bộ", action=f"review:{asked.back.submission_id}")
    return ScheduledMessage(MessageContent(render("reviews/question", asked=asked), ((answer, look),)), hour=ctx.now)


async def _answer(ctx: Context, queued: QueuedMessage) -> ScheduledMessage:
    asked = await read_question(ctx, queued.ref("question"))
    buttons = _ways(asked.back) if asked.back.is_open else ()
    return ScheduledMessage(MessageContent(render("reviews/returns/answered", asked=asked), buttons), hour=ctx.now)


async def _correction(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    news = await read_correction(ctx, queued.ref("correction"))
    if not news.is_waiting:
        return None
    button = Button("Xem và trả lời", action=f"review:{news.submission_id}")
    return ScheduledMessage(MessageContent(render("reviews/correction", news=news), ((button,),)), hour=ctx.now)


async def _correction_refused(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    news = await read_correction(ctx, queued.ref("correction"))
    if news.is_waiting:
        return None
    button = Button("Xem nội dung đã nộp", action=f"duty:{news.duty.id}")
    return ScheduledMessage(
        MessageContent(render("reviews/returns/correction_refused", news=news), ((button,),)), hour=ctx.now
    )


async def _undone(ctx: Context, queued: QueuedMessage) -> ScheduledMessage:
    news = await read_undo(ctx, queued.ref("review"))
    button = Button("Xem nội dung đã nộp", action=f"duty:{news.duty.id}")
    return ScheduledMessage(MessageContent(render("reviews/returns/undone", news=news), ((button,),)), hour=ctx.now)


async def write_acceptances(ctx: Context, addressed: Sequence[Addressed]) -> list[ScheduledMessage | None]:
    found = await read_acceptances(ctx, [(one.reader, one.queued.refs_of("submissions")) for one in addressed])
    return [_accepted(ctx, accepted) if accepted else None for accepted in found]


def _accepted(ctx: Context, accepted: Sequence[AcceptedView]) -> ScheduledMessage:
    html = render("reviews/returns/accepted", accepted=accepted[:ROWS], others=len(accepted[ROWS:]))
    # Good news makes no sound.
    return ScheduledMessage(MessageContent(html, is_quiet=True), hour=next_sending_hour(ctx.now, calendar=ctx.calendar))


REVIEW_MESSAGES: Mapping[MessageKind, Write] = {
    MessageKind.RETURNED: _returned,
    MessageKind.RESUBMITTED: _resubmitted,
    MessageKind.RETURN_QUESTION: _question,
    MessageKind.RETURN_ANSWER: _answer,
    MessageKind.CORRECTION: _correction,
    MessageKind.CORRECTION_REFUSED: _correction_refused,
    MessageKind.DECISION_UNDONE: _undone,
}
