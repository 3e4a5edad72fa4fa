"""What neither a command nor a dialog wanted: answered all the same, with what can be done instead."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message, TelegramObject
from aiogram_dialog import DialogManager

from dialogs.shared.answered_lines import EDITED
from dialogs.shared.unknown_input import OLD_SCREEN, unknown
from domain.errors import Refusal
from handlers.home import open_home
from usecases.context import Context

_PRIVATE = F.chat.type == ChatType.PRIVATE


def router() -> Router:
    router = Router(name="strays")
    router.message.register(point_home, _PRIVATE)
    # The messenger hands over only what some handler is for; in private chats it comes in as a message.
    router.edited_message.register(leave_alone)
    router.callback_query.register(refuse_button)
    return router


async def read_missing_data_as_empty(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    """The button of a game carries no data; the dialog library would stumble over it."""
    if isinstance(event, CallbackQuery) and event.data is None:
        event = event.model_copy(update={"data": ""})
    return await handler(event, data)


async def point_home(message: Message, ctx: Context, dialog_manager: DialogManager) -> None:
    if not ctx.actor.is_guest:
        raise Refusal("edit-not-understood", EDITED) if message.edit_date else unknown(message)
    await open_home(dialog_manager, ctx)


async def leave_alone(_: Message) -> None:
    """In groups people correct themselves without the bot."""


async def refuse_button(_: CallbackQuery) -> None:
    raise Refusal("screen-old", OLD_SCREEN)
