"""Buttons of messages that the bot sent unasked: each is answered, or opens its dialog below; the message stays."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    ErrorEvent,
    InaccessibleMessage,
    Message,
    TelegramObject,
)
from aiogram_dialog import DialogManager, ShowMode

from dialogs.states import (
    open_colleagues,
    open_duty,
    open_extension,
    open_extension_refusal,
    open_hours,
    open_paper_claim,
    open_paper_denial,
    open_reminders,
    open_status_of,
    open_unreached,
)
from domain.roles import ROLE_NAMES
from templates import render
from templates.filters import moment
from usecases.call_lists import read_unreached
from usecases.context import Context
from usecases.duties import read_duty
from usecases.extension_answers import grant_extension, read_extension_file
from usecases.handovers import list_colleagues
from usecases.paper_claims import settle_claim
from usecases.people import revoke_invite
from usecases.ports import FileStore
from usecases.reminder_cards import read_card
from usecases.snoozes import snooze
from usecases.status import read_status

_PRIVATE = F.message.chat.type == ChatType.PRIVATE


def router() -> Router:
    router = Router(name="pushes")
    router.callback_query.outer_middleware(leave_message_alone)
    router.callback_query.register(start_duty, _PRIVATE, F.data.regexp(r"^duty:\d{1,9}$"))
    router.callback_query.register(show_status, _PRIVATE, F.data.regexp(r"^status:\d{1,9}$"))
    router.callback_query.register(revoke, _PRIVATE, F.data.regexp(r"^revoke:\w{1,20}$"))
    router.callback_query.register(put_off, _PRIVATE, F.data.regexp(r"^again:\d{1,9}:\d{1,11}$"))
    router.callback_query.register(show_hours, _PRIVATE, F.data.regexp(r"^hours:\d{1,9}$"))
    router.callback_query.register(show_colleagues, _PRIVATE, F.data.regexp(r"^handover:\d{1,9}$"))
    router.callback_query.register(ask_for_paper, _PRIVATE, F.data.regexp(r"^paper:\d{1,9}$"))
    router.callback_query.register(show_answers, _PRIVATE, F.data.regexp(r"^others:\d{1,9}(,\d{1,9})*$"))
    router.callback_query.register(ask_for_time, _PRIVATE, F.data.regexp(r"^extend:\d{1,9}$"))
    router.callback_query.register(grant_time, _PRIVATE, F.data.regexp(r"^grant:\d{1,9}:\d{4}-\d\d-\d\d$"))
    router.callback_query.register(refuse_time, _PRIVATE, F.data.regexp(r"^deny:\d{1,9}$"))
    router.callback_query.register(show_proof, _PRIVATE, F.data.regexp(r"^proof:\d{1,9}$"))
    router.callback_query.register(show_unreached, _PRIVATE, F.data == "calls:1")
    router.callback_query.register(settle_paper, _PRIVATE, F.data.regexp(r"^received:\d{1,9}$"))
    router.callback_query.register(deny_paper, _PRIVATE, F.data.regexp(r"^missing:\d{1,9}$"))
    return router


async def leave_message_alone(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    """The dialog library takes the pressed message for its open screen, and would strip it of its buttons."""
    return await handler(_unseen(event) if isinstance(event, CallbackQuery) else event, data)


async def leave_refused_message_alone(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    """The same where the answer is a refusal: the other buttons of the message still have to be there."""
    if isinstance(event, ErrorEvent) and (callback := event.update.callback_query) and _is_push(callback):
        event = event.model_copy(
            update={"update": event.update.model_copy(update={"callback_query": _unseen(callback)})}
        )
    return await handler(event, data)


def _is_push(callback: CallbackQuery) -> bool:
    return re.match(r"[a-z]+:\d", callback.data or "") is not None


def _unseen(callback: CallbackQuery) -> CallbackQuery:
    if not isinstance(callback.message, Message):
        return callback
    unseen = InaccessibleMessage(chat=callback.message.chat, message_id=callback.message.message_id, date=0)
    return callback.model_copy(update={"message": unseen})


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


async def put_off(callback: CallbackQuery, ctx: Context) -> None:
    """Whatever dialog is open stays so."""
    _, duty_id, second = (callback.data or "").split(":")
    until = await snooze(ctx, int(duty_id), until=datetime.fromtimestamp(int(second), UTC))
    await callback.answer(f"Bot sẽ nhắc lại việc này lúc {moment(until.at)}.", show_alert=True)


async def show_hours(callback: CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    card = await read_card(ctx, _id(callback))
    await callback.answer()
    await open_hours(dialog_manager, card.duty.id, show_mode=ShowMode.SEND)


async def show_colleagues(callback: CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    """Where there is nobody to choose from, or somebody has the duty in charge, the whole card says more."""
    card = await read_card(ctx, _id(callback))
    if card.in_charge is None:
        await list_colleagues(ctx, card.duty.id)
    await callback.answer()
    if card.in_charge is None:
        await open_colleagues(dialog_manager, card.duty.id, show_mode=ShowMode.SEND)
    else:
        await open_reminders(dialog_manager, str(card.duty.id), show_mode=ShowMode.SEND)


async def ask_for_paper(callback: CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    card = await read_card(ctx, _id(callback))
    await callback.answer()
    if card.claimed_at is None:
        await open_paper_claim(dialog_manager, card.duty.id, show_mode=ShowMode.SEND)
    else:
        await open_reminders(dialog_manager, str(card.duty.id), show_mode=ShowMode.SEND)


async def show_answers(callback: CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    """A list of duties leaves out what has been handed in; of one alone that is said."""
    duty_ids = (callback.data or "").partition(":")[2]
    if "," not in duty_ids:
        await read_card(ctx, int(duty_ids))
    await callback.answer()
    await open_reminders(dialog_manager, duty_ids, show_mode=ShowMode.SEND)


async def show_unreached(callback: CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    await read_unreached(ctx)
    await callback.answer()
    await open_unreached(dialog_manager, show_mode=ShowMode.SEND)


async def settle_paper(callback: CallbackQuery, ctx: Context) -> None:
    claim = await settle_claim(ctx, _id(callback), received=True)
    await callback.answer(render("reminders/paper_answered", claim=claim, received=True), show_alert=True)


async def deny_paper(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """The unit is told why: the reason is asked first."""
    await open_paper_denial(dialog_manager, _id(callback), show_mode=ShowMode.SEND)
    await callback.answer()


async def ask_for_time(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    await open_extension(dialog_manager, _id(callback), show_mode=ShowMode.SEND)
    await callback.answer()


async def grant_time(callback: CallbackQuery, ctx: Context) -> None:
    _, request_id, day = (callback.data or "").split(":")
    request = await grant_extension(ctx, int(request_id), until=date.fromisoformat(day))
    await callback.answer(render("extensions/decided", request=request), show_alert=True)


async def refuse_time(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """The unit is told why: the reason is asked first."""
    await open_extension_refusal(dialog_manager, _id(callback), show_mode=ShowMode.SEND)
    await callback.answer()


async def show_proof(callback: CallbackQuery, ctx: Context, bot: Bot, files: FileStore) -> None:
    sent = await read_extension_file(ctx, _id(callback), files=files)
    await callback.answer()
    await bot.send_document(
        callback.from_user.id, BufferedInputFile(sent.content, sent.file_name), caption=sent.caption
    )


def _id(callback: CallbackQuery) -> int:
    return int(_word(callback))


def _word(callback: CallbackQuery) -> str:
    return (callback.data or "").partition(":")[2]
