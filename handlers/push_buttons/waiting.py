"""Buttons of the morning message: each opens what waits, below the message, which stays."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode

from dialogs.links.reviews import open_claim, open_extension_answer, open_waiting
from dialogs.shared.replies import answer_press
from handlers.push_buttons.data import ClaimButton, ExtensionButton, TodayButton
from usecases.context import Context
from usecases.extensions.requests import read_extension
from usecases.submissions.hard_copies import read_claim
from usecases.waiting.waiting import list_waiting

_PRIVATE = F.message.chat.type == ChatType.PRIVATE


def router() -> Router:
    router = Router(name="waiting_pushes")
    router.callback_query.register(show_waiting, _PRIVATE, TodayButton.filter())
    router.callback_query.register(show_extension, _PRIVATE, ExtensionButton.filter())
    router.callback_query.register(show_claim, _PRIVATE, ClaimButton.filter())
    return router


async def show_waiting(callback: CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    await list_waiting(ctx)
    await answer_press(callback)
    await open_waiting(dialog_manager, show_mode=ShowMode.SEND)


async def show_extension(
    callback: CallbackQuery, callback_data: ExtensionButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    request = await read_extension(ctx, callback_data.request_id)
    await answer_press(callback)
    await open_extension_answer(dialog_manager, request.id, show_mode=ShowMode.SEND)


async def show_claim(
    callback: CallbackQuery, callback_data: ClaimButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    claim = await read_claim(ctx, callback_data.claim_id)
    await answer_press(callback)
    await open_claim(dialog_manager, claim.id, show_mode=ShowMode.SEND)
