"""Buttons of a review's messages: correct what was returned, ask, answer, accept what was corrected."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, MaybeInaccessibleMessageUnion
from aiogram_dialog import DialogManager, ShowMode

from dialogs.links.duties import open_attachments, open_duty
from dialogs.links.reviews import open_return_question, open_review, open_review_answer
from dialogs.shared.replies import answer_press, close_push
from domain.errors import AlreadyDone
from domain.plans.deadlines import DutyKind
from handlers.push_buttons.data import AnswerQuestionButton, ApproveButton, AskBackButton, CorrectButton, LookButton
from usecases.context import Context
from usecases.reviews.acceptance import approve
from usecases.reviews.returns import ReturnView, read_question, read_return
from usecases.reviews.sheet import read_sheet

_PRIVATE = F.message.chat.type == ChatType.PRIVATE


def router() -> Router:
    router = Router(name="review_pushes")
    router.callback_query.register(correct, _PRIVATE, CorrectButton.filter())
    router.callback_query.register(ask_reviewer, _PRIVATE, AskBackButton.filter())
    router.callback_query.register(answer, _PRIVATE, AnswerQuestionButton.filter())
    router.callback_query.register(look, _PRIVATE, LookButton.filter())
    router.callback_query.register(accept, _PRIVATE, ApproveButton.filter())
    return router


async def correct(
    callback: CallbackQuery, callback_data: CorrectButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    """Open the first returned line, or the checklist that waits for the returned document."""
    back = await _open_return(ctx, callback_data.return_id)
    await answer_press(callback)
    if back.duty.kind is DutyKind.DOSSIER and back.is_paper:
        await open_attachments(dialog_manager, back.submission_id, show_mode=ShowMode.SEND)
    else:
        await open_duty(dialog_manager, back.duty, show_mode=ShowMode.SEND)


async def ask_reviewer(
    callback: CallbackQuery, callback_data: AskBackButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    back = await _open_return(ctx, callback_data.return_id)
    await answer_press(callback)
    await open_return_question(dialog_manager, back.id, show_mode=ShowMode.SEND)


async def _open_return(ctx: Context, return_id: int) -> ReturnView:
    back = await read_return(ctx, return_id)
    if back.is_taken_back:
        raise AlreadyDone(
            "return-withdrawn", f"Người duyệt đã thu hồi yêu cầu sửa {back.duty.title}, anh/chị không phải làm gì thêm."
        )
    if not back.is_open:
        raise AlreadyDone("return-corrected", f"{back.duty.title} đã được nộp lại rồi, anh/chị không phải làm gì thêm.")
    return back


async def answer(
    callback: CallbackQuery, callback_data: AnswerQuestionButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    asked = await read_question(ctx, callback_data.question_id)
    await answer_press(callback)
    await open_review_answer(dialog_manager, asked.id, show_mode=ShowMode.SEND)


async def look(callback: CallbackQuery, callback_data: LookButton, ctx: Context, dialog_manager: DialogManager) -> None:
    sheet = await read_sheet(ctx, callback_data.submission_id)
    await answer_press(callback)
    await open_review(dialog_manager, sheet.submission_id, show_mode=ShowMode.SEND)


async def accept(
    callback: CallbackQuery, callback_data: ApproveButton, ctx: Context, pushed: MaybeInaccessibleMessageUnion | None
) -> None:
    """Accept the submission; the open dialog stays as it is."""
    approved = await approve(ctx, callback_data.submission_id, seen=callback_data.seen)
    done = "đã tiếp nhận" if approved.is_accepted else "đã chuyển cơ quan thường trực"
    told = f"✅ {approved.duty.unit_name} · {approved.duty.title}: {done}."
    await answer_press(callback, told)
    await close_push(pushed, told, keep={LookButton.__prefix__})
