"""Telephone numbers of the standing body: listed, added in three answers, removed with one press."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.administration import open_administration
from dialogs.shared.paging import choices
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import OfficeContactsSG
from domain.errors import Refusal
from domain.people.people import read_phone, write_phone
from usecases.context import Context
from usecases.people.office_contacts import (
    ContactView,
    OfficeView,
    add_contact,
    list_own_office,
    read_contact_name,
    remove_contact,
)

NAME, PHONE = "name", "phone"
OFFICE_HOURS = "giờ hành chính"

_CONTACT = ContactView(1, "Văn thư", "+842513842345", OFFICE_HOURS)
OFFICE = OfficeView(1, "Sở Nội vụ", "UBND tỉnh Mẫu", (_CONTACT,))
SAMPLE = {
    "office": OFFICE,
    "doors": [(1, "Xóa: Văn thư, 0251 384 2345")],
    "name": "Văn thư",
    "phone": "+842513842345",
}


async def read_list(ctx: Context, **_: Any) -> dict[str, Any]:
    office = await list_own_office(ctx)
    labels = [(contact.id, f"Xóa: {contact.name}, {write_phone(contact.phone)}"[:60]) for contact in office.contacts]
    return {"office": office, "doors": labels}


async def read_entry(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {NAME: dialog_manager.dialog_data.get(NAME), PHONE: dialog_manager.dialog_data.get(PHONE)}


async def enter_name(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.dialog_data[NAME] = read_contact_name(message.text or "")
    await manager.switch_to(OfficeContactsSG.phone)


async def enter_phone(message: Message, _: MessageInput, manager: DialogManager) -> None:
    try:
        manager.dialog_data[PHONE] = read_phone(message.text or "")
    except Refusal as fault:
        raise Refusal("phone-unread", "Số điện thoại chưa đúng. Anh/chị nhập lại, ví dụ: 0251 384 2345.") from fault
    await manager.switch_to(OfficeContactsSG.hours)


async def enter_hours(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await _add(manager, message.text or "")


async def office_hours(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _add(manager, OFFICE_HOURS)


async def _add(manager: DialogManager, hours: str) -> None:
    data = manager.dialog_data
    added = await add_contact(ctx_of(manager), name=data[NAME], phone=data[PHONE], hours=hours)
    set_notice(manager, f"✅ Đã ghi {added.name}: {write_phone(added.phone)}.")
    await manager.switch_to(OfficeContactsSG.list)


async def remove(_: CallbackQuery, __: Any, manager: DialogManager, contact_id: int) -> None:
    removed = await remove_contact(ctx_of(manager), contact_id)
    set_notice(manager, f"Đã xóa {removed.name}: {write_phone(removed.phone)}.")


async def expect_words(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("words-awaited", "Bot đang chờ câu trả lời bằng chữ. Anh/chị gõ câu trả lời, hoặc bấm nút bên dưới.")


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_administration(manager)


def _to_list() -> SwitchTo:
    return SwitchTo(Const("‹ Quay lại"), id="back", state=OfficeContactsSG.list)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("people/office_contacts/list"),
            Column(choices("remove", items="doors", on_click=remove, kind=int)),
            SwitchTo(Const("Thêm số điện thoại"), id="add", state=OfficeContactsSG.name),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=OfficeContactsSG.list,
            getter=read_list,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/office_contacts/name"),
            MessageInput(enter_name, content_types=[ContentType.TEXT]),
            MessageInput(expect_words),
            _to_list(),
            state=OfficeContactsSG.name,
            getter=read_entry,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/office_contacts/phone"),
            MessageInput(enter_phone, content_types=[ContentType.TEXT]),
            MessageInput(expect_words),
            _to_list(),
            state=OfficeContactsSG.phone,
            getter=read_entry,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/office_contacts/hours"),
            MessageInput(enter_hours, content_types=[ContentType.TEXT]),
            MessageInput(expect_words),
            Button(Const("Giờ hành chính"), id="usual", on_click=office_hours),
            _to_list(),
            state=OfficeContactsSG.hours,
            getter=read_entry,
            preview_data=SAMPLE,
        ),
    )
