"""Buttons of messages that the bot sent unasked: each is answered or opens its dialog below, and the message stays."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.types import (
    CallbackQuery,
    ErrorEvent,
    InaccessibleMessage,
    MaybeInaccessibleMessageUnion,
    Message,
    TelegramObject,
)
from aiogram_dialog import DialogManager, ShowMode

from dialogs.links.duties import (
    open_attachments,
    open_colleagues,
    open_duty,
    open_extension,
    open_hard_copy_claim,
    open_hours,
    open_reminders,
)
from dialogs.links.reviews import open_extension_refusal, open_hard_copy_denial
from dialogs.links.status import open_status_of, open_unreached
from dialogs.shared.replies import OutgoingFile, answer_press, change_caption, close_push, send_file
from domain.roles import ROLE_NAMES
from handlers.home import below, show_again
from handlers.push_buttons import weekly
from handlers.push_buttons.data import (
    AgainButton,
    CallsButton,
    DenyButton,
    DossierButton,
    DutyButton,
    ExtendButton,
    GrantButton,
    HandoverButton,
    HardCopyButton,
    HoursButton,
    MissingButton,
    OthersButton,
    ProofButton,
    ReceivedButton,
    ResumeButton,
    RevokeButton,
    StatusButton,
    is_push,
)
from templates import render
from templates.filters import moment
from usecases.context import Context
from usecases.dossiers.dossiers import read_dossier
from usecases.duties.assignments import list_colleagues
from usecases.duties.views import read_duty
from usecases.extensions.answers import grant_extension, read_extension_file
from usecases.people.invites import revoke_invite
from usecases.ports import FileStore
from usecases.reachability.call_list import read_unreached
from usecases.reminders.card import read_card
from usecases.reminders.snoozes import snooze
from usecases.status.status import read_status
from usecases.submissions.hard_copies import decide_claim

_PRIVATE = F.message.chat.type == ChatType.PRIVATE


def router() -> Router:
    router = Router(name="pushes")
    router.callback_query.register(start_duty, _PRIVATE, DutyButton.filter())
    router.callback_query.register(show_dossier, _PRIVATE, DossierButton.filter())
    router.callback_query.register(show_status, _PRIVATE, StatusButton.filter())
    router.callback_query.register(revoke, _PRIVATE, RevokeButton.filter())
    router.callback_query.register(put_off, _PRIVATE, AgainButton.filter())
    router.callback_query.register(show_hours, _PRIVATE, HoursButton.filter())
    router.callback_query.register(show_colleagues, _PRIVATE, HandoverButton.filter())
    router.callback_query.register(ask_for_paper, _PRIVATE, HardCopyButton.filter())
    router.callback_query.register(show_answers, _PRIVATE, OthersButton.filter())
    router.callback_query.register(ask_for_time, _PRIVATE, ExtendButton.filter())
    router.callback_query.register(grant_time, _PRIVATE, GrantButton.filter())
    router.callback_query.register(refuse_time, _PRIVATE, DenyButton.filter())
    router.callback_query.register(show_proof, _PRIVATE, ProofButton.filter())
    router.callback_query.register(show_unreached, _PRIVATE, CallsButton.filter())
    router.callback_query.register(confirm_paper, _PRIVATE, ReceivedButton.filter())
    router.callback_query.register(deny_paper, _PRIVATE, MissingButton.filter())
    router.callback_query.register(resume, _PRIVATE, ResumeButton.filter())
    weekly.register(router)
    return router


async def leave_message_alone(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    """Hide the pressed message from aiogram_dialog, which would take it for its open screen and remove its buttons.

    Handlers receive the message itself as `pushed`.
    """
    if isinstance(event, CallbackQuery):
        data["pushed"] = event.message
        event = _unseen(event)
    return await handler(event, data)


async def leave_pushed_message_alone(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    """Do so where a pushed button was pressed."""
    if isinstance(event, CallbackQuery) and is_push(event):
        return await leave_message_alone(handler, event, data)
    return await handler(event, data)


async def leave_refused_message_alone(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    """Hide the pressed message also when the answer is a refusal: its other buttons must stay."""
    if isinstance(event, ErrorEvent) and (callback := event.update.callback_query) and is_push(callback):
        data["pushed"] = callback.message
        event = event.model_copy(
            update={"update": event.update.model_copy(update={"callback_query": _unseen(callback)})}
        )
    return await handler(event, data)


def _unseen(callback: CallbackQuery) -> CallbackQuery:
    if not isinstance(callback.message, Message):
        return callback
    unseen = InaccessibleMessage(chat=callback.message.chat, message_id=callback.message.message_id, date=0)
    return callback.model_copy(update={"message": unseen})


async def start_duty(
    callback: CallbackQuery, callback_data: DutyButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    duty = await read_duty(ctx, callback_data.id)
    await answer_press(callback)
    await open_duty(dialog_manager, duty, show_mode=ShowMode.SEND)


async def show_dossier(
    callback: CallbackQuery, callback_data: DossierButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    await read_dossier(ctx, callback_data.submission_id)
    await answer_press(callback)
    await open_attachments(dialog_manager, callback_data.submission_id, show_mode=ShowMode.SEND)


async def show_status(
    callback: CallbackQuery, callback_data: StatusButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    status = await read_status(ctx, callback_data.duty_id)
    await answer_press(callback)
    await open_status_of(dialog_manager, status.duty_id, show_mode=ShowMode.SEND)


async def revoke(callback: CallbackQuery, callback_data: RevokeButton, ctx: Context, bot: Bot) -> None:
    """Revoke the invite and change its message: a revoked invite must not look valid."""
    invite = await revoke_invite(ctx, callback_data.code)
    text = render("people/invites/revoked", invite=invite, role=ROLE_NAMES[invite.role])
    if callback.message is not None and await change_caption(bot, callback.message, text):
        await answer_press(callback, "Đã thu hồi.")
    else:
        await answer_press(callback, text)


async def put_off(
    callback: CallbackQuery,
    callback_data: AgainButton,
    ctx: Context,
    pushed: MaybeInaccessibleMessageUnion | None,
) -> None:
    """Remind later; the open dialog stays as it is."""
    until = await snooze(ctx, callback_data.duty_id, until=callback_data.until)
    told = f"Bot sẽ nhắc lại việc này lúc {moment(until.at)}."
    await answer_press(callback, told)
    await close_push(pushed, told, keep=_STILL_OPEN)


_STILL_OPEN = frozenset({DutyButton.__prefix__, HoursButton.__prefix__, OthersButton.__prefix__})
"""Buttons that stay useful for a duty whose reminder was put off."""


async def show_hours(
    callback: CallbackQuery, callback_data: HoursButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    card = await read_card(ctx, callback_data.duty_id)
    await answer_press(callback)
    await open_hours(dialog_manager, card.duty.id, show_mode=ShowMode.SEND)


async def show_colleagues(
    callback: CallbackQuery, callback_data: HandoverButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    """Open the choice of a colleague; open the whole card if somebody is assigned already.

    Raises Refusal if there is no colleague.
    """
    card = await read_card(ctx, callback_data.duty_id)
    if card.assignee is None:
        await list_colleagues(ctx, card.duty.id)
    await answer_press(callback)
    if card.assignee is None:
        await open_colleagues(dialog_manager, card.duty.id, show_mode=ShowMode.SEND)
    else:
        await open_reminders(dialog_manager, str(card.duty.id), show_mode=ShowMode.SEND)


async def ask_for_paper(
    callback: CallbackQuery, callback_data: HardCopyButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    card = await read_card(ctx, callback_data.duty_id)
    await answer_press(callback)
    if card.claimed_at is None:
        await open_hard_copy_claim(dialog_manager, card.duty.id, show_mode=ShowMode.SEND)
    else:
        await open_reminders(dialog_manager, str(card.duty.id), show_mode=ShowMode.SEND)


async def show_answers(
    callback: CallbackQuery, callback_data: OthersButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    """Open the answers to a reminder. Raises Refusal if its only duty is no longer owed."""
    if "," not in callback_data.duty_ids:
        await read_card(ctx, int(callback_data.duty_ids))
    await answer_press(callback)
    await open_reminders(dialog_manager, callback_data.duty_ids, show_mode=ShowMode.SEND)


async def show_unreached(callback: CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    await read_unreached(ctx)
    await answer_press(callback)
    await open_unreached(dialog_manager, show_mode=ShowMode.SEND)


async def confirm_paper(
    callback: CallbackQuery, callback_data: ReceivedButton, ctx: Context, pushed: MaybeInaccessibleMessageUnion | None
) -> None:
    claim = await decide_claim(ctx, callback_data.claim_id, received=True)
    told = render("reminders/paper_answered", claim=claim, received=True)
    await answer_press(callback, told)
    await close_push(pushed, told)


async def deny_paper(callback: CallbackQuery, callback_data: MissingButton, dialog_manager: DialogManager) -> None:
    """Ask for the reason first: the unit is told why."""
    await open_hard_copy_denial(dialog_manager, callback_data.claim_id, show_mode=ShowMode.SEND)
    await answer_press(callback)


async def ask_for_time(callback: CallbackQuery, callback_data: ExtendButton, dialog_manager: DialogManager) -> None:
    await open_extension(dialog_manager, callback_data.duty_id, show_mode=ShowMode.SEND)
    await answer_press(callback)


async def grant_time(
    callback: CallbackQuery, callback_data: GrantButton, ctx: Context, pushed: MaybeInaccessibleMessageUnion | None
) -> None:
    request = await grant_extension(ctx, callback_data.request_id, until=callback_data.until)
    told = render("extensions/decided", request=request)
    await answer_press(callback, told)
    await close_push(pushed, told, keep={ProofButton.__prefix__})


async def refuse_time(callback: CallbackQuery, callback_data: DenyButton, dialog_manager: DialogManager) -> None:
    """Ask for the reason first: the unit is told why."""
    await open_extension_refusal(dialog_manager, callback_data.request_id, show_mode=ShowMode.SEND)
    await answer_press(callback)


async def show_proof(
    callback: CallbackQuery, callback_data: ProofButton, ctx: Context, bot: Bot, files: FileStore
) -> None:
    sent = await read_extension_file(ctx, callback_data.request_id, files=files)
    await answer_press(callback)
    await send_file(bot, callback.from_user.id, OutgoingFile(sent.content, sent.file_name, sent.caption))


async def resume(callback: CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    """Return from a separate message to the open screen."""
    await answer_press(callback)
    await show_again(dialog_manager, ctx, mode=below(dialog_manager))
