"""Own phone number: shared again, and stored after a confirmation."""

from typing import Any

from aiogram import F
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, RequestContact
from aiogram_dialog.widgets.markup.reply_keyboard import ReplyKeyboardFactory
from aiogram_dialog.widgets.text import Const

from dialogs.links.personal import open_menu
from dialogs.shared.reply_button import ReplyButton
from dialogs.shared.screen import Screen, ctx_of, open_with_notice
from dialogs.states import PhonesSG
from domain.errors import Refusal
from domain.people.people import write_phone
from usecases.context import Context
from usecases.people.phones import PhoneChange, change_phone, compare_phone

BACK = "‹ Quay lại"
SAMPLE = {"change": PhoneChange("+84900000101", "+84911222333")}


async def read_change(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"change": await compare_phone(ctx, _given(dialog_manager))}


def _given(manager: DialogManager) -> str:
    data = manager.start_data
    return str(data["number"]) if isinstance(data, dict) else ""


async def go_back(_: Message, __: MessageInput, manager: DialogManager) -> None:
    await open_menu(manager)


async def expect_contact(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal(
        "contact-awaited", "Bot nhận số điện thoại qua nút «Gửi số điện thoại của tôi», không nhận số gõ tay."
    )


async def change(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    changed = await change_phone(ctx_of(manager), _given(manager))
    await open_with_notice(manager, open_menu, f"✅ Đã lưu số mới: {write_phone(changed.given)}.")


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("people/phones/ask"),
            MessageInput(go_back, filter=F.text == BACK),
            MessageInput(expect_contact, content_types=ContentType.ANY),
            Column(RequestContact(Const("Gửi số điện thoại của tôi")), ReplyButton(Const(BACK))),
            markup_factory=ReplyKeyboardFactory(resize_keyboard=True, one_time_keyboard=True),
            state=PhonesSG.ask,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/phones/confirm"),
            Column(
                Button(Const("Đổi sang số mới"), id="change", on_click=change),
                Button(Const("‹ Giữ số cũ"), id="keep", on_click=leave),
            ),
            state=PhonesSG.confirm,
            getter=read_change,
            preview_data=SAMPLE,
        ),
    )
