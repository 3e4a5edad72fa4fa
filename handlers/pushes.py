"""Buttons of messages that are no screens: most open a dialog below, and the message itself stays as it is."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, InaccessibleMessage, Message, TelegramObject
from aiogram_dialog import DialogManager, ShowMode

from dialogs.states import open_duty, open_status_of
from domain.roles import ROLE_NAMES
from templates import render
from usecases.context import Context
from usecases.duties import read_duty
from usecases.people import revoke_invite
from usecases.status import read_status

_PRIVATE = F.message.chat.type == ChatType.PRIVATE


def router() -> Router:
    router = Router(name="pushes")
    router.callback_query.outer_middleware(leave_message_alone)
    router.callback_query.register(start_duty, _PRIVATE, F.data.regexp(r"^duty:\d{1,9}$"))
    router.callback_query.register(show_status, _PRIVATE, F.data.regexp(r"^status:\d{1,9}$"))
    router.callback_query.register(revoke, _PRIVATE, F.data.regexp(r"^revoke:\w{1,20}$"))
    return router


async def leave_message_alone(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    """The dialog library takes the pressed message for its open screen, and would strip it of its buttons."""
    if isinstance(event, CallbackQuery) and isinstance(event.message, Message):
        unseen = InaccessibleMessage(chat=event.message.chat, message_id=event.message.message_id, date=0)
        event = event.model_copy(update={"message": unseen})
    return await handler(event, data)


async def start_duty(callback: CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    duty = await read_duty(ctx, _id(callback))
    await callback.answer()
    await open_duty(dialog_manager, duty, show_mode=ShowMode.SEND)


async def show_status(callback: CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    status = await read_status(ctx, _id(callback))
    await callback.answer()
    await open_status_of(dialog_manager, status.duty_id, show_mode=ShowMode.SEND)


async def revoke(callback: CallbackQuery, ctx: Context, bot: Bot) -> None:
    """Here the message itself changes: an invite that opens nothing must not look like one."""
    invite = await revoke_invite(ctx, _word(callback))
    await callback.answer("Đã thu hồi.")
    if callback.message is not None:
        text = render("invites/revoked", invite=invite, role=ROLE_NAMES[invite.role])
        await bot.edit_message_caption(
            chat_id=callback.message.chat.id, message_id=callback.message.message_id, caption=text
        )


def _id(callback: CallbackQuery) -> int:
    return int(_word(callback))


def _word(callback: CallbackQuery) -> str:
    return (callback.data or "").partition(":")[2]
