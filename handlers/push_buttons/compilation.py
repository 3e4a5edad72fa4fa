"""Buttons under «Đủ 12/12 đơn vị đã nộp»: the workbook and the draft of the report, each in one tap."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from dialogs.compilation.sending import send_workbook
from dialogs.official_papers.sending import send_paper
from dialogs.shared.replies import answer_press
from handlers.push_buttons.data import DraftButton, WorkbookButton
from usecases.context import Context
from usecases.official_papers.compiled import draft_compiled
from usecases.status.status import read_status

_PRIVATE = F.message.chat.type == ChatType.PRIVATE


def router() -> Router:
    router = Router(name="compilation_pushes")
    router.callback_query.register(export, _PRIVATE, WorkbookButton.filter())
    router.callback_query.register(draft, _PRIVATE, DraftButton.filter())
    return router


async def export(
    callback: CallbackQuery, callback_data: WorkbookButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    # The right is asked before the press is answered: a refusal answers it itself.
    await read_status(ctx, callback_data.duty_id)
    await answer_press(callback)
    await send_workbook(dialog_manager, callback_data.duty_id)


async def draft(
    callback: CallbackQuery, callback_data: DraftButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    paper = await draft_compiled(ctx, callback_data.duty_id)
    await answer_press(callback)
    await send_paper(dialog_manager, paper)
