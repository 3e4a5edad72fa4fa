"""Buttons of the messages of a review: mend what came back, ask, answer, take in what was mended."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode

from dialogs.states import open_duty, open_papers, open_return_question, open_review, open_review_answer
from domain.deadlines import DutyKind
from domain.errors import Refusal
from handlers.pushes import leave_message_alone
from usecases.context import Context
from usecases.returns import ReturnView, read_question, read_return
from usecases.review_sheets import read_sheet
from usecases.reviews import approve

_PRIVATE = F.message.chat.type == ChatType.PRIVATE


def router() -> Router:
    router = Router(name="review_pushes")
    router.callback_query.outer_middleware(leave_message_alone)
    router.callback_query.register(mend, _PRIVATE, F.data.regexp(r"^mend:\d{1,9}$"))
    router.callback_query.register(ask_back, _PRIVATE, F.data.regexp(r"^askback:\d{1,9}$"))
    router.callback_query.register(answer, _PRIVATE, F.data.regexp(r"^answer:\d{1,9}$"))
    router.callback_query.register(look, _PRIVATE, F.data.regexp(r"^review:\d{1,9}$"))
    router.callback_query.register(take_in, _PRIVATE, F.data.regexp(r"^approve:\d{1,9}:\d{1,9}$"))
    return router


async def mend(callback: CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    """Straight to the first line that came back, or to the checklist that waits for its paper."""
    back = await _open_return(ctx, callback)
    await callback.answer()
    if back.duty.kind is DutyKind.DOSSIER and back.is_paper:
        await open_papers(dialog_manager, back.submission_id, show_mode=ShowMode.SEND)
    else:
        await open_duty(dialog_manager, back.duty, show_mode=ShowMode.SEND)


async def ask_back(callback: CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    back = await _open_return(ctx, callback)
    await callback.answer()
    await open_return_question(dialog_manager, back.id, show_mode=ShowMode.SEND)


async def _open_return(ctx: Context, callback: CallbackQuery) -> ReturnView:
    back = await read_return(ctx, _numbers(callback)[0])
    if back.is_taken_back:
        raise Refusal(f"Người duyệt đã thu hồi yêu cầu sửa {back.duty.title}, anh/chị không phải làm gì thêm.")
    if not back.is_open:
        raise Refusal(f"{back.duty.title} đã được nộp lại rồi, anh/chị không phải làm gì thêm.")
    return back


async def answer(callback: CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    asked = await read_question(ctx, _numbers(callback)[0])
    await callback.answer()
    await open_review_answer(dialog_manager, asked.id, show_mode=ShowMode.SEND)


async def look(callback: CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    sheet = await read_sheet(ctx, _numbers(callback)[0])
    await callback.answer()
    await open_review(dialog_manager, sheet.submission_id, show_mode=ShowMode.SEND)


async def take_in(callback: CallbackQuery, ctx: Context) -> None:
    """Whatever dialog is open stays so."""
    submission_id, seen = _numbers(callback)
    approved = await approve(ctx, submission_id, seen=seen)
    done = "đã tiếp nhận" if approved.is_accepted else "đã chuyển cơ quan thường trực"
    await callback.answer(f"{approved.duty.unit_name} · {approved.duty.title}: {done}.", show_alert=True)


def _numbers(callback: CallbackQuery) -> tuple[int, ...]:
    return tuple(int(number) for number in (callback.data or "").split(":")[1:])
