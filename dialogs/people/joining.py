"""Joining: consent first, then name, position and own phone number; nothing is stored before the last step."""

from dataclasses import replace
from typing import Any

from aiogram import F
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message, ReplyKeyboardRemove, User
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, RequestContact, Select, SwitchTo
from aiogram_dialog.widgets.markup.reply_keyboard import ReplyKeyboardFactory
from aiogram_dialog.widgets.text import Const, Format

from dialogs.links.personal import open_menu, open_welcome
from dialogs.shared.replies import answer_message
from dialogs.shared.reply_button import ReplyButton
from dialogs.shared.screen import Screen, chat_address, ctx_of, open_with_notice
from dialogs.states import JoiningSG
from domain.errors import Refusal
from domain.people.people import CONSENT_VERSION, fits_as_name, read_name, read_position, usual_positions
from domain.roles import ROLE_NAMES, Role
from templates import render
from usecases.context import Context
from usecases.people.invites import InviteView
from usecases.people.joining import JoinForm, join, read_invite, take_post
from usecases.people.recognition import recognise

BACK = "‹ Quay lại"

SAMPLE = {
    "invite": InviteView(
        code="K3QM7TRXPA9H",
        unit_name="Phường 5",
        role=Role.OFFICER,
        authority_name="UBND tỉnh Mẫu",
        office="Sở Nội vụ",
        name="Cán bộ Phường 5",
        position="Chuyên viên",
    ),
    "role": "Cán bộ",
    "known_name": "Cán bộ Phường 5",
    "positions": list(usual_positions(Role.OFFICER)),
}


async def read_joining(ctx: Context, dialog_manager: DialogManager, event_from_user: User, **_: Any) -> dict[str, Any]:
    # The invite is read at every step: it may expire, or be used by somebody else, in between.
    invite = await read_invite(ctx, _code(dialog_manager))
    return {
        "invite": invite,
        "role": ROLE_NAMES[invite.role],
        "known_name": invite.name or (event_from_user.full_name if fits_as_name(event_from_user.full_name) else None),
        "positions": list(dict.fromkeys([*filter(None, [invite.position]), *usual_positions(invite.role)])),
    }


def _code(manager: DialogManager) -> str:
    data = manager.start_data
    return str(data["code"]) if isinstance(data, dict) else ""


async def agree(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["consent"] = CONSENT_VERSION
    invite = await read_invite(ctx_of(manager), _code(manager))
    await manager.switch_to(JoiningSG.confirm if invite.name and invite.position else JoiningSG.name)


async def confirm(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    invite = await read_invite(ctx_of(manager), _code(manager))
    manager.dialog_data["name"], manager.dialog_data["position"] = invite.name, invite.position
    await manager.switch_to(JoiningSG.phone)


async def use_known_name(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    invite = await read_invite(ctx_of(manager), _code(manager))
    await _take_name(manager, invite.name or callback.from_user.full_name)


async def enter_name(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await _take_name(manager, message.text or "")


async def _take_name(manager: DialogManager, text: str) -> None:
    manager.dialog_data["name"] = read_name(text)
    await manager.switch_to(JoiningSG.position)


async def pick_position(_: CallbackQuery, __: Any, manager: DialogManager, position: str) -> None:
    await _take_position(manager, position)


async def enter_position(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await _take_position(manager, message.text or "")


async def _take_position(manager: DialogManager, text: str) -> None:
    manager.dialog_data["position"] = read_position(text)
    await manager.switch_to(JoiningSG.phone)


async def go_back(_: Message, __: MessageInput, manager: DialogManager) -> None:
    await manager.switch_to(JoiningSG.position)


async def share_phone(message: Message, _: MessageInput, manager: DialogManager) -> None:
    contact, sender = message.contact, message.from_user
    if contact is None or sender is None or contact.user_id != sender.id:
        raise Refusal(
            "contact-of-another",
            "Đây là số của người khác. Anh/chị bấm «Gửi số điện thoại của tôi» để gửi số của mình.",
        )
    ctx, given = ctx_of(manager), manager.dialog_data
    invite = await read_invite(ctx, _code(manager))
    await join(
        ctx,
        invite.code,
        JoinForm(given.get("consent", ""), given["name"], given["position"], contact.phone_number),
        **chat_address(manager),
    )
    # A keyboard below the chat disappears only together with a new message.
    welcome = render("people/joining/done", name=given["name"], invite=invite)
    await answer_message(message, welcome, keyboard=ReplyKeyboardRemove())
    await _look_again(manager)
    await open_menu(manager)


async def _look_again(manager: DialogManager) -> None:
    """Recognise the actor again: the rest of this update has to know the post just given."""
    ctx = ctx_of(manager)
    manager.middleware_data["ctx"] = replace(ctx, actor=await recognise(ctx, **chat_address(manager)))


async def expect_words(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("words-awaited", "Bot đang chờ câu trả lời bằng chữ. Anh/chị gõ, hoặc bấm một nút bên dưới.")


async def expect_contact(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal(
        "contact-awaited", "Bot nhận số điện thoại qua nút «Gửi số điện thoại của tôi», không nhận số gõ tay."
    )


async def expect_button(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("button-awaited", "Anh/chị đọc và bấm một nút bên dưới để tiếp tục.")


async def accept(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    ctx = ctx_of(manager)
    invite = await read_invite(ctx, _code(manager))
    await take_post(ctx, invite.code)
    await _look_again(manager)
    await open_with_notice(
        manager, open_menu, f"✅ Anh/chị đã nhận nhiệm vụ {ROLE_NAMES[invite.role]} · {invite.unit_name}."
    )


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await (open_welcome if ctx_of(manager).actor.is_guest else open_menu)(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("people/joining/consent"),
            MessageInput(expect_button),
            Column(
                Button(Const("Đồng ý"), id="agree", on_click=agree),
                SwitchTo(Const("Không đồng ý"), id="decline", state=JoiningSG.declined),
            ),
            state=JoiningSG.consent,
        ),
        Window(
            Screen("people/joining/declined"),
            Column(
                SwitchTo(Const("Đọc lại thông báo"), id="again", state=JoiningSG.consent),
                Button(Const(BACK), id="leave", on_click=leave),
            ),
            state=JoiningSG.declined,
        ),
        Window(
            Screen("people/joining/confirm"),
            MessageInput(expect_button),
            Column(
                Button(Const("Đúng"), id="confirm", on_click=confirm),
                SwitchTo(Const("Tôi sửa lại"), id="correct", state=JoiningSG.name),
                SwitchTo(Const(BACK), id="back", state=JoiningSG.consent),
            ),
            state=JoiningSG.confirm,
        ),
        Window(
            Screen("people/joining/name"),
            MessageInput(enter_name, content_types=ContentType.TEXT),
            MessageInput(expect_words),
            Column(
                Button(Format("Dùng tên: {known_name}"), id="known", on_click=use_known_name, when="known_name"),
                SwitchTo(Const(BACK), id="back", state=JoiningSG.consent),
            ),
            state=JoiningSG.name,
        ),
        Window(
            Screen("people/joining/position"),
            MessageInput(enter_position, content_types=ContentType.TEXT),
            MessageInput(expect_words),
            Column(
                Select(
                    Format("{item}"),
                    id="usual",
                    item_id_getter=str,
                    items="positions",
                    on_click=pick_position,
                ),
                SwitchTo(Const(BACK), id="back", state=JoiningSG.name),
            ),
            state=JoiningSG.position,
        ),
        Window(
            Screen("people/joining/phone"),
            MessageInput(share_phone, content_types=ContentType.CONTACT),
            MessageInput(go_back, filter=F.text == BACK),
            MessageInput(expect_contact),
            Column(RequestContact(Const("Gửi số điện thoại của tôi")), ReplyButton(Const(BACK))),
            markup_factory=ReplyKeyboardFactory(resize_keyboard=True, one_time_keyboard=True),
            state=JoiningSG.phone,
        ),
        Window(
            Screen("people/joining/another_post"),
            Column(
                Button(Const("Nhận nhiệm vụ"), id="accept", on_click=accept),
                Button(Const("Không nhận"), id="leave", on_click=leave),
            ),
            state=JoiningSG.another_post,
        ),
        getter=read_joining,
        preview_data=SAMPLE,
    )
