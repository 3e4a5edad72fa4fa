"""Answers to errors: a refusal, a button of an old screen, or an internal error with a reference code."""

import logging
from contextlib import suppress

from aiogram import Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, MaybeInaccessibleMessageUnion
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.api.exceptions import NoContextError, OutdatedIntent, UnknownIntent, UnknownState

from dialogs.shared.replies import answer_message, answer_press, close_push, is_for_bot, pop_up
from dialogs.shared.screen import last_notice, shows_confirmation
from dialogs.shared.unknown_input import HERE, old_screen
from domain.dossiers.secrecy import SecretMark
from domain.errors import AlreadyDone, Refusal
from domain.references import note_failure
from handlers.home import below, show_again
from handlers.push_buttons.data import is_push
from handlers.push_buttons.pushes import leave_refused_message_alone
from templates import render
from templates.refusals import word_refusal
from usecases.context import Context
from usecases.dossiers.secret_refusals import note_secret_refused

logger = logging.getLogger(__name__)

_OUR_FAULT = "Có lỗi phía bot, không phải do anh/chị. Những gì đã nhập vẫn còn. Mã lỗi: {code}."


class ActedBefore(Exception):  # noqa: N818 (it is no error: only its answer is missing)
    """The update was handled before the process ended, but its answer was lost."""


def router() -> Router:
    router = Router(name="errors")
    router.error.outer_middleware(leave_refused_message_alone)
    router.error.register(show_done, ExceptionTypeFilter(ActedBefore))
    router.error.register(refuse_secret, ExceptionTypeFilter(SecretMark))
    router.error.register(refuse_already_done, ExceptionTypeFilter(AlreadyDone))
    router.error.register(refuse, ExceptionTypeFilter(Refusal))
    router.error.register(
        show_current, ExceptionTypeFilter(OutdatedIntent, UnknownIntent, UnknownState, NoContextError)
    )
    router.error.register(apologise)
    return router


async def refuse(event: ErrorEvent, ctx: Context, dialog_manager: DialogManager | None = None) -> None:
    await _answer(event, _words(event), ctx, dialog_manager)


async def refuse_already_done(
    event: ErrorEvent,
    ctx: Context,
    dialog_manager: DialogManager | None = None,
    pushed: MaybeInaccessibleMessageUnion | None = None,
) -> None:
    """Answer the refusal and close the pushed message, whose matter is already decided."""
    await refuse(event, ctx, dialog_manager)
    await close_push(pushed, _words(event))


async def refuse_secret(event: ErrorEvent, ctx: Context, dialog_manager: DialogManager | None = None) -> None:
    """Delete the refused message from the chat as well, if the messenger still allows it."""
    if event.update.message is not None:
        with suppress(TelegramAPIError):
            await event.update.message.delete()
        await note_secret_refused(ctx)
    await refuse(event, ctx, dialog_manager)


async def show_done(event: ErrorEvent, ctx: Context, dialog_manager: DialogManager | None = None) -> None:
    await _answer(event, render("errors/acted_before"), ctx, dialog_manager)


async def show_current(event: ErrorEvent, ctx: Context, dialog_manager: DialogManager | None = None) -> None:
    await _answer(event, old_screen(dialog_manager), ctx, dialog_manager)


async def apologise(event: ErrorEvent, ctx: Context | None = None, dialog_manager: DialogManager | None = None) -> None:
    code = note_failure()
    logger.error("reference code %s", code, exc_info=event.exception)
    if ctx is not None:
        await _answer(event, _OUR_FAULT.format(code=code), ctx, dialog_manager)


def _words(event: ErrorEvent) -> str:
    return word_refusal(event.exception) if isinstance(event.exception, Refusal) else str(event.exception)


async def _answer(event: ErrorEvent, text: str, ctx: Context, manager: DialogManager | None) -> None:
    """Answer once: a press with a popup if it still arrives, otherwise above the screen, which is shown again."""
    callback, message = event.update.callback_query, event.update.message or event.update.edited_message
    told = callback is not None and await pop_up(callback, text)
    if manager is not None and _is_private(event):
        if text.endswith(HERE) or not (told and callback and is_push(callback) and manager.has_context()):
            await show_again(manager, ctx, _above(manager, text) if told else text, mode=_mode(callback, manager))
    elif callback is not None and not told:
        await answer_press(callback, text)
    elif message is not None and is_for_bot(message):
        await answer_message(message, text)


def _above(manager: DialogManager, text: str) -> str | None:
    """Return the line to keep above a screen after a popup: the last confirmation, if the screen is the current one."""
    return (last_notice(manager) or None) if text.endswith(HERE) and manager.has_context() else None


def _is_private(event: ErrorEvent) -> bool:
    callback, message = event.update.callback_query, event.update.message or event.update.edited_message
    chat = callback.message.chat if callback and callback.message else message.chat if message else None
    return chat is not None and chat.type == "private"


def _mode(callback: CallbackQuery | None, manager: DialogManager) -> ShowMode:
    """Correct an open screen in place after a press on it; otherwise move the screen to the end of the chat."""
    pressed = callback.message.message_id if callback and callback.message else None
    is_open = pressed is not None and pressed == manager.current_stack().last_message_id
    if is_open:
        return ShowMode.AUTO
    # A screen with a confirmation stays readable; any other screen would only stand in the chat twice.
    stays = manager.has_context() and shows_confirmation(manager)
    return below(manager) if stays else ShowMode.DELETE_AND_SEND
