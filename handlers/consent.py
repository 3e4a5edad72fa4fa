"""Consent before everything else: a person who agreed to an older notice reads the new one first."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode

from dialogs.links.personal import is_about_own_data, is_asked_for_consent, open_consent
from dialogs.shared.replies import answer_press
from handlers.push_buttons.pushes import leave_message_alone
from usecases.context import Context


def router() -> Router:
    router = Router(name="consent")
    router.callback_query.outer_middleware(leave_message_alone)
    router.message.register(ask_first, F.chat.type == ChatType.PRIVATE, must_agree)
    router.callback_query.register(ask_before_button, F.message.chat.type == ChatType.PRIVATE, must_agree)
    return router


async def must_agree(_: Message | CallbackQuery, ctx: Context) -> bool:
    return ctx.actor.owes_consent


async def ask_first(_: Message, dialog_manager: DialogManager) -> None:
    if is_about_own_data(dialog_manager):
        raise SkipHandler
    await open_consent(dialog_manager)


async def ask_before_button(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    if is_asked_for_consent(dialog_manager) or is_about_own_data(dialog_manager):
        # These are the notice's own buttons, or the person's own data, which can be seen and erased without consent.
        raise SkipHandler
    await answer_press(callback)
    await open_consent(dialog_manager, show_mode=ShowMode.SEND)
