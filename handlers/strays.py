"""Updates that no command and no dialog handled: answered with what the person can do instead."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message, TelegramObject
from aiogram_dialog import DialogManager

from dialogs.questions.typed import answer_typed
from dialogs.shared.message_lines import EDITED
from dialogs.shared.unknown_input import OLD_SCREEN, unknown
from domain.errors import Refusal
from handlers.home import open_home
from usecases.context import Context

_PRIVATE = F.chat.type == ChatType.PRIVATE


def router() -> Router:
    router = Router(name="strays")
    router.message.register(point_home, _PRIVATE)
    # Telegram delivers only kinds of updates that have a handler; in private chats an edit arrives as a message.
    router.edited_message.register(leave_alone)
    router.callback_query.register(refuse_button)
    return router


async def read_missing_data_as_empty(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    """Give the button of a game, which has no data, empty data; aiogram_dialog fails without."""
    if isinstance(event, CallbackQuery) and event.data is None:
        event = event.model_copy(update={"data": ""})
    return await handler(event, data)


async def read_nameless_reply_as_none(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    """Pass over that a message replies to a post without a sender; aiogram_dialog asks who sent it."""
    if isinstance(event, Message) and event.reply_to_message and event.reply_to_message.from_user is None:
        event = event.model_copy(update={"reply_to_message": None})
    return await handler(event, data)


async def point_home(message: Message, ctx: Context, dialog_manager: DialogManager) -> None:
    """Answer a question where no screen is open; open the main page, or for a guest the page that tells how to join."""
    if ctx.actor.is_guest:
        await open_home(dialog_manager, ctx)
    elif message.edit_date:
        raise Refusal("edit-not-understood", EDITED)
    elif not await answer_typed(message, dialog_manager):
        raise unknown(message)


async def leave_alone(_: Message) -> None:
    """Ignore edits in groups, where people correct themselves without the bot."""


async def refuse_button(_: CallbackQuery) -> None:
    raise Refusal("screen-old", OLD_SCREEN)
